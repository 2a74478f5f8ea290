"""Checks the parts of a date and combines them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo

Clock = tuple[int, int, int]


def full_year(text: str) -> int:
    """Two digits from 70 mean 19xx, because Unix time begins in 1970 and feeds have no older entries."""
    year = int(text)
    return year if len(text) > 2 else year + (1900 if year >= 70 else 2000)


def offset(sign: str, hours: str, minutes: str) -> timezone:
    if int(minutes) > 59:
        raise ValueError(f"no offset: {minutes} minutes")
    span = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-span if sign == "-" else span)


def date_of_parts(year: int, month: int, day: int, clock: Clock = (0, 0, 0), zone: tzinfo = UTC) -> datetime:
    """24:00 is 0:00 on the next day; a leap second counts as the second before it."""
    hour, minute, second = clock
    if clock == (24, 0, 0):
        return datetime(year, month, day, tzinfo=zone) + timedelta(days=1)
    leap = second == 60 and minute == 59
    return datetime(year, month, day, hour, minute, 59 if leap else second, tzinfo=zone)
