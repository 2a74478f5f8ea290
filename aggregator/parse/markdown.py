"""Markdown -> HTML, raw HTML kept: it is cleaned like any other. The door of markdown-it-py."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

_READER = MarkdownIt("commonmark", {"html": True, "maxNesting": 20}).enable(["table", "strikethrough"])
_HEADING = re.compile(r"#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?")


def heading(line: str) -> str:
    """The text of a line that is a heading, else ""."""
    match = _HEADING.fullmatch(line.strip())
    return match[1].strip() if match else ""


def markdown_html(text: str) -> str:
    html: str = _READER.render(text)
    return html
