"""Decides a feed's encoding, once for both readers."""

from __future__ import annotations

import codecs
import re

_DECLARATION = re.compile(rb"\s*<\?xml[^>]*?\?>")
_DECLARED = re.compile(rb"encoding\s*=\s*[\"']([\w.:-]+)[\"']", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF8 = {"utf-8", "utf8"}
_WIDE = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "windows-1252"}  # supersets
_TEXTUAL = re.compile(
    r"(?:utf|iso|windows|cp|koi|gb|big|euc|shift|us-ascii|ascii|latin|mac|tis)[\w.:-]*", re.I
)
UTF8_XML = "application/xml; charset=utf-8"


def as_utf8(body: bytes, content_type: str) -> bytes | None:
    """Returns the document as UTF-8 without byte order mark and XML declaration; None if unclear.

    A document that decodes as UTF-8 and declares nothing else is UTF-8, whatever the headers say.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark) and not body.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
            return _decoded(body[len(mark) :], encoding)
    declaration = _DECLARATION.match(body)
    found = _DECLARED.search(declaration[0]) if declaration else None
    declared = found[1].decode("ascii", "replace").lower() if found else ""
    if not declared or declared in _UTF8:
        utf8 = _decoded(body, "utf-8")
        if utf8 is not None:
            return utf8
    charset = _CHARSET.search(content_type)
    return _decoded(body, charset[1].lower() if charset else declared or "utf-8")


def page_text(body: bytes, content_type: str) -> str:
    """A web page as text: UTF-8 if it decodes as that, else as its headers or its head declare."""
    charset = _CHARSET.search(content_type) or _CHARSET.search(body[:2048].decode("latin-1"))
    found = _decoded(body, "utf-8")
    if found is None and charset:
        found = _decoded(body, charset[1].lower())
    return (body if found is None else found).decode("utf-8", "replace")


def _decoded(body: bytes, encoding: str) -> bytes | None:
    """Drops an incomplete character at the end, where a truncated document breaks off."""
    if not _TEXTUAL.fullmatch(encoding):
        return None
    try:
        decoder = codecs.getincrementaldecoder(_WIDE.get(encoding, encoding))()
        text = decoder.decode(body)
        body = body[: len(body) - len(decoder.getstate()[0])]
    except (UnicodeError, LookupError, ValueError):
        return None
    utf8 = body if encoding in _UTF8 else text.encode("utf-8", "replace")
    declaration = _DECLARATION.match(utf8)
    return utf8[declaration.end() :] if declaration else utf8
