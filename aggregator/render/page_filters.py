"""Small answers that templates ask for."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import groupby
from typing import NamedTuple

from aggregator.model import Entry, Report, Story
from aggregator.text.languages import language_code

RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}


class Day(NamedTuple):
    date: datetime
    stories: list[Story]


def by_day(stories: Iterable[Story]) -> list[Day]:
    """Neighbours of one day together, in the given order. Days are UTC: a page is the same for everybody."""
    dated = groupby(stories, lambda story: story.published.astimezone(UTC).date())
    groups = [list(group) for _, group in dated]
    return [Day(group[0].published.astimezone(UTC), group) for group in groups]


def day(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%A, %-d %B %Y}"


def minute(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%-d %b %Y, %H:%M} UTC"


def clock(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%H:%M}"


def brief(moment: datetime) -> str:
    """Of the days just past."""
    return f"{moment.astimezone(UTC):%-d %b, %H:%M}"


def newest(story: Story) -> datetime:
    """When it was last reported."""
    dates = (report.entry.published for report in (story.lead, *story.others))
    return max((date for date in dates if date), default=story.published)


def machine(moment: datetime) -> str:
    """For the datetime attribute."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def headline(entry: Entry) -> str:
    """Plain text, never empty."""
    return entry.title or " ".join(entry.lede.split()[:12]) or "Untitled"


def language_tag(entry: Entry) -> str:
    """For a lang attribute, or ""."""
    return language_code(entry.language)


def direction(entry: Entry) -> str:
    """By the language where it tells; else the browser goes by the first letter."""
    return "rtl" if language_code(entry.language).split("-")[0] in RIGHT_TO_LEFT else "auto"


def safe_link(address: str) -> str:
    """A web address, or "". Whatever way another kind came here, no browser gets it."""
    return address if address.lower().startswith(("http://", "https://")) else ""


def voices(story: Story) -> list[Report]:
    """One report a source, the lead's first: who reports it."""
    reports = (story.lead, *story.others)
    return list({report.source_title: report for report in reversed(reports)}.values())[::-1]


def count(number: int, one: str, many: str = "") -> str:
    """ "1 source", "2 sources"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
