"""Whether an edited text says something else now (pure)."""

import re

WORD = re.compile(r"\w+")
TAG = re.compile("<[^>]*>")
TITLE, TEXT = 0.5, 0.7  # of all words of both versions, how many are in both of what counts as the same


def tells_news(before: tuple[str, str], after: tuple[str, str]) -> bool:
    """Of title and text. A mended word, a new date line or a longer ending are no news."""
    return alike(before[0], after[0]) < TITLE or alike(before[1], after[1]) < TEXT


def alike(one: str, other: str) -> float:
    first, second = word_set(one), word_set(other)
    return len(first & second) / len(first | second) if first | second else 1.0


def word_set(text: str) -> set[str]:
    return set(WORD.findall(TAG.sub(" ", text).casefold()))
