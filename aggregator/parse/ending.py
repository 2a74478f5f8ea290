"""Truncated documents: a download that was cut off, or a half-written file."""

from __future__ import annotations

import codecs
import json
import re
from typing import NamedTuple

_ROOT = re.compile(rb"<((?:[a-z][\w.-]{0,40}:)?(?:rss|feed|rdf|channel))(?:\s[^<>]{0,5000})?>", re.IGNORECASE)
_HEAD = 20_000  # bytes in which the root begins
_TAIL = 4_000  # bytes in which it nearly always ends
_ENTRY = re.compile(rb"<(/?)((?:[a-z][\w.-]{0,40}:)?(?:item|entry))(?:\s[^<>]{0,2000})?>", re.IGNORECASE)
_CHANNEL = re.compile(rb"<(/?)channel[\s>]", re.IGNORECASE)
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
_ITEM = ["{", "items", "{"]  # the brackets open inside an entry of a JSON Feed
_DEEPEST = 200  # nested brackets; no feed has that many, and we give up early on a bomb
_QUOTED = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)


class Rest(NamedTuple):
    """The usable part of a truncated document."""

    body: bytes
    """Everything up to the last whole entry, with the closing tags added."""
    entries: int
    """Number of whole entries."""


def without_half(body: bytes) -> Rest | None:
    """For XML feeds in an encoding that extends ASCII; None when the document ends as it should.

    It need not be well formed otherwise, and anything may follow the end tag.
    """
    root = _ROOT.search(body[:_HEAD])
    if root is None or root[0].endswith(b"/>"):
        return None
    end = re.compile(rb"</" + re.escape(root[1]) + rb"\s*>", re.IGNORECASE)
    # An article about feeds may quote an end tag; that is not the end of this document.
    opened, closed = body.rfind(b"<![CDATA["), body.rfind(b"]]>")
    if opened <= closed and end.search(body, max(closed, len(body) - _TAIL, 0)):
        return None
    bare = _QUOTED.sub(lambda match: b" " * len(match[0]), body)
    if end.search(bare):
        return None
    return _closed(body, bare, root[1])


def _closed(body: bytes, bare: bytes, root: bytes) -> Rest:
    """`bare`: `body` with comments and CDATA blanked out."""
    tags = list(_ENTRY.finditer(bare))
    ends = [tag.end() for tag in tags if tag[1] and tag[2] == tags[0][2]]  # skips an item in an entry
    whole = ends[-1] if ends else 0
    channels = [tag[1] for tag in _CHANNEL.finditer(bare[:whole])]
    inner = b"</channel>" if channels and not channels[-1] and root.lower() != b"channel" else b""
    return Rest(body[:whole] + inner + b"</" + root + b">", len(ends))


def json_without_half(body: bytes) -> Rest | None:
    """For JSON Feeds; None when the document ends as it should, or before its first entry ends."""
    try:
        text = codecs.getincrementaldecoder(json.detect_encoding(body))().decode(body)
    except UnicodeError:
        return None
    opened: list[str] = []
    name, whole, entries = "", 0, 0
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign[0] == '"':
            name = sign[1:-1]
        elif sign in "{[":
            if len(opened) == _DEEPEST:
                return None
            opened.append(name if sign == "[" and len(opened) == 1 else sign)
        else:
            if opened == _ITEM:
                whole, entries = token.end(), entries + 1
            if opened:
                opened.pop()
            if not opened:
                return None
    return Rest((text[:whole] + "]}").encode("utf-8", "surrogatepass"), entries) if entries else None
