"""Markdown -> HTML, raw HTML kept: it is cleaned like any other. The door of markdown-it-py."""

from __future__ import annotations

from markdown_it import MarkdownIt

_READER = MarkdownIt("commonmark", {"html": True, "maxNesting": 20}).enable(["table", "strikethrough"])


def markdown_html(text: str) -> str:
    html: str = _READER.render(text)
    return html
