"""What tells one issue of a thing from the next: numbers, dates and opposites in titles."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from importlib import resources
from zlib import crc32

from aggregator.text import CUT

TABLES = json.loads((resources.files("aggregator.stories") / "marks.json").read_text(encoding="utf-8"))
MONTHS: list[str] = TABLES["months"].split()
WEEKDAYS: list[str] = TABLES["weekdays"].split()
COUNTED: list[str] = TABLES["counted"].split()
"""Words that number follows: "week 3"."""
OPPOSITES: dict[str, tuple[int, int]] = {
    word: (row, side)
    for row, sides in enumerate(TABLES["opposites"])
    for side, words in enumerate(sides)
    for word in words.split()
}
"""Words that turn a title into another event's while the rest of it stays: word -> (pair, side)."""

MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
ORDINAL = re.compile(r"\b(\d{1,4})-?(?:st|nd|rd|th|ème|ère|er|e|º|ª|й|я|е|го|ый|ой)\b|第\s?(\d{1,4})")
VERSION = re.compile(r"\bv?(\d+(?:[.,]\d+)+)")
COUNT = re.compile(rf"(?:\b(?:{'|'.join(COUNTED)})\.?|[#№])\s?(\d{{1,4}})\b")
DATE = re.compile(rf"\b(?:(\d{{1,2}})\.? (?:de )?({MONTH})|({MONTH})\.? (\d{{1,2}}))\b")
ISO_DATE = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
NUMBERED = (ORDINAL, VERSION, COUNT)
KINDS = 32
OPPOSED = 8
"""Kinds from here on are opposites."""

DATE_WORDS = frozenset(word[:CUT] for word in MONTHS + WEEKDAYS)
DIGIT = re.compile(r"\d")
WORD = re.compile(r"[^\W\d_]+(?:'s)?")


def marks(title: str) -> tuple[int, ...]:
    """Each a number whose remainder by KINDS says what kind of mark it is."""
    title = title.lower()
    found = numbered(title) if DIGIT.search(title) else []
    for word in OPPOSITES.keys() & WORD.findall(title):
        row, side = OPPOSITES[word]
        found.append(side * KINDS + OPPOSED + row)
    return tuple(sorted(set(found)))


def numbered(title: str) -> list[int]:
    dates = [(d or e, m or n) for d, m, n, e in DATE.findall(title)] + ISO_DATE.findall(title)
    found = [mark(0, " ".join(date)) for date in dates]
    for kind, pattern in enumerate(NUMBERED, start=1):
        groups = (match if isinstance(match, str) else "".join(match) for match in pattern.findall(title))
        found += [mark(kind, value.replace(",", ".")) for value in groups]
    return found


def mark(kind: int, value: str) -> int:
    return (crc32(value.encode()) & 0x7FFFFFF) * KINDS + kind


def conflict(ours: Iterable[int], theirs: set[int]) -> bool:
    """Both sides carry marks of one kind and none in common; one number in common excuses the others."""
    common = {each % KINDS for each in theirs.intersection(ours)}
    kinds = {each % KINDS for each in ours} & {each % KINDS for each in theirs}
    if any(kind < OPPOSED for kind in common):
        kinds = {kind for kind in kinds if kind >= OPPOSED}
    return bool(kinds - common)


def skeleton(words: list[str]) -> str:
    """A title's terms without digits, months and weekdays: equal for all issues of a series."""
    return " ".join([word for word in words if word not in DATE_WORDS and not DIGIT.search(word)])
