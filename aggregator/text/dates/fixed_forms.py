"""Text -> time. Strict: if it does not understand every part, there is no date.

Never fills gaps from today's date, so a text always means the same. A date without a zone is UTC; a
two-digit year is 1970 to 2069.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from aggregator.text.dates.in_words import read_words
from aggregator.text.dates.names import MONTHS
from aggregator.text.dates.parts import date_of_parts, full_year, offset

MAX_LENGTH = 64  # characters; the longest real date seen has about 45

_RFC822 = re.compile(
    r"(?:[A-Za-z]{3},? +)?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? (GMT|UTC|Z|[+-]\d{4})",
    re.ASCII,
)
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[Tt ]+(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?"
    r" ?(?:[Zz]|GMT|UTC|([+-])(\d\d):?(\d\d)[Zz]?)?)?",
    re.ASCII,
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?Z?)?", re.ASCII)
_SHORT = re.compile(r"(\d\d)(\d\d)(\d\d)|-?(\d\d)-(\d\d)(?:-(\d\d))?|-(\d\d)(\d\d)(\d\d)?", re.ASCII)
_MONTH = re.compile(r"((?:19|20)\d\d)(?:-(\d\d))?", re.ASCII)
_DAY_OF_YEAR = re.compile(r"(\d{4})-(\d{3})", re.ASCII)
_UNIX = re.compile(r"1\d{9}(\d{3})?", re.ASCII)


def parse_date(text: str) -> datetime | None:
    """Returns an aware UTC time, or None if any part of the text is not understood."""
    text = text.strip().removesuffix("\\n").strip()
    return _parsed(text) if 0 < len(text) <= MAX_LENGTH else None


@lru_cache(maxsize=4096)
def _parsed(text: str) -> datetime | None:
    """`text`: at most MAX_LENGTH characters, because the cache keeps it."""
    try:
        stamp = _rfc822(text) or _iso(text) or _digits(text) or read_words(text)
        return stamp.astimezone(UTC) if stamp else None
    except (ValueError, OverflowError):
        return None


def _rfc822(text: str) -> datetime | None:
    match = _RFC822.fullmatch(text)
    if match is None or match[2].lower() not in MONTHS:
        return None
    day, month, year, hour, minute, second, zone = match.groups()
    shift = offset(zone[0], zone[1:3], zone[3:]) if zone[0] in "+-" else UTC
    clock = (int(hour), int(minute), int(second or 0))
    return date_of_parts(int(year), MONTHS[month.lower()], int(day), clock, shift)


def _iso(text: str) -> datetime | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, sign, hours, minutes = match.groups()
    shift = offset(sign, hours, minutes) if sign else UTC
    clock = (int(hour or 0), int(minute or 0), int(second or 0))
    return date_of_parts(int(year), int(month), int(day), clock, shift)


def _digits(text: str) -> datetime | None:
    """ISO 8601's shorter forms and Unix times in seconds or milliseconds.

    Year and day of the year require the hyphen: a bare "22013" may be anything.
    """
    if match := _UNIX.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    if match := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
        return date_of_parts(year, month, day, (hour, minute, second))
    if match := _MONTH.fullmatch(text):
        return date_of_parts(int(match[1]), int(match[2] or 1), 1)
    if match := _DAY_OF_YEAR.fullmatch(text):
        first = datetime(int(match[1]), 1, 1, tzinfo=UTC)
        stamp = first + timedelta(days=int(match[2]) - 1)
        return stamp if stamp.year == first.year else None
    if match := _SHORT.fullmatch(text):
        short, number, *rest = (part for part in match.groups() if part)
        return date_of_parts(full_year(short), int(number), int(rest[0]) if rest else 1)
    return None
