"""Sketch -> Terms: the words and facts by which entries are compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from hashlib import blake2b
from itertools import compress
from typing import NamedTuple
from zlib import crc32

from aggregator.model import Sketch
from aggregator.stories.title_numbers import marks, skeleton
from aggregator.text.words import CUT, UNSPACED, first_sentence, terms, words

TITLE_TERMS = 40
SENTENCE_TERMS = 20
TEXT_TERMS = 60
"""Sixty measured better than thirty; later words are background that many stories share."""

PRINT_TERMS = 200
LEAST_TEXT = 20
LEAST_TITLE = 8
"""Fewer equal words do not prove that two texts are the same."""

LABEL = re.compile(r"(.{3,60}?)(?:\s?[:：]\s?|\s[|·–—-]\s)")
LABEL_END = re.compile(r"[:：]|\s[|·–—-]\s")
"""Quick test: most titles have no label, which the expression above notices late."""
DASH = re.compile(r"\s[-–—|·]\s")
TAIL = re.compile(r"(.{12,})\s[-–—|·]\s+([^-–—|·]{2,40})$")


class Terms(NamedTuple):
    """Terms as numbers, so that they are stored without a table and without letters."""

    numbers: tuple[int, ...]
    """The title's terms come first."""
    times: tuple[int, ...]
    """How often each occurs, an occurrence in the title counting twice."""
    titles: int
    """How many of them are the title's."""
    length: int
    """Words of the title."""
    text: bool
    marks: tuple[int, ...]
    tail: int
    """The end of the title that may be a publisher's name, as a term; 0 for none."""
    series: int
    """Source and title without numbers and dates; 0 when there is no title."""
    label: int = 0
    """Source and the title up to its first colon or bar, without numbers and dates; 0 for none."""
    source: int = 0
    publisher: int = 0
    dated: bool = True
    labelled: int = 0
    """How many of the title's terms are the label's."""
    unspaced: bool = False
    """Some terms are character pairs of a script without spaces."""
    words: Sequence[str] = ()
    """All that was read, for reasons only."""
    occurrences: Sequence[int] = ()
    """The term of each word."""

    def word(self, term: int) -> str:
        """The last word read of this term."""
        return self.words[-1 - self.occurrences[::-1].index(term)]


REMEMBERED = Terms._fields.index("dated") + 1
"""The fields up to here suffice to repeat a placement."""


class Numbers(dict[str, int]):
    """Word -> number. A lookup costs a third of a call, and a repeated word returns the same object."""

    MOST = 1 << 17
    LONGEST = 24
    """Longer words hardly ever repeat."""

    def __missing__(self, word: str) -> int:
        if len(self) >= self.MOST:
            self.clear()
        found = number(word[:CUT])
        if len(word) <= self.LONGEST:
            self[word] = found
        return found


NUMBERS = Numbers()


def number(term: str) -> int:
    """The same on every machine and in every run, unlike hash()."""
    return crc32(term.encode("utf-8", "surrogatepass"))


def tail_of(title: str) -> tuple[str, int]:
    """The title before its last dash or bar, and the rest as a term of its own kind.

    "Ferry sinks off Varnmouth - Herald Online": a publisher's name makes unrelated titles alike.
    """
    found = TAIL.match(title) if DASH.search(title) else None
    return (found.group(1), number("- " + found.group(2).lower())) if found else (title, 0)


def read_terms(
    sketch: Sketch,
    known: Callable[[int], bool] = lambda _: False,
    habits: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset()),
) -> Terms:
    """`known`: whether a tail is frequent enough to be a publisher's name. `habits`: see habits.py."""
    headline = sketch.title.strip()
    head, tail = tail_of(headline)
    if tail and known(tail):
        headline = head
    named = words(headline, TITLE_TERMS)
    title = named or words(first_sentence(sketch.text), SENTENCE_TERMS)
    text = words(sketch.text, TEXT_TERMS)
    if text == named:
        text = []  # many feeds repeat the title as the text
    heads, rest = list(map(NUMBERS.__getitem__, title)), list(map(NUMBERS.__getitem__, text))
    if not habits[0].isdisjoint(heads) and not habits[0].issuperset(heads):
        title, heads = without(title, heads, habits[0])
    if not habits[1].isdisjoint(rest):
        text, rest = without(text, rest, habits[1])
    times: dict[int, int] = {}
    for term in heads:
        times[term] = times.get(term, 0) + 2
    titles = len(times)
    for term in rest:
        times[term] = times.get(term, 0) + 1
    publisher = f"{sketch.source}\n{sketch.publisher}" if sketch.publisher else sketch.source
    source = publisher if sketch.attributed else sketch.source
    label, labelled = label_of(source, headline)
    return Terms(
        numbers=tuple(times),
        times=tuple(times.values()),
        titles=titles,
        length=len(title),
        text=bool(text),
        marks=marks(headline),
        tail=tail,
        series=series(source, named) if headline and source else 0,
        label=label,
        source=number(source) if source else 0,
        publisher=number(publisher) if publisher else 0,
        dated=sketch.dated,
        labelled=labelled,
        unspaced=unspaced(headline or sketch.text[:60]),
        words=title + text,
        occurrences=heads + rest,
    )


def without(words: list[str], numbers: list[int], habits: frozenset[int]) -> tuple[list[str], list[int]]:
    kept = [term not in habits for term in numbers]
    return list(compress(words, kept)), list(compress(numbers, kept))


def unspaced(text: str) -> bool:
    return not text.isascii() and UNSPACED.search(text) is not None


def series(source: str, title: list[str]) -> int:
    """One number for all issues of a series."""
    return number(skeleton([word[:CUT] for word in title])) << 32 | number(source)


def label_of(source: str, headline: str) -> tuple[int, int]:
    """One number for everything the source prints under a label, and the number of the label's terms.

    "Morning briefing: bridge closed": tomorrow the same label has other news.
    """
    found = LABEL.match(headline) if source and LABEL_END.search(headline) else None
    words = terms(found.group(1), TITLE_TERMS) if found else []
    kept = skeleton(words)
    return (number(f"{source}: {kept}"), len(set(words))) if kept else (0, 0)


def fingerprint(title: str, text: str) -> str:
    """Equal for two prints of one text, whatever the punctuation; "" when there are too few words.

    A text that is long enough decides alone: a wire story gets a new headline in every paper.
    """
    words = terms(text, PRINT_TERMS)
    if len(words) < LEAST_TEXT:
        words = [*terms(title, TITLE_TERMS), "|", *words]
        if len(words) <= LEAST_TITLE:
            return ""
    return blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
