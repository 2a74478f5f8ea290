"""Words of any script, truncated so that inflected forms are equal."""

from __future__ import annotations

import re
import unicodedata

CUT = 6
"""Letters kept of a word: a stemmer for every alphabetic script (5, 7 and whole words measured worse)."""

SPACED = "".join(chr(i) if chr(i).isalnum() else " " for i in range(128))
"""Maps ASCII characters other than letters and digits to spaces: twice as fast as a regular expression."""
# Includes the vowel signs from U+0900 on, which belong to their words but are not in Python's \w.
RUN = re.compile(r"[\w\u0300-\u036f\u0900-\u0963\u0966-\u0dff\u0e30-\u0e4e\u1000-\u1049\u1780-\u17d3]+")
UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
)
SILENT = re.compile(r"[\u0640\u064b-\u065f\u0670\u0591-\u05c7\u00ad\u200b-\u200f]")
"""Arabic and Hebrew pointing, the soft hyphen and direction marks: words are written with or without."""

QUOTES = tuple(zip("\u2018\u2019\u201c\u201d\u2013\u2014\u2026\xa0\xab\xbb", '\'\'""--. ""', strict=True))
"""Typographic signs -> ASCII: most English text is ASCII without them, which takes half the time."""

SENTENCE = re.compile(r"[.!?…。！？؟।]+(?:\s|$)|[。！？।]|\n\s*\n")
LONGEST_SENTENCE = 2000
LETTERS_A_TERM = 14
"""More than the average in any language, so that we need not read text beyond `limit` terms."""
FEWER_LETTERS = 8
"""More than the average in most texts: read first, which takes half the time."""


def terms(text: str, limit: int) -> list[str]:
    """The first `limit` words in lower case, truncated; pairs of characters in scripts without spaces."""
    return [word[:CUT] for word in words(text, limit)]


def words(text: str, limit: int) -> list[str]:
    """The same, not truncated."""
    if len(text) > limit * FEWER_LETTERS:
        found = split_words(text[: limit * FEWER_LETTERS], limit + 1)
        if len(found) > limit:  # the last one may be incomplete
            return found[:limit]
    return split_words(text[: limit * LETTERS_A_TERM], limit)


def split_words(text: str, limit: int) -> list[str]:
    text = text.lower()
    if not text.isascii():
        text = plain_quotes(text)
    if text.isascii():
        return text.translate(SPACED).split(None, limit)[:limit]
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text).lower()
    runs = RUN.findall(SILENT.sub("", text.replace("_", " ")))
    if not UNSPACED.search(text):
        return runs[:limit]
    found: list[str] = []
    for run in runs:
        found += pieces(run)
        if len(found) >= limit:
            break
    return found[:limit]


def plain_quotes(text: str) -> str:
    """Uses replace: translate takes a hundred times as long for text that is not ASCII."""
    for sign, plain in QUOTES:
        text = text.replace(sign, plain)
    return text


def pieces(run: str) -> list[str]:
    """The word itself, or pairs of characters of its stretches without spaces and the words between them."""
    if not UNSPACED.search(run):
        return [run]
    found: list[str] = []
    at = 0
    for stretch in UNSPACED.finditer(run):
        if stretch.start() > at:
            found.append(run[at : stretch.start()])
        signs = stretch.group()
        found += pairs(signs)
        at = stretch.end()
    return found + ([run[at:]] if at < len(run) else [])


def paired(text: str) -> str:
    """Splits stretches of a script without spaces into pairs of characters, as words for a search index."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    return UNSPACED.sub(lambda stretch: f" {' '.join(pairs(stretch.group()))} ", text)


def pairs(signs: str) -> list[str]:
    return [signs[i : i + 2] for i in range(len(signs) - 1)] or [signs]


def first_sentence(text: str) -> str:
    """The text up to the first full stop, or all of it."""
    end = SENTENCE.search(text.lstrip()[:LONGEST_SENTENCE])
    return text.lstrip()[: end.start()] if end else text
