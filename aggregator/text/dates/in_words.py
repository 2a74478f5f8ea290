"""Dates in words: "Lundi, 16. Novembre 2020 - 15:54". Any order, but every word must be understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aggregator.text.dates.names import FILLER, HALVES, MONTHS, WEEKDAYS, ZONES, without_accents
from aggregator.text.dates.parts import Clock, date_of_parts, full_year, offset

_TOKEN = re.compile(
    r"(?P<time>\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?)"
    r"|(?P<shift>(?:(?<=[\sA-Za-z])|(?<=:\d\d))[+-]\d\d:?\d\dZ?(?=\s|$))"
    r"|(?P<triple>\d{1,4}(?P<mark>[-/.])\d{1,2}(?P=mark)\d{1,4}(?!\d))"
    r"|(?P<number>\d+)"
    r"|(?P<zone>[A-Z][A-Za-z]+/[A-Z][A-Za-z_/]+)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<gap>[\s,.()-]+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_EAST_ASIAN = re.compile(r"(\d{4})[년年]\s*(\d{1,2})[월月]\s*(\d{1,2})[일日]")
_KOREAN = re.compile(r"[가-힣]")
_SEOUL = timezone(timedelta(hours=9))


@dataclass(slots=True)
class _Said:
    """The parts of a date found so far; each may occur once."""

    numbers: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    triple: str = ""
    clock: Clock | None = None
    half: int | None = None
    month: int | None = None
    weekday: int | None = None
    zone: tzinfo | None = None


def read_words(text: str) -> datetime | None:
    """None when a word is unknown. Raises ValueError when the words contradict each other."""
    said = _Said(zone=_SEOUL if _KOREAN.search(text) else None)
    for match in _TOKEN.finditer(_EAST_ASIAN.sub(r"\1-\2-\3 ", text)):
        kind = "shift" if match["shift"] else match.lastgroup or "other"
        if kind == "other" or not _take(said, kind, match[0]):
            return None
    if not all(_name(said, word) for word in said.words):
        return None
    day = _day(said)
    return date_of_parts(*day, _clock(said), said.zone or UTC) if day else None


def _take(said: _Said, kind: str, text: str) -> bool:
    if kind == "time" and said.clock is None:
        hour, minute, second, *_ = [int(part) for part in re.split(r"[:.]", text)] + [0]
        said.clock = (hour, minute, second if text.count(":") == 2 else 0)
    elif kind == "shift":
        said.zone = offset(text[0], text[1:3], text.rstrip("Z")[-2:])
    elif kind == "zone" and said.zone is None:
        try:
            said.zone = ZoneInfo(text)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return False
    elif kind in {"mark", "triple"} and not said.triple:
        said.triple = text
    elif kind == "number":
        said.numbers.append(text)
    elif kind == "word":
        said.words.append(without_accents(text))
    else:
        return kind == "gap"
    return True


def _name(said: _Said, word: str) -> bool:
    """Spanish "mar" is a month and a weekday: it is the month if no other word is one.

    "at" is the Atlantic zone only at the end, not in "at 8:30 PM".
    """
    if word in ZONES and said.zone is None and (word != "at" or said.words[-1] == word):
        said.zone = timezone(timedelta(hours=ZONES[word]))
    elif word in HALVES and said.half is None:
        said.half = HALVES[word]
    elif word in WEEKDAYS and said.weekday is None and not _needed_as_month(said, word):
        said.weekday = WEEKDAYS[word]
    elif word in MONTHS and said.month is None:
        said.month = MONTHS[word]
    else:
        return word in FILLER or word in ZONES
    return True


def _needed_as_month(said: _Said, word: str) -> bool:
    others = [other for other in said.words if other in MONTHS and other not in WEEKDAYS]
    return word in MONTHS and not others and said.words.count(word) == 1 and not said.triple


def _clock(said: _Said) -> Clock:
    hour, minute, second = said.clock or (0, 0, 0)
    if said.half is None:
        return hour, minute, second
    if hour > 12:
        return hour, minute, second
    return hour % 12 + said.half, minute, second


def _day(said: _Said) -> tuple[int, int, int] | None:
    if said.triple:
        return _triple(said) if not said.numbers and said.month is None else None
    if said.month is None:
        return None
    years = [number for number in said.numbers if len(number) == 4]
    days = [number for number in said.numbers if len(number) <= 2]
    if len(years) + len(days) != len(said.numbers):
        return None
    if len(years) == 1 and len(days) <= 1:
        return int(years[0]), said.month, int(days[0]) if days else 1
    if not years and len(days) == 2:
        return full_year(days[1]), said.month, int(days[0])
    return None


def _triple(said: _Said) -> tuple[int, int, int] | None:
    """Year first, or 31.12.2020, or 12/31/2020 if a number above 12 or the weekday settles the order."""
    first, second, third = re.split(r"[-/.]", said.triple)
    if len(first) == 4:
        return int(first), int(second), int(third)
    year = full_year(third)
    if "." in said.triple:
        return year, int(second), int(first)
    choices = [
        (year, month, day)
        for month, day in {(int(first), int(second)), (int(second), int(first))}
        if month <= 12
    ]
    if len(choices) == 2:
        choices = [choice for choice in choices if datetime(*choice, tzinfo=UTC).weekday() == said.weekday]
    return choices[0] if len(choices) == 1 else None
