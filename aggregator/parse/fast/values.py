"""The text and attributes of one element, interpreted as feedparser does."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any
from urllib.parse import urljoin

from aggregator.parse.drafts import HERE, Tree
from aggregator.parse.fast.names import Doubt, element_name

Element = Any  # lxml's; only document.py imports it here
TYPES = {"text": "text/plain", "plain": "text/plain", "html": "text/html", "xhtml": "application/xhtml+xml"}
TEXT_TYPES = {"text/plain", "text/html", "application/xhtml+xml"}
XML = "{http://www.w3.org/XML/1998/namespace}"
_LANG = f"{XML}lang"
_BASE = f"{XML}base"
_SLASHES = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*://)/+")
MAX_LINK = 10_000  # characters: urllib caches split URLs, and every element splits its base again
_C1 = re.compile("[\x80-\x9f]")
_CP1252 = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}


def text_of(element: Element) -> str:
    if len(element):
        raise Doubt(f"elements in {element_name(element.tag)}")
    text: str = element.text or ""
    return text.strip()


def mend_encoding(text: str) -> str:
    """Repairs UTF-8 that was decoded as Latin-1, and Windows-1252 characters in the C1 range."""
    if text.isascii():
        return text
    with suppress(UnicodeError):
        text = text.encode("iso-8859-1").decode("utf-8")
    return text.translate(_CP1252) if _C1.search(text) else text


def resolved(uri: str, base: str) -> str:
    if base == HERE and uri.startswith(("http://", "https://")) and "[" not in uri and ":///" not in uri[:9]:
        return uri
    if len(uri) > MAX_LINK:
        raise Doubt("a very long address")
    try:
        return urljoin(base, _SLASHES.sub(r"\1", uri)) if uri else ""
    except ValueError:
        return ""


def address_of(element: Element, inherited: str) -> str:
    """The URL of a link; an empty href means the base."""
    base = base_of(element, inherited)
    return resolved(element.get("href", ""), base) or base


def base_of(element: Element, inherited: str) -> str:
    """Follows xml:base if it is http(s); feedparser also follows some other schemes, which raise Doubt."""
    base = element.get(_BASE)
    if not base:
        return inherited
    joined = resolved(base, inherited)
    if ":" in joined.partition("/")[0] and not joined.startswith(("http://", "https://")):
        raise Doubt(f"the base {base}")
    return joined if joined.startswith(("http://", "https://")) else inherited


def kind_of(element: Element, default: str) -> str:
    kind: str = element.get("type", default).lower()
    kind = TYPES.get(kind, kind)
    if kind not in TEXT_TYPES or "mode" in element.attrib:
        raise Doubt(f"content of type {kind}")
    return kind


def element_language(element: Element, inherited: str) -> str:
    if "lang" in element.attrib or "base" in element.attrib:
        raise Doubt("lang or base without xml:")
    return str(element.get(_LANG, inherited)).replace("_", "-")


def attributes_of(element: Element) -> Tree:
    """Attributes without a namespace: names in lower case, and so the values of rel and type."""
    found = {}
    for key, value in element.attrib.items():
        if key[0] != "{":
            lower = key.lower()
            found[lower] = value.lower() if lower in {"rel", "type"} else value
    if "base" in found or "lang" in found:
        raise Doubt("lang or base without xml:")
    return found
