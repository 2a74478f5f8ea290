"""The place, date and agency before a report's first sentence: "MIAMI, Dec. 6 (Reuters) —"."""

from __future__ import annotations

import re

_PLACE = r"[A-ZÀ-ÞŠŽŁĐ][A-ZÀ-ÞŠŽŁĐ.'’/ -]*[A-ZÀ-ÞŠŽŁĐ.]"
_AGENCY = r"\([A-Z][\w .&/'’-]{1,30}\)"
_DAY = r"(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+\d{4})?"
_REGION = r"(?:,\s+[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2})?"
_INLINE = re.compile(
    rf"(?P<line>{_PLACE}{_REGION}(?:,\s+{_DAY})?(?:,?\s*{_AGENCY})?|{_AGENCY})\s*(?:—|–|--|-(?=\s))\s*"
)
_ALONE = re.compile(
    rf"(?P<line>{_PLACE}{_REGION}(?:,\s+{_DAY})?(?:,?\s*{_AGENCY})?)[ \t]*(?:—|–|--|-|:)?[ \t]*\n\s*"
)
MAX_LENGTH = 80  # characters: a longer run of capitals is a headline
HEAD = 300  # characters in which a dateline ends, with the blanks and the dash behind it


def split_dateline(text: str) -> tuple[str, str]:
    """(dateline, rest of the text); ("", text) when it begins otherwise.

    On a line of its own capitals are enough; before a sentence a dash must follow, and three
    capitals, so that "A - B" stays as it is.
    """
    text = text.lstrip()
    head = text[: 2 * MAX_LENGTH]
    match = _ALONE.match(head) or _INLINE.match(head)
    if match is None or len(match["line"]) > MAX_LENGTH or not text[match.end() :].strip():
        return "", text
    if sum(letter.isupper() for letter in match["line"]) < 3 and "(" not in match["line"]:
        return "", text
    return match["line"].strip(), text[match.end() :].lstrip()
