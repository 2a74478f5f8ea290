"""Dates that cannot be right, in whose place the time of the visit stands. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from aggregator.model import Draft

SKEW = timedelta(hours=24)  # a publisher's clock or zone may be off by a day; dates beyond are invalid
FIRST_YEAR = 1900  # earlier dates are placeholders, such as 0001-01-01


def note_on_dropped_dates(drafts: Sequence[Draft], now: datetime, ahead: timedelta) -> str:
    """A note for people; "" where there are none. `ahead`: how far in the future a date may be."""
    written = [list(filter(None, (draft.published, draft.updated))) for draft in drafts if draft.dated]
    dropped = [dates[0] for dates in written if dates and not any(sound(date, now, ahead) for date in dates)]
    if not dropped:
        return ""
    when = "in the future" if dropped[0] > now else "too long ago"
    which = "the date is" if len(drafts) == 1 else "one date is"
    if len(dropped) > 1:
        which = f"{len(dropped)} dates are unusable, the first is"
    return f"{which} {when}, {dropped[0]:%Y-%m-%d}; using the time of the visit"


def sound(date: datetime, now: datetime, ahead: timedelta) -> bool:
    return date.year >= FIRST_YEAR and date <= now + ahead
