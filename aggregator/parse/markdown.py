"""Markdown -> HTML. Raw HTML stays; it is cleaned later. Only this file imports markdown-it-py."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

_READER = MarkdownIt("commonmark", {"html": True, "maxNesting": 20}).enable(["table", "strikethrough"])
LONGEST = 1_000  # characters of a heading
_HEADING = re.compile(r"#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?")


def heading(line: str) -> str:
    """Returns the text of a heading line, else ""."""
    match = _HEADING.fullmatch(line.strip())
    return match[1].strip() if match else ""


def starts_with_heading(text: str) -> bool:
    return bool(heading(text.lstrip()[:LONGEST].partition("\n")[0]))


def markdown_html(text: str) -> str:
    html: str = _READER.render(text)
    return html
