"""Texts: " date 2025-12-06 Title", then perhaps a dateline, then the report; or any other text."""

from __future__ import annotations

import codecs
import re
from datetime import UTC, datetime
from hashlib import blake2b

from aggregator.errors import SourceError
from aggregator.model import Document, Draft, Parsed
from aggregator.parse.names import day_of
from aggregator.text.dateline import split_dateline
from aggregator.text.dates import parse_date
from aggregator.text.html import one_line

_DATED = re.compile(
    r"\s*date:?\s+(\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?Z?)?)[ \t]+(\S[^\n]*)(?:\n|\Z)", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAX_CONTROLS = 0.01  # share of control characters above which a document is binary


def decode(document: Document) -> str:
    """Text with \\n line ends. By byte order mark, else UTF-8, else guesses UTF-16 or Windows-1252."""
    body = document.body
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            text = body[len(mark) :].decode(encoding, "replace")
            break
    else:
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            text = body.decode(_guess(body), "replace")
    if "\0" in text or len(_CONTROL.findall(text[:100_000])) > MAX_CONTROLS * min(len(text), 100_000):
        raise SourceError("format", f"{document.name}: this is a binary file, not a text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guess(body: bytes) -> str:
    sample = body[:2000]
    if sample[1::2].count(0) > len(sample) * 0.3:
        return "utf-16-le"
    return "utf-16-be" if sample[::2].count(0) > len(sample) * 0.3 else "windows-1252"


def starts_dated(text: str) -> bool:
    return _DATED.match(text) is not None


def read_text(document: Document, text: str) -> Parsed:
    match = _DATED.match(text)
    if match:
        return _parsed("dated text", document, match[2], parse_date(match[1]), text[match.end() :])
    title, _, rest = text.strip().partition("\n")
    if not title:
        raise SourceError("format", f"{document.name}: the document is empty")
    return _parsed("text", document, title, None, rest)


def _parsed(kind: str, document: Document, title: str, stamp: datetime | None, text: str) -> Parsed:
    dateline, text = split_dateline(text)
    title = one_line(title)
    wrong = "" if stamp or kind == "text" else "the date is not understood"
    published, dated = or_file_time(document, stamp)
    draft = Draft(
        uid=document.uid or text_uid(title, stamp, text),
        title=title,
        title_type="text/plain",
        summary=text.strip(),
        summary_type="text/plain",
        published=published,
        dated=dated,
        dateline=dateline,
    )
    # Other texts have no place for a date, so its absence needs no note.
    return Parsed(kind, (draft,), title=title, notes=date_notes(wrong, draft) if wrong else ())


def or_file_time(
    document: Document, stamp: datetime | None, changed: datetime | None = None
) -> tuple[datetime | None, bool]:
    """(time of publication, whether the document states it: in its text, its name or as its last change)."""
    said = stamp or day_of(document.name) or changed
    if said:
        return said, True
    return document.modified.astimezone(UTC) if document.modified else None, False


def date_notes(wrong: str, draft: Draft) -> tuple[str, ...]:
    """Notes for the author. `wrong`: what is wrong with the date, or ""."""
    if draft.dated:
        return (wrong,) if wrong else ()
    return (f"{wrong or 'no date is given'}; using the file's modification time",)


def text_uid(title: str, stamp: datetime | None, text: str) -> str:
    """Derived from the text, not from the file: it survives renaming and a new modification time."""
    words = " ".join(text[:2000].split()[:12])
    parts = "\x1f".join((" ".join(title.split()), stamp.isoformat() if stamp else "", words))
    return f"text:{blake2b(parts.encode('utf-8', 'replace'), digest_size=16).hexdigest()}"
