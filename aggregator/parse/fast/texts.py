"""An entry's main elements: title, link, id, texts, dates, authors."""

from __future__ import annotations

import re

from aggregator.parse.fast.item import Handler, Item, content_of
from aggregator.parse.fast.names import Doubt, element_name
from aggregator.parse.fast.people import author_of
from aggregator.parse.fast.values import (
    TEXT_TYPES,
    TYPES,
    Element,
    address_of,
    attributes_of,
    base_of,
    mend_encoding,
    resolved,
    text_of,
)

_HALF_ENTITY = re.compile(r"&([A-Za-z0-9_]+);")


def read_title(item: Item, element: Element, depth: int) -> None:
    content = content_of(item, element, "text/plain")
    if -1 < item.title_depth <= depth:
        return
    item.put("title", content["value"], depth)
    item.tree["title_detail"] = content
    if content["value"] and element_name(element.tag) != "media_title":
        item.title_depth = depth


def read_link(item: Item, element: Element, _depth: int) -> None:
    links = item.tree.setdefault("links", [])
    if "href" in element.attrib:
        link = {"rel": "alternate", **attributes_of(element)}
        link.setdefault("type", "application/atom+xml" if link["rel"] == "self" else "text/html")
        if "url" in link or "uri" in link:
            raise Doubt("a link of several addresses")
        link["href"] = address_of(element, item.base)
        links.append(link)
        if link["rel"] == "alternate" and TYPES.get(link["type"], link["type"]) in TEXT_TYPES - {
            "text/plain"
        }:
            item.tree["link"] = link["href"]
        if len(element) or (element.text or "").strip():
            raise Doubt("text in a link that has an address")
        return
    if element.attrib:
        raise Doubt("attributes of a link without address")
    text = mend_encoding(resolved(text_of(element), base_of(element, item.base)))
    text = _HALF_ENTITY.sub(r"&\g<1>", text.replace("&amp;", "&"))
    links.append({"rel": "alternate", "type": "text/html", **({"href": text} if text else {})})
    item.tree["link"] = text


def read_id(item: Item, element: Element, depth: int) -> None:
    attributes = {key.lower(): value for key, value in element.attrib.items()}
    is_link = attributes.get("ispermalink", "true") == "true"
    value = text_of(element)
    value = mend_encoding(resolved(value, base_of(element, item.base)) if is_link else value)
    item.put("id", value, depth)
    if is_link:
        item.tree.setdefault("link", value)


def read_description(item: Item, element: Element, depth: int) -> None:
    _text_part(item, element, depth, "text/html")


def read_summary(item: Item, element: Element, depth: int) -> None:
    _text_part(item, element, depth, "text/plain")


def _text_part(item: Item, element: Element, depth: int, default: str) -> None:
    """A second summary counts as the content, unless there is content already."""
    if "summary" in item.tree and not item.has_content:
        read_content(item, element, depth)
        return
    content = content_of(item, element, default)
    item.put("summary", content["value"], depth)
    item.tree["summary_detail"] = content


def read_content(item: Item, element: Element, depth: int) -> None:
    read_encoded(item, element, depth, "text/plain")


def read_encoded(item: Item, element: Element, _depth: int, default: str = "text/html") -> None:
    item.has_content = True
    content = content_of(item, element, default)
    item.tree.setdefault("content", []).append(content)
    item.tree.setdefault("summary", content["value"])


def date_reader(key: str) -> Handler:
    def handler(item: Item, element: Element, depth: int) -> None:
        item.put(key, mend_encoding(text_of(element)), depth)

    return handler


def read_comments(item: Item, element: Element, depth: int) -> None:
    if element.attrib:
        raise Doubt("attributes of comments")
    item.put("comments", mend_encoding(resolved(text_of(element), base_of(element, item.base))), depth)


def read_author(item: Item, element: Element, _depth: int) -> None:
    item.tree.setdefault("authors", []).append(author_of(element))
