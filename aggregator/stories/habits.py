"""Words that a source repeats in nearly every entry: its name, labels, counters, newsletter links."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from aggregator.stories.terms import NUMBERS, TEXT_TERMS, TITLE_TERMS
from aggregator.text.words import words

LATEST = 40
"""Entries of a source from which its habits are computed."""
FIRST = 20
"""Entries of a source read before its first one is placed, since they arrive in one document."""
LEAST = 8
"""Entries needed before anything counts as a habit."""
TEXT_SHARE = 0.3
"""Share of a source's entries from which a word of their texts is ignored. Measured on real feeds: false
joins fall from 41 to 24 of 100, right ones from 44 to 42."""
TITLE_SHARE = 0.5


class Habits(NamedTuple):
    """Terms to ignore in this source's titles and in its texts."""

    title: frozenset[int] = frozenset()
    text: frozenset[int] = frozenset()


NONE = Habits()


class SourceTexts:
    """The latest entries of one source."""

    __slots__ = ("_latest", "_texts", "_titles")

    def __init__(self) -> None:
        self._latest: deque[tuple[frozenset[int], frozenset[int]]] = deque()
        self._titles: Counter[int] = Counter()
        self._texts: Counter[int] = Counter()

    def add(self, title: str, text: str) -> None:
        row = (term_numbers(title, TITLE_TERMS), term_numbers(text, TEXT_TERMS))
        self._latest.append(row)
        self._titles.update(row[0])
        self._texts.update(row[1])
        if len(self._latest) > LATEST:
            for counts, terms in zip((self._titles, self._texts), self._latest.popleft(), strict=True):
                counts.subtract(terms)
                for term in terms:
                    if not counts[term]:
                        del counts[term]

    def habits(self) -> Habits:
        seen = len(self._latest)
        if seen < LEAST:
            return NONE
        return Habits(frequent(self._titles, TITLE_SHARE * seen), frequent(self._texts, TEXT_SHARE * seen))


def frequent(counts: Mapping[int, int], least: float) -> frozenset[int]:
    return frozenset([term for term, count in counts.items() if count >= least])


def term_numbers(text: str, most: int) -> frozenset[int]:
    return frozenset(map(NUMBERS.__getitem__, words(text, most)))


def of_entries(entries: Iterable[tuple[str, str]]) -> Habits:
    """`entries`: titles and texts of one source, latest last."""
    latest = list(entries)[-LATEST:]
    if len(latest) < LEAST:
        return NONE
    titles = Counter(chain.from_iterable(term_numbers(title, TITLE_TERMS) for title, _ in latest))
    texts = Counter(chain.from_iterable(term_numbers(text, TEXT_TERMS) for _, text in latest))
    return Habits(frequent(titles, TITLE_SHARE * len(latest)), frequent(texts, TEXT_SHARE * len(latest)))
