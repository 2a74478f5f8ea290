"""Decides whether an edit is material (pure)."""

import re

WORD = re.compile(r"\w+")
TAG = re.compile("<[^>]*>")
TITLE, TEXT = 0.5, 0.7  # least share of words in common of versions that say the same


def tells_news(before: tuple[str, str], after: tuple[str, str]) -> bool:
    """Compares (title, text). A corrected word, a new date line or a longer ending is not news."""
    return alike(before[0], after[0]) < TITLE or alike(before[1], after[1]) < TEXT


def alike(one: str, other: str) -> float:
    first, second = word_set(one), word_set(other)
    return len(first & second) / len(first | second) if first | second else 1.0


def word_set(text: str) -> set[str]:
    return set(WORD.findall(TAG.sub(" ", text).casefold()))
