"""Names the kind of a document that we cannot read, for people who wonder why nothing arrives."""

from __future__ import annotations

import json
import re

HEAD = 4096  # bytes by which we recognise a format
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_TITLE = re.compile(rb"<title[^>]{0,80}>([^<]{1,80})", re.IGNORECASE)
_OPML = re.compile(rb"<opml[\s>]", re.IGNORECASE)
_XML = re.compile(r"\s*<(?:\?xml\s|[a-zA-Z][\w.:-]{0,80}\s[^<>]{0,200}?xmlns)")
_NAMES = {"%PDF-": "a PDF file", "{\\rtf": "an RTF file"}


def why_not_a_feed(body: bytes) -> str:
    head = body[:HEAD].replace(b"\0", b"")
    if _OPML.search(head):
        return "this is a list of subscriptions (OPML), not a feed: import it"
    if _PAGE.search(head):
        title = _TITLE.search(body[: 10 * HEAD])
        name = " ".join(title[1].decode("utf-8", "replace").split()) if title else "no title"
        return f"this is a web page, not a feed: {name}"
    if head.lstrip()[:1] in (b"{", b"["):
        whole = _is_json(body.decode("utf-8-sig", "replace"))
        return "this is JSON, but not a JSON Feed" if whole else "this is truncated or invalid JSON"
    return "this is not a feed: neither RSS, Atom, RDF nor JSON Feed"


def why_not_a_text(body: bytes, text: str) -> str:
    """For local documents; "" when it may be a text."""
    for start, name in _NAMES.items():
        if text.startswith(start):
            return f"this is {name}, not a text"
    if _PAGE.search(body[:HEAD]):
        return "this is a web page, neither a feed nor a text"
    if _XML.match(text[:HEAD]) or _OPML.match(body[:HEAD]):
        return "this is XML, but not a feed" if not _OPML.search(body[:HEAD]) else why_not_a_feed(body)
    return "this is JSON, but neither a JSON Feed nor a post" if _is_json(text) else ""


def _is_json(text: str) -> bool:
    try:
        return text.lstrip()[:1] in ("{", "[") and isinstance(json.loads(text), (dict, list))
    except (ValueError, RecursionError):
        return False
