"""An entry's further elements: categories, enclosures, pictures, its source."""

from __future__ import annotations

from aggregator.parse.drafts import Tree
from aggregator.parse.fast.item import Item
from aggregator.parse.fast.names import Doubt, element_name
from aggregator.parse.fast.texts import read_id, read_link, read_title
from aggregator.parse.fast.values import (
    Element,
    attributes_of,
    base_of,
    element_language,
    mend_encoding,
    text_of,
)

MAX_TAGS = 300  # per entry: finding repeats takes quadratic time
_IN_A_SOURCE = {"title": read_title, "link": read_link, "id": read_id}
_OF_A_SOURCE = frozenset(("updated", "subtitle", "rights", "icon", "logo", "generator", "author", "category"))


def read_category(item: Item, element: Element, _depth: int) -> None:
    attributes = attributes_of(element)
    if element_name(element.tag) == "media_category":
        attributes.setdefault("scheme", "http://search.yahoo.com/mrss/category_schema")
    scheme = attributes.get("scheme", attributes.get("domain"))
    _tag(item, attributes.get("term"), scheme, attributes.get("label"))
    value = mend_encoding(text_of(element))
    tags = item.tree["tags"]
    if value and tags and not tags[-1]["term"]:
        tags[-1]["term"] = value
    elif value:
        _tag(item, value, None, None)


def _tag(item: Item, term: str | None, scheme: str | None, label: str | None) -> None:
    tags = item.tree.setdefault("tags", [])
    tag = {"term": term, "scheme": scheme, "label": label}
    if len(tags) > MAX_TAGS:
        raise Doubt(f"more than {MAX_TAGS} categories")
    if (term or scheme or label) and tag not in tags:
        tags.append(tag)


def read_keywords(item: Item, element: Element, _depth: int) -> None:
    if element.attrib:
        raise Doubt("attributes of keywords")
    scheme = "http://www.itunes.com/" if element_name(element.tag) == "itunes_keywords" else None
    for term in mend_encoding(text_of(element)).split(","):
        if term.strip():
            _tag(item, term.strip(), scheme, None)


def read_itunes_category(item: Item, element: Element, _depth: int) -> None:
    _tag(item, element.get("text"), "http://www.itunes.com/", None)
    if len(element) or text_of(element):
        raise Doubt("a category with more in it")


def read_enclosure(item: Item, element: Element, _depth: int) -> None:
    attributes = attributes_of(element)
    if "uri" in attributes or ("href" in attributes and "url" in attributes):
        raise Doubt("an enclosure of several addresses")
    if "url" in attributes:
        attributes["href"] = attributes.pop("url")
    item.tree.setdefault("links", []).append({**attributes, "rel": "enclosure"})
    text_of(element)


def read_source(item: Item, element: Element, depth: int) -> None:
    source = _atom_source(item, element) if item.atom else _rss_source(element)
    item.tree["source"] = source
    item.title_depth = depth + 1 if item.atom and source.get("title") else -1


def _rss_source(element: Element) -> Tree:
    source: Tree = {"href": element.attrib["url"]} if "url" in element.attrib else {}
    title = mend_encoding(text_of(element))
    return {**source, **({"title": title} if title else {})}


def _atom_source(item: Item, element: Element) -> Tree:
    inner = Item(True, element_language(element, item.language), base_of(element, item.base))
    for part in element:
        name = element_name(part.tag)
        if name in _IN_A_SOURCE:
            _IN_A_SOURCE[name](inner, part, 1)
        elif name not in _OF_A_SOURCE or any(element_name(sub.tag) == "uri" for sub in part):
            raise Doubt(f"{name} in a source")
    if (element.text or "").strip() or any((part.tail or "").strip() for part in element):
        raise Doubt("text in a source")
    return inner.tree


def read_detail(item: Item, element: Element, depth: int) -> None:
    """An element that feedparser keeps under its own name."""
    if element.attrib:
        raise Doubt(f"attributes of {element_name(element.tag)}")
    item.put(element_name(element.tag), mend_encoding(text_of(element)), depth)


def read_own_image(item: Item, element: Element, _depth: int) -> None:
    """RSS has no <image> in an item; the children of one would mix with the item's own elements."""
    if len(element):
        raise Doubt("an image with parts in an entry")
    item.title_depth = -1


def read_image(item: Item, element: Element, _depth: int) -> None:
    address = element.get("href") or element.get("url")
    if address:
        item.tree["image"] = {"href": address}
    text_of(element)
