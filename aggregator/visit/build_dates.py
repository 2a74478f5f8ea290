"""Dates that say nothing of their entry: those of a build, of a visit, or none. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from aggregator.model import Draft, Entry

FEWEST = 3
"""Entries of one second from which it is a program that stamped them all."""
FEWEST_ROUND = 5
"""The same for a day, or a quarter of an hour. People write such dates, too, and three posts of one day are
quite usual; but a document of five and more that knows only one day was imported or built on it."""
QUARTER = 15  # minutes
TAKES = timedelta(seconds=5)  # a build that asks for the time at every entry


def with_evidence(entries: Iterable[Entry], drafts: Sequence[Draft], now: datetime) -> list[Entry]:
    """`drafts`: all of the document, also those that are kept already and not among `entries`.

    A date that lay ahead became `now`: the time of the visit, which tells nothing either.
    """
    made_up = {None, now}
    built = build_date(drafts) is not None
    return [
        replace(each, dated=each.dated and not built and each.published not in made_up) for each in entries
    ]


def build_date(drafts: Sequence[Draft]) -> datetime | None:
    """The one date that all entries have, where a build has given it to them; None: they have their own."""
    dated = [(date, draft) for draft in drafts if (date := draft.published or draft.updated)]
    dates = [date for date, _ in dated]
    if not dates or max(dates) - min(dates) > TAKES:
        return None
    first = min(dates)
    if len({draft.url or draft.uid for _, draft in dated}) < (FEWEST_ROUND if is_round(first) else FEWEST):
        return None
    others = [draft.updated for _, draft in dated if draft.updated]
    # Where each was edited at a time of its own, somebody writes them: one day may well be when all began.
    if is_round(first) and others and max(others) - min(others) > TAKES:
        return None
    return first


def is_round(date: datetime) -> bool:
    return not (date.minute % QUARTER or date.second or date.microsecond)


def note_on_dates(drafts: Sequence[Draft]) -> str:
    """ "" where the entries have dates of their own."""
    date = build_date(drafts)
    if date is None:
        return ""
    return f"all its entries have one date, {date:%Y-%m-%d %H:%M:%S}: taken for that of a build"
