"""Documents that break off: a download that was cut, or a file that was half written."""

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
_ITEM = ["{", "items", "{"]  # what is open within an entry of a JSON Feed
_DEEPEST = 200  # brackets within brackets; no feed has so many, and a bomb is given up early
_QUOTED = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)


class Rest(NamedTuple):
    """What there is of a document that breaks off."""

    body: bytes
    """Up to the last entry that is whole, and closed like a whole document."""
    entries: int
    """How many are whole."""


def without_half(body: bytes) -> Rest | None:
    """Of a feed in XML, in an encoding that has ASCII in it; None when it ends as it should.

    Whether it is well formed otherwise does not matter, nor what comes after its end.
    """
    root = _ROOT.search(body[:_HEAD])
    if root is None or root[0].endswith(b"/>"):
        return None
    end = re.compile(rb"</" + re.escape(root[1]) + rb"\s*>", re.IGNORECASE)
    # An article on feeds may quote such an end: then what comes after it is an entry's.
    opened, closed = body.rfind(b"<![CDATA["), body.rfind(b"]]>")
    if opened <= closed and end.search(body, max(closed, len(body) - _TAIL, 0)):
        return None
    bare = _QUOTED.sub(lambda match: b" " * len(match[0]), body)
    if end.search(bare):
        return None
    return _closed(body, bare, root[1])


def _closed(body: bytes, bare: bytes, root: bytes) -> Rest:
    """`bare`: the same without what is quoted."""
    tags = list(_ENTRY.finditer(bare))
    ends = [tag.end() for tag in tags if tag[1] and tag[2] == tags[0][2]]  # not of others within an entry
    whole = ends[-1] if ends else 0
    channels = [tag[1] for tag in _CHANNEL.finditer(bare[:whole])]
    inner = b"</channel>" if channels and not channels[-1] and root.lower() != b"channel" else b""
    return Rest(body[:whole] + inner + b"</" + root + b">", len(ends))


def json_without_half(body: bytes) -> Rest | None:
    """Of a JSON Feed; None when it ends as it should, or before its first entry does."""
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
