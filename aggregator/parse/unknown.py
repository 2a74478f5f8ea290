"""What a document is that we do not read, in words for the person who wonders why nothing comes."""

from __future__ import annotations

import json
import re

HEAD = 4096  # bytes in which a document shows what it is
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_TITLE = re.compile(rb"<title[^>]{0,80}>([^<]{1,80})", re.IGNORECASE)
_OPML = re.compile(rb"<opml[\s>]", re.IGNORECASE)
_XML = re.compile(r"\s*<(?:\?xml\s|[a-zA-Z][\w.:-]{0,80}\s[^<>]{0,200}?xmlns)")
_NAMES = {"%PDF-": "a PDF file", "{\\rtf": "an RTF file"}


def no_feed(body: bytes) -> str:
    head = body[:HEAD].replace(b"\0", b"")
    if _OPML.search(head):
        return "this is a list of subscriptions (OPML), not a feed: import it"
    if _PAGE.search(head):
        title = _TITLE.search(body[: 10 * HEAD])
        name = " ".join(title[1].decode("utf-8", "replace").split()) if title else "no title"
        return f"this is a web page, not a feed: {name}"
    if head.lstrip()[:1] in (b"{", b"["):
        whole = _is_json(body.decode("utf-8-sig", "replace"))
        return "this is JSON, but no JSON Feed" if whole else "this is JSON that breaks off, or is none"
    return "this is no feed: neither RSS, Atom, RDF nor JSON Feed"


def no_text(body: bytes, text: str) -> str:
    """Of a local document; "" when it may well be a text."""
    for start, name in _NAMES.items():
        if text.startswith(start):
            return f"this is {name}, not a text"
    if _PAGE.search(body[:HEAD]):
        return "this is a web page, neither a feed nor a text"
    if _XML.match(text[:HEAD]) or _OPML.match(body[:HEAD]):
        return "this is XML, but no feed" if not _OPML.search(body[:HEAD]) else no_feed(body)
    return "this is JSON, but neither a JSON Feed nor a post" if _is_json(text) else ""


def _is_json(text: str) -> bool:
    try:
        return text.lstrip()[:1] in ("{", "[") and isinstance(json.loads(text), (dict, list))
    except (ValueError, RecursionError):
        return False
