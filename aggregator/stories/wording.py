"""Compares the wording of two titles or texts: equal, shortened, continued, or corrected in places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from aggregator.stories.title_numbers import marks
from aggregator.text.words import UNSPACED, plain_quotes, words

Wording = Literal[
    "equal",
    "alike",  # shortened, continued, or corrected without changing a name or number
    "other",
    "none",  # one of them is too short to compare
]
WORD = re.compile(r"\w+(?:'\w+)*")
DIGIT = re.compile(r"\d")
READ = 120
"""Words read of a text, slightly more than we store of it."""
LEAST = 5
"""Fewer words of text say nothing ("Comments", "Read more")."""
CUT = 8
"""Words that two texts do not share at their beginning by accident."""
ENDING = 3
"""Most words that follow an excerpt ("Continue reading")."""
MENDED = 0.8
"""Share of a corrected text that stays."""


def wording(one: str, two: str, counters: bool = False) -> Wording:
    """Uses of one formula differ in names and numbers; versions of one text rarely do.

    `counters`: numbers may change, as in "12 comments" on one page.
    """
    short, long = sorted((tokens(one), tokens(two)), key=len)
    if len(short) < LEAST:
        return "none"
    if lower(short) == lower(long):
        return "equal"
    return "alike" if begins(short, long) or mended(short, long, counters) else "other"


def begins(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the longer text begins with the shorter, apart from words that follow an excerpt."""
    ours, theirs = lower(short), lower(long)
    common = next((at for at, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), len(short))
    rest = len(short) - common
    if common < CUT or rest == 0:
        return common >= CUT
    if rest == 1 and theirs[common].startswith(ours[common]):  # cut off within a word
        return True
    return rest <= ENDING and len(long) - common > 2 * CUT


def mended(short: Sequence[str], long: Sequence[str], counters: bool) -> bool:
    matcher = SequenceMatcher(None, lower(short), lower(long), autojunk=False)
    blocks = matcher.get_matching_blocks()[:-1]  # without the empty block at the end
    kept = sum(each.size for each in blocks)
    # Words after the last shared block continue the same text; words before it make another text.
    if not blocks or kept < MENDED * max(len(short), blocks[-1].b + blocks[-1].size):
        return False
    changes = [each for each in matcher.get_opcodes() if each[0] == "replace"]
    return not any(names_differ(short[a:b], long[c:d], counters) for _, a, b, c, d in changes)


def names_differ(ours: Sequence[str], theirs: Sequence[str], counters: bool) -> bool:
    """Whether other names or numbers replaced these."""
    names = [
        [each for each in side if each[:1].isupper() or (DIGIT.search(each) and not counters)]
        for side in (ours, theirs)
    ]
    return all(names) and not any(spelled_alike(a, b) for a in names[0] for b in names[1])


def same_title(one: str, two: str) -> bool:
    ours = lower(tokens(one))
    return bool(ours) and ours == lower(tokens(two))


def corrected(one: str, two: str) -> bool:
    """A headline with corrected spelling or a few words more or less, but the same numbers."""
    short, long = sorted((tokens(one), tokens(two)), key=len)
    if len(short) < LEAST - 1 or marks(one) != marks(two):
        return False
    changed = 0
    for act, a, b, c, d in SequenceMatcher(None, lower(short), lower(long), autojunk=False).get_opcodes():
        if act == "equal":
            continue
        ours, theirs = short[a:b], long[c:d]
        if with_digits(ours) != with_digits(theirs):
            return False
        if act == "replace" and not (len(ours) == len(theirs) and all(map(spelled_alike, ours, theirs))):
            return False
        changed += max(b - a, d - c)
    return 3 * changed <= len(long)


def with_digits(side: Iterable[str]) -> list[str]:
    return [each for each in side if DIGIT.search(each)]


def spelled_alike(one: str, two: str) -> bool:
    """ "Harbor" and "harbour", not "Bergen" and "Bremen"; numbers must be equal."""
    if DIGIT.search(one) or DIGIT.search(two):
        return one == two
    return SequenceMatcher(None, one.lower(), two.lower()).ratio() >= 0.8


@lru_cache(256)  # one entry is compared with several similar ones: saves a twentieth of grouping's time
def tokens(text: str) -> Sequence[str]:
    """The first words as written; character pairs where a script has no spaces."""
    if UNSPACED.search(text):
        return words(text, READ)
    return WORD.findall(plain_quotes(text))[:READ]


def lower(tokens: Sequence[str]) -> list[str]:
    return [each.casefold() for each in tokens]
