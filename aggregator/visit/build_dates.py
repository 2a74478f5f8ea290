"""Dates that are no evidence about their entry: the time of a build or of a visit, or none. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from aggregator.model import Draft, Entry
from aggregator.visit.normalise import sane

FEWEST = 3
"""With this many entries of one second, a program must have dated them all."""
FEWEST_ROUND = 5
"""The same for one day or quarter of an hour. People also write such dates, and three posts on one day are
common; but a document of five or more entries with a single day was imported or built on that day."""
QUARTER = 15  # minutes
TAKES = timedelta(seconds=5)  # duration of a build that reads the clock for every entry


def with_evidence(entries: Iterable[Entry], drafts: Sequence[Draft], now: datetime) -> list[Entry]:
    """Clears `dated` where a date is no evidence. `drafts`: all of the document, even those not in `entries`.

    A date in the future became `now`, the time of the visit, which is no evidence either.
    """
    made_up = {None, now}
    built = build_date(drafts) is not None
    return [
        replace(each, dated=False) if each.dated and (built or each.published in made_up) else each
        for each in entries
    ]


def build_date(drafts: Sequence[Draft]) -> datetime | None:
    """The date that a build gave to all entries; None when they have dates of their own."""
    dated = [(date, draft) for draft in drafts if (date := draft.published or draft.updated)]
    dates = [date for date, _ in dated]
    if not dates or max(dates) - min(dates) > TAKES:
        return None
    first = min(dates)
    if len({draft.url or draft.uid for _, draft in dated}) < (FEWEST_ROUND if is_round(first) else FEWEST):
        return None
    others = [draft.updated for _, draft in dated if draft.updated]
    # If they were edited at different times, a person writes them, and all may have begun on one day.
    if is_round(first) and others and max(others) - min(others) > TAKES:
        return None
    return first


def is_round(date: datetime) -> bool:
    return not (date.minute % QUARTER or date.second or date.microsecond)


def note_on_dates(drafts: Sequence[Draft]) -> str:
    """A note for people; "" when the entries have dates of their own."""
    date = build_date(drafts)
    if date is None:
        return ""
    return f"all its entries have the date {date:%Y-%m-%d %H:%M:%S}, which is probably that of a build"


def note_on_replaced(drafts: Sequence[Draft], now: datetime) -> str:
    """A note on dates that cannot be right; "" when there are none."""
    dates = [date for draft in drafts if draft.dated and (date := draft.published or draft.updated)]
    wrong = [date for date in dates if sane(date, now) is None]
    if not wrong:
        return ""
    what = "entry has a date that is" if len(wrong) == 1 else "entries have dates that are"
    first = "" if len(wrong) == 1 else "the first "
    return (
        f"{len(wrong)} {what} ahead or too old, {first}{wrong[0]:%Y-%m-%d}: replaced by the time of the visit"
    )
