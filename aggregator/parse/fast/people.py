"""Authors: Atom's elements, or one line of text that may contain an email address."""

from __future__ import annotations

import re

from aggregator.parse.drafts import Tree
from aggregator.parse.fast.names import MEANT, Doubt, element_name, is_foreign
from aggregator.parse.fast.values import Element, mend_encoding, text_of

_MAIL = re.compile(
    r"[A-Za-z0-9_.+-]{1,100}@(?:[A-Za-z0-9-]{1,100}\.)+(?:[A-Za-z]{2,4}|[0-9]{1,3})\]?(?:\?subject=\S+)?"
)


def author_of(element: Element) -> Tree:
    author: Tree = {}
    for part in element:
        name = element_name(part.tag)
        if name not in {"name", "email", "uri", "url", "homepage"}:
            if name not in MEANT and is_foreign(name, part):
                continue
            raise Doubt(f"{name} of an author")
        if name in {"name", "email"}:
            author[name] = text_of(part)
        else:
            text_of(part)
    if not author and (element.text or "").strip():
        _author_text(author, mend_encoding((element.text or "").strip()))
    elif len(element) and any((part.tail or "").strip() for part in element):
        raise Doubt("text between the parts of an author")
    return author


def _author_text(author: Tree, text: str) -> None:
    """ "ann@example.com (Ann)" -> Ann."""
    if "@" in text:
        if len(text) > 200:
            raise Doubt("a long author with an address")
        found = _MAIL.search(text)
        if found:
            author["email"] = found[0]
            for piece in (found[0], "()", "<>", "&lt;&gt;"):
                text = text.replace(piece, "")
            text = text.strip()
            text = text[1:] if text[:1] == "(" else text
            text = (text[:-1] if text[-1:] == ")" else text).strip()
    if text:
        author["name"] = text
