"""XHTML in Atom, serialised as feedparser does it."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from aggregator.parse.fast.names import SVG, XHTML, XLINK, Doubt

Element = Any  # lxml's; only document.py imports it here
_PREFIXES = {"http://www.w3.org/XML/1998/namespace": "xml", XLINK: "xlink"}
MAX_DEPTH = 150


def inner_xhtml(element: Element, *, unwrap: bool) -> str:
    """Returns the inner markup; `unwrap` drops the single wrapping <div> that Atom requires."""
    children = list(element)
    outside = (element.text or "") + "".join(child.tail or "" for child in children)
    if unwrap and len(children) == 1 and _name(children[0]) == "div" and not outside.strip():
        inner: list[str] = []
        _inside(children[0], inner, 0)
        return "".join(inner).strip()
    pieces: list[str] = []
    _inside(element, pieces, 0)
    return "".join(pieces).strip()


def _inside(element: Element, pieces: list[str], depth: int) -> None:
    if depth > MAX_DEPTH:
        raise Doubt("markup nested too deep")
    if element.text:
        pieces.append(escape(element.text))
    for child in element:
        name = _name(child)
        pieces.append(f"<{name}{_attributes(child)}>")
        _inside(child, pieces, depth + 1)
        pieces.append(f"</{name}>")
        if child.tail:
            pieces.append(escape(child.tail))


def _name(element: Element) -> str:
    namespace, _, local = element.tag[1:].rpartition("}")
    name: str = local.lower()
    if (namespace == XHTML and name != "body") or (namespace == SVG and element.prefix is None):
        return name
    raise Doubt("XHTML with elements of other namespaces")


def _attributes(element: Element) -> str:
    found: dict[str, str] = {}
    if element.tag == f"{{{SVG}}}svg":
        if element.nsmap.get("xlink") and not element.getparent().nsmap.get("xlink"):
            found["xmlns:xlink"] = XLINK
        found["xmlns"] = SVG
    for key, value in element.attrib.items():
        namespace, _, local = key[1:].rpartition("}") if key[0] == "{" else ("", "", key)
        if namespace and namespace not in _PREFIXES:
            raise Doubt("attributes of other namespaces")
        key = f"{_PREFIXES[namespace]}:{local}" if namespace else key
        lower = key.lower()
        found[lower] = value.lower() if lower in {"rel", "type"} else value
    return "".join(f' {key}="{escape(value, {chr(34): "&quot;"})}"' for key, value in found.items())
