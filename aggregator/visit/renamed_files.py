"""Which file that is gone does a new file continue, when it was renamed and edited at once? Pure.

A wrong answer puts a new report in the place of another, which nobody sees again; a missed one shows a
report twice. So likeness that a series would have, such as one title every week, is not enough.
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
MARKS = 40  # of the pairs of a text's words, those with the lowest hashes: a fair sample of any length
MARK = 8  # hexadecimal digits
SENTENCES = 20  # words of a first line from which it is the text and no title
COMMON = 20  # files that are gone and share a pair of words: it is said in every one of them
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
"""The share of the text that has to be the same, by whether the title is, and the day the text says."""


@dataclass(frozen=True, slots=True)
class Trace:
    title: str
    """A digest; "" where it says nothing."""
    day: str
    """ "2026-11-03", as the file says it; "" when only the file system does."""
    marks: frozenset[str]


def trace_of(entry: Entry) -> str:
    """What to remember of the file it was read from: 400 signs at most, whatever its length."""
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


def heirs(gone: Mapping[str, str], new: Mapping[str, str], here: Iterable[str]) -> dict[str, str]:
    """Key of a new file -> key of the one that is gone. All values are traces; `here`: of files that stay.

    The most alike first, and each only once.
    """
    left = {key: read_trace(trace) for key, trace in gone.items() if trace}
    came = {key: read_trace(trace) for key, trace in new.items() if trace}
    titles = told_once(left.values(), came.values(), map(read_trace, here))
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
    return matched(found)


def told_once(*groups: Iterable[Trace]) -> set[str]:
    """The titles of one file that is gone, one that is new, and none that stays: others are a series'."""
    gone, new, here = (Counter(each.title for each in group) for group in groups)
    return {title for title in gone if title and (gone[title], new[title], here[title]) == (1, 1, 0)}


def matched(found: list[tuple[int, float, str, str]]) -> dict[str, str]:
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
    """The share of equal pairs among those that either sample can tell of (bottom-k, Broder 1997)."""
    both = sorted(one | two)[:MARKS]
    return sum(mark in one and mark in two for mark in both) / len(both) if both else 0.0
