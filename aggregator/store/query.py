"""Turns what a person types into a search box into an FTS5 expression. Any input is safe."""

import re

from aggregator.text.html import one_line
from aggregator.text.words import paired

LONGEST = 200  # characters of a query; the rest is ignored
TERMS = 12
SHORTEST = 3  # letters before a *: a shorter prefix reads a large part of the index
PART = re.compile(r'(?P<without>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


def asked(text: str) -> str:
    """The query as we use it: one line of at most LONGEST characters."""
    return one_line(text[: 2 * LONGEST])[:LONGEST].strip()


def fts_expression(text: str) -> str:
    """All words; "in this order"; begin*; -without; one OR other. "" when there is nothing to search for."""
    wanted: list[str] = []
    unwanted: list[str] = []
    joining = False
    for part in list(PART.finditer(asked(text)))[:TERMS]:
        if part["word"] == "OR":
            joining = bool(wanted)
            continue
        term = quoted(part["phrase"] or part["word"] or "")
        if not term:
            continue
        if part["without"]:
            unwanted.append(term)
        elif joining:
            wanted[-1] += f" OR {term}"
        else:
            wanted.append(term)
        joining = False
    if not wanted:
        return ""
    found = " AND ".join(f"({term})" for term in wanted)
    return f"({found}) NOT ({' OR '.join(unwanted)})" if unwanted else found


def quoted(term: str) -> str:
    """Quoted, so that FTS5 sees no operators; characters of unspaced scripts paired as in the index."""
    words = paired(term.replace("\0", " ").rstrip("*")).strip()
    letters = sum(map(str.isalnum, words))
    if not letters:
        return ""
    lone_sign = letters == 1 and paired(f"{words}{words}") != f"{words}{words}" and not words.isascii()
    begins = term.endswith("*") and letters >= SHORTEST
    return f'"{words}"{" *" if begins or lone_sign else ""}'
