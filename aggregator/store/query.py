"""What a person types into a search box, as an expression for FTS5. Anything typed is safe."""

import re

from aggregator.text.html import one_line
from aggregator.text.words import paired

LONGEST = 200  # characters of a question; what comes behind is not read
TERMS = 12
SHORTEST = 3  # letters before a *: a shorter one reads a good part of the index
PART = re.compile(r'(?P<without>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


def asked(text: str) -> str:
    """As it is read: one line, not too long."""
    return one_line(text[: 2 * LONGEST])[:LONGEST].strip()


def fts_expression(text: str) -> str:
    """All words; "in this order"; begin*; -without; one OR other. "" when there is nothing to look for."""
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
    """In quotes, where nothing means anything to FTS5; signs of unspaced scripts as the index has them."""
    words = paired(term.replace("\0", " ").rstrip("*")).strip()
    letters = sum(map(str.isalnum, words))
    if not letters:
        return ""
    lone_sign = letters == 1 and paired(f"{words}{words}") != f"{words}{words}" and not words.isascii()
    begins = term.endswith("*") and letters >= SHORTEST
    return f'"{words}"{" *" if begins or lone_sign else ""}'
