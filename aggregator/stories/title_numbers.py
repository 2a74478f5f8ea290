"""Numbers, dates and opposites in titles, which distinguish one issue of a series from the next."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from importlib import resources
from zlib import crc32

from aggregator.text.words import CUT

TABLES = json.loads((resources.files("aggregator.stories") / "marks.json").read_text(encoding="utf-8"))
MONTHS: list[str] = TABLES["months"].split()
WEEKDAYS: list[str] = TABLES["weekdays"].split()
COUNTED: list[str] = TABLES["counted"].split()
"""Words that a number follows: "week 3"."""

KINDS = 32
DATED, ORDINAL, VERSION, COUNT, YEAR = range(5)
OPPOSED = 8
"""Kinds from here on are opposites."""


def mark(kind: int, value: str) -> int:
    return (crc32(value.encode()) & 0x7FFFFFF) * KINDS + kind


OPPOSITES = {
    word: side * KINDS + OPPOSED + row
    for row, sides in enumerate(TABLES["opposites"])
    for side, words in enumerate(sides)
    for word in words.split()
}
"""Words whose exchange makes a title that of another event, with their marks."""
ORDINALS = {
    word: mark(ORDINAL, str(place))
    for place, words in enumerate(TABLES["ordinals"], start=1)
    for word in words.split()
}
TELLING = OPPOSITES | ORDINALS
TELLING_WORDS = frozenset(TELLING)

MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
NUMBERED = {
    ORDINAL: re.compile(
        r"\b(\d{1,4})[-.]?(?:st|nd|rd|th|ème|ère|er|e|º|ª|й|я|е|го|ый|ой)\b"
        r"|\b(\d{1,3})\. (?=[^\W\d])|第\s?(\d{1,4})"
    ),
    VERSION: re.compile(r"\bv?(\d+(?:[.,]\d+)+)"),
    COUNT: re.compile(
        rf"(?:\b(?:{'|'.join(COUNTED)})\.?|[#№])\s?(\d{{1,4}})\b|\b([qh][1-4]|s\d\d?\s?e\d\d?)\b"
    ),
    YEAR: re.compile(r"\b((?:19|20)\d\d)\b"),
}
DATE = re.compile(rf"\b(?:(\d{{1,2}})\.? (?:de )?({MONTH})|({MONTH})\.? (\d{{1,2}}))\b")
ISO_DATE = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
ROMANS = re.compile(r"[IVX]{2}")
ROMAN = re.compile(r"\b(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})\b")
HAN = re.compile(r"第\s?([一二三四五六七八九]?十?[一二三四五六七八九]?)")
HAN_DIGITS = "〇一二三四五六七八九"

DATE_WORDS = frozenset(word[:CUT] for word in MONTHS + WEEKDAYS)
DIGIT = re.compile(r"\d")
POINT = re.compile(r"\d[.,]\d")
SUFFIX = re.compile(r"\d(?:[-.]?[^\W\d]|\. )")
CODE = re.compile(r"[qhs]\d")
"""Quick tests for versions, ordinals, and quarters or episodes, which save most searches."""
MONTH_WORDS = frozenset(MONTHS)
COUNTED_WORDS = frozenset(COUNTED)
WORD = re.compile(r"[^\W\d_]+(?:'s)?")
LETTERS = "".join(chr(i) if chr(i).isalpha() else " " for i in range(128))
"""A translation table that turns all other ASCII characters into spaces."""


def marks(title: str) -> tuple[int, ...]:
    """Numbers whose remainder modulo KINDS is the kind of mark."""
    found = []
    if ROMANS.search(title):
        found += [mark(COUNT, str(roman(each))) for each in ROMAN.findall(title) if each]
    title = title.lower()
    words = whole_words(title)
    if DIGIT.search(title):
        found += numbered_words(title, words)
    elif not title.isascii():
        found += [mark(ORDINAL, str(han(each))) for each in HAN.findall(title) if each]
    if not TELLING_WORDS.isdisjoint(words):
        found += [TELLING[word] for word in words if word in TELLING]
    return tuple(sorted(set(found))) if found else ()


def whole_words(title: str) -> list[str]:
    if title.isascii() and "'" not in title:
        return title.translate(LETTERS).split()
    return WORD.findall(title)


def numbered_words(title: str, words: list[str]) -> list[int]:
    dates = dated(title, words)
    found = [mark(DATED, " ".join(date)) for date in dates]
    rest = ISO_DATE.sub(" ", DATE.sub(" ", title)) if dates else title
    for kind in likely(rest, words):
        groups = (
            match if isinstance(match, str) else "".join(match) for match in NUMBERED[kind].findall(rest)
        )
        found += [mark(kind, value.replace(",", ".")) for value in groups]
    return found


def dated(title: str, words: list[str]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    plain = [word.removesuffix("'s") for word in words] if "'" in title else words
    if not MONTH_WORDS.isdisjoint(plain):
        found += [(d or e, short(m or n)) for d, m, n, e in DATE.findall(title)]
    return found + ISO_DATE.findall(title) if "-" in title else found


def likely(title: str, words: list[str]) -> list[int]:
    """The kinds of number that a quick look does not rule out."""
    found = []
    if SUFFIX.search(title) or "第" in title:
        found.append(ORDINAL)
    if POINT.search(title):
        found.append(VERSION)
    if not COUNTED_WORDS.isdisjoint(words) or "#" in title or "№" in title or CODE.search(title):
        found.append(COUNT)
    if "19" in title or "20" in title:
        found.append(YEAR)
    return found


def short(month: str) -> str:
    """ "sept" and "september" are one; "juin" and "juillet" are two."""
    return month[:4] if month.startswith("jui") else month[:3]


def roman(letters: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in letters]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def han(signs: str) -> int:
    """Up to 99."""
    tens, ten, ones = signs.rpartition("十")
    return 10 * (HAN_DIGITS.find(tens) if tens else bool(ten)) + max(0, HAN_DIGITS.find(ones) if ones else 0)


def conflict(ours: Collection[int], theirs: set[int]) -> bool:
    """Whether both have marks of one kind and none of it in common; one number in common, unless it is
    a year, makes up for other differing numbers."""
    if not ours or not theirs:
        return False
    common = {each % KINDS for each in theirs.intersection(ours)}
    kinds = {each % KINDS for each in ours} & {each % KINDS for each in theirs}
    if any(kind < YEAR for kind in common):
        kinds = {kind for kind in kinds if kind >= OPPOSED}
    return bool(kinds - common)


def skeleton(words: list[str]) -> str:
    """A title's terms without digits, months and weekdays: equal for all issues of a series."""
    kept = [word for word in words if word not in DATE_WORDS and (word.isalpha() or not DIGIT.search(word))]
    return " ".join(kept)
