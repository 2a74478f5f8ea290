"""Recognises a new file as one that is gone, if it was both renamed and edited. Pure.

A wrong match replaces an old report by a new one, and nobody sees the old one again; a missed match shows
a report twice. So a likeness typical of a series, such as the same title every week, is not enough.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import Literal

from aggregator.model import Entry
from aggregator.text.html import first_words
from aggregator.text.words import words

Days = Literal["same", "unknown", "other"]
MOST_WORDS = 2_000
MARKS = 40  # word pairs with the lowest hashes: an unbiased sample of a text of any length
MARK = 8  # hexadecimal digits
SENTENCES = 20  # a first line with so many words is the text, not a title
COMMON = 20  # a word pair in more files that are gone is boilerplate
GENERIC = {
    "",
    "untitled",
    "index",
    "readme",
    "note",
    "notes",
    "new post",
    "new note",
    "draft",
    "post",
    "todo",
}
NEEDED: Mapping[tuple[bool, Days], float] = {
    (True, "same"): 0.0,
    (True, "unknown"): 0.2,
    (True, "other"): 0.5,
    (False, "same"): 0.5,
    (False, "unknown"): 0.6,
    (False, "other"): 0.8,
}
"""(title is the same, day in the text) -> share of the text that must be the same."""


@dataclass(frozen=True, slots=True)
class Trace:
    title: str
    """A digest; "" for a title that says nothing."""
    day: str
    """ "2026-11-03", if the file states it; "" if only the file system does."""
    marks: frozenset[str]


def trace_of(entry: Entry) -> str:
    """What to remember of the entry's file: at most 400 characters, whatever its length."""
    title = " ".join(words(entry.title, 50))
    if title in GENERIC or not any(sign.isalpha() for sign in title):
        title = ""
    day = f"{entry.published:%Y-%m-%d}" if entry.dated and entry.published else "-"
    text = words(first_words(entry.body or entry.summary, MOST_WORDS), MOST_WORDS)
    if not text and len(line := words(entry.title, MOST_WORDS)) >= SENTENCES:
        text = line
    pairs = {short_digest(f"{one} {two}") for one, two in pairwise(text)}
    return " ".join((short_digest(title) if title else "-", day, *sorted(pairs)[:MARKS]))


def short_digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=MARK // 2).hexdigest()


def continued_files(gone: Mapping[str, str], new: Mapping[str, str], here: Iterable[str]) -> dict[str, str]:
    """Key of a new file -> key of the file that it continues. Values are traces; `here`: of files that stay.

    Matches the most similar files first, and each only once.
    """
    left = {key: read_trace(trace) for key, trace in gone.items() if trace}
    came = {key: read_trace(trace) for key, trace in new.items() if trace}
    titles = unambiguous(left.values(), came.values(), map(read_trace, here))
    bearers: dict[str, list[str]] = defaultdict(list)
    for key, trace in left.items():
        for mark in (*trace.marks, trace.title):
            bearers[mark].append(key)
    found = []
    for key, trace in came.items():
        lists = (bearers.get(mark, []) for mark in (*trace.marks, trace.title))
        for other in {one for some in lists if len(some) <= COMMON for one in some}:
            same = trace.title in titles and trace.title == left[other].title
            share = sample_likeness(trace.marks, left[other].marks)
            if share >= NEEDED[same, days_apart(trace, left[other])]:
                found.append((-same, -share, key, other))
    return best_matches(found)


def unambiguous(*groups: Iterable[Trace]) -> set[str]:
    """Titles of exactly one file that is gone, one new file, and none that stays: others are a series'."""
    gone, new, here = (Counter(each.title for each in group) for group in groups)
    return {title for title in gone if title and (gone[title], new[title], here[title]) == (1, 1, 0)}


def best_matches(found: list[tuple[int, float, str, str]]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, key, other in sorted(found):
        if key not in pairs and other not in taken:
            pairs[key] = other
            taken.add(other)
    return pairs


def read_trace(trace: str) -> Trace:
    title, day, *marks = trace.split(" ") if trace else ("-", "-")
    return Trace(title.strip("-"), day.strip("-"), frozenset(marks))


def days_apart(one: Trace, two: Trace) -> Days:
    if not (one.day and two.day):
        return "unknown"
    return "same" if one.day == two.day else "other"


def sample_likeness(one: frozenset[str], two: frozenset[str]) -> float:
    """Estimates the share of equal word pairs from two samples (bottom-k, Broder 1997)."""
    both = sorted(one | two)[:MARKS]
    return sum(mark in one and mark in two for mark in both) / len(both) if both else 0.0
