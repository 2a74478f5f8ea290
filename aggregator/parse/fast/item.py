"""The fields read so far from one entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from aggregator.parse.drafts import HERE, Tree
from aggregator.parse.fast.values import Element, base_of, element_language, kind_of, mend_encoding, text_of
from aggregator.parse.fast.xhtml import inner_xhtml


@dataclass(slots=True)
class Item:
    """`tree`: the entry in feedparser's vocabulary."""

    atom: bool
    language: str = ""
    """Inherited xml:lang."""
    base: str = HERE
    """Inherited xml:base."""
    tree: Tree = field(default_factory=dict)
    depths: dict[str, int] = field(default_factory=dict)
    title_depth: int = -1
    has_content: bool = False

    def put(self, key: str, value: str, depth: int) -> None:
        """An inner element does not overwrite an outer one."""
        if depth <= self.depths.setdefault(key, depth):
            self.depths[key] = depth
            self.tree[key] = value


def is_html(text: str) -> bool:
    """As feedparser guesses, which needs an end tag or an entity: without them it need not be loaded."""
    if "</" not in text and "&" not in text:
        return False
    from aggregator.parse.feed import looks_like_html

    return looks_like_html(text)


Handler = Callable[[Item, Element, int], None]
"""Reads one element into the item; the int is the element's depth."""


def content_of(item: Item, element: Element, default: str) -> Tree:
    kind = kind_of(element, default)
    if kind == "application/xhtml+xml":
        value = mend_encoding(inner_xhtml(element, unwrap=item.atom))
    else:
        value = text_of(element)
        if kind == "text/plain" and not item.atom and is_html(value):
            kind = "text/html"
        value = mend_encoding(value)
    return {
        "type": kind,
        "value": value,
        "language": element_language(element, item.language),
        "base": base_of(element, item.base),
    }
