"""Words of any script, cut so that inflected forms meet."""

from __future__ import annotations

import re
import unicodedata

CUT = 6
"""Letters kept of a word: a stemmer for every alphabetic script (5, 7 and whole words measured worse)."""

SPACED = "".join(chr(i) if chr(i).isalnum() else " " for i in range(128))
"""Every ASCII sign but letters and digits as a space: to translate and split takes half of a search."""
# The blocks from U+0900 hold vowel signs that Python's \w leaves out; they belong to their words.
RUN = re.compile(r"[\w\u0300-\u036f\u0900-\u0963\u0966-\u0dff\u0e30-\u0e4e\u1000-\u1049\u1780-\u17d3]+")
UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
)
SILENT = re.compile(r"[\u0640\u064b-\u065f\u0670\u0591-\u05c7\u00ad\u200b-\u200f]")
"""Arabic and Hebrew pointing, the soft hyphen and direction marks: one word is written with and without."""

QUOTES = tuple(zip("\u2018\u2019\u201c\u201d\u2013\u2014\u2026\xa0\xab\xbb", '\'\'""--. ""', strict=True))
"""Typographic signs: without them most English text is ASCII, which is read in half the time."""

SENTENCE = re.compile(r"[.!?…。！？؟।]+(?:\s|$)|[。！？।]|\n\s*\n")
LONGEST_SENTENCE = 2000
LETTERS_A_TERM = 14
"""More than any language needs on average: what lies beyond `limit` terms need not be read."""


def terms(text: str, limit: int) -> list[str]:
    """The first `limit` words in lower case, cut; pairs of signs where a script has no spaces."""
    return [word[:CUT] for word in words(text, limit)]


def words(text: str, limit: int) -> list[str]:
    """The same, not yet cut."""
    text = text[: limit * LETTERS_A_TERM].lower()
    if not text.isascii():
        text = plain_quotes(text)
    if text.isascii():
        return text.translate(SPACED).split(None, limit)[:limit]
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text).lower()
    runs = RUN.findall(SILENT.sub("", text.replace("_", " ")))
    if not UNSPACED.search(text):
        return runs[:limit]
    return [term for run in runs[:limit] for term in pieces(run)][:limit]


def plain_quotes(text: str) -> str:
    """By replace: translate takes a hundred times as long for a text that is not ASCII."""
    for sign, plain in QUOTES:
        text = text.replace(sign, plain)
    return text


def pieces(run: str) -> list[str]:
    """One word, or the pairs of signs of its unspaced stretches and the words between them."""
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
    """Stretches of a script without spaces as their pairs of signs: what a search index takes for words."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    return UNSPACED.sub(lambda stretch: f" {' '.join(pairs(stretch.group()))} ", text)


def pairs(signs: str) -> list[str]:
    return [signs[i : i + 2] for i in range(len(signs) - 1)] or [signs]


def first_sentence(text: str) -> str:
    """Up to the first full stop, or all of it."""
    end = SENTENCE.search(text.lstrip()[:LONGEST_SENTENCE])
    return text.lstrip()[: end.start()] if end else text
