"""Decides a document's format by its content, never by its name.

Loads the readers of texts and of doubtful feeds where one comes: that takes as long as reading twenty feeds.
"""

from __future__ import annotations

import re
from dataclasses import replace

from aggregator.errors import SourceError
from aggregator.model import Document, Limits, Parsed
from aggregator.parse.encoding import UTF8_XML, as_utf8
from aggregator.parse.ending import json_without_half, without_half
from aggregator.parse.fast import Doubt, read_fast
from aggregator.parse.jsonfeed import read_json_feed, starts_json
from aggregator.parse.unknown import HEAD, why_not_a_feed, why_not_a_text

# Atomic groups: otherwise a run of these parts could be split in exponentially many ways.
_PROLOG = rb"(?:\s|(?><\?.*?\?>)|(?><!--.*?-->)|(?><!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>))*+"
_FEED_ROOT = re.compile(
    _PROLOG + rb"<(?:[a-zA-Z][\w.-]*:)?(?:rss|feed|rdf|channel)[\s>/]", re.IGNORECASE | re.DOTALL
)
_SMALL = 4096  # bytes: the slowest known document of this size takes a quarter of a second


def parse(document: Document, limits: Limits) -> Parsed:
    """Raises SourceError: format when it is not a format we read, size, slow, bug."""
    if len(document.body) > limits.size:
        raise SourceError("size", f"{_name(document)}more than {limits.size} bytes")
    if not document.body.strip():
        raise SourceError("format", f"{_name(document)}the document is empty")
    parsed = _read(document, limits)
    if len(parsed.drafts) > limits.entries:
        note = f"only the first {limits.entries} of {len(parsed.drafts)} entries are used"
        parsed = replace(parsed, drafts=parsed.drafts[: limits.entries], notes=(*parsed.notes, note))
    return parsed


def _read(document: Document, limits: Limits) -> Parsed:
    if starts_json(document.body):
        read = read_json_feed(document, limits) or _json_rest(document, limits)
        if read is not None:
            return read
    if document.url or _looks_like_feed(document.body):
        parsed = _feed(document, limits)
        if parsed.drafts or parsed.format or _looks_like_feed(document.body):
            return parsed
        raise SourceError("format", _name(document) + why_not_a_feed(document.body))
    return _text(document, limits)


def _text(document: Document, limits: Limits) -> Parsed:
    from aggregator.parse.front_matter import has_front
    from aggregator.parse.markdown import starts_with_heading
    from aggregator.parse.plain import decode, read_text, starts_dated

    text = decode(document)
    if has_front(text) or starts_with_heading(text):
        return _bounded("post", document, limits)
    other = why_not_a_text(document.body, text)
    if other and not starts_dated(text):
        raise SourceError("format", _name(document) + other)
    return read_text(document, text)


def _feed(document: Document, limits: Limits) -> Parsed:
    """Takes only the whole entries of a truncated feed. Converts to UTF-8 first, so that the two readers
    cannot disagree about the encoding."""
    utf8 = as_utf8(document.body, document.content_type)
    if utf8 is not None:
        document = replace(document, body=utf8.lstrip(b" \t\r\n"), content_type=UTF8_XML)
    rest = without_half(document.body) if _looks_like_feed(document.body) else None
    if rest is None:
        return _read_feed(document, limits, utf8 is not None)
    if not rest.entries:
        raise SourceError("format", f"{_name(document)}the document breaks off before its first entry ends")
    return _broken_off(_read_feed(replace(document, body=rest.body), limits, utf8 is not None), rest.entries)


def _json_rest(document: Document, limits: Limits) -> Parsed | None:
    rest = json_without_half(document.body)
    parsed = read_json_feed(replace(document, body=rest.body), limits) if rest else None
    return _broken_off(parsed, rest.entries) if rest and parsed else None


def _broken_off(parsed: Parsed, entries: int) -> Parsed:
    count = f"{entries} whole {'entry' if entries == 1 else 'entries'}"
    return replace(parsed, whole=False, notes=(f"the document breaks off after {count}", *parsed.notes))


def _read_feed(document: Document, limits: Limits, clear: bool) -> Parsed:
    """`clear`: the body is UTF-8 as encoding.py returned it."""
    if not clear:
        return _noted(_bounded("feed", document, limits), "the encoding is unclear")
    try:
        return read_fast(document, limits)
    except Doubt as doubt:
        return _noted(_bounded("feed", document, limits), str(doubt))


def _noted(parsed: Parsed, doubt: str) -> Parsed:
    return replace(parsed, notes=(*parsed.notes, f"read by the slow parser: {doubt}"))


def _bounded(reader: str, document: Document, limits: Limits) -> Parsed:
    """Reads in this thread a document so small that even quadratic time is short."""
    if len(document.body) > _SMALL or b"<!ENTITY" in document.body:
        from aggregator.parse.bounded import run_bounded

        return run_bounded(reader, document, limits)
    if reader == "feed":
        from aggregator.parse.feed import read_feed

        return read_feed(document, limits)
    from aggregator.parse.jekyll import read_post

    return read_post(document, limits)


def _looks_like_feed(body: bytes) -> bool:
    head = body[:HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return _FEED_ROOT.match(head) is not None


def _name(document: Document) -> str:
    return f"{document.name}: " if document.name else ""
