"""RSS, Atom, RDF and CDF, well formed or not. Only this file imports feedparser.

Its cleaning and link resolution are off: they cost half its time, and text/html.py does them better.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import feedparser
from feedparser.api import LooseFeedParser, StrictFeedParser

from aggregator.errors import SourceError
from aggregator.model import Document, Limits, Parsed
from aggregator.parse.drafts import HERE, parsed_feed

# Exceptions that feedparser raises for hostile documents, found by fuzzing.
_CRASHES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
# Both addresses of the namespace that its specification has had; feedparser does not know it, would name
# its elements by the document's prefix and would keep only the last of several.
_PODCAST = (
    "https://podcastindex.org/namespace/1.0",
    "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md",
)
_PREFIXED = re.compile(rb"<([a-z][\w-]{0,20}):(?:item|entry)[\s>]", re.IGNORECASE)


def _collector(key: str) -> Callable[[Any, dict[str, str]], None]:
    def start(parser: Any, attributes: dict[str, str]) -> None:
        parser._get_context().setdefault(key, []).append(attributes)

    return start


for _parser in (StrictFeedParser, LooseFeedParser):
    _parser.namespaces.update(dict.fromkeys(_PODCAST, "podcast"))
    for _name in ("podcast_chapters", "podcast_transcript"):
        setattr(_parser, f"_start_{_name}", _collector(_name))


def read_feed(document: Document, limits: Limits) -> Parsed:
    """A result with neither format nor drafts means that the document is not a feed."""
    found = _tree(document.body, document.content_type)
    repairs = _repairs(found)
    prefix = None if found["entries"] else _PREFIXED.search(document.body)
    if prefix:
        bare = re.sub(rb"<(/?)" + prefix[1] + rb":", rb"<\1", document.body)
        found = _tree(bare, document.content_type)
        repairs = (*repairs, f"the prefix {prefix[1].decode()}: removed from every element")
    entries = [entry for entry in found["entries"] if isinstance(entry, dict)][: limits.entries + 1]
    return parsed_feed(document, found["version"], found["feed"], entries, repairs)


def looks_like_html(text: str) -> bool:
    """feedparser's guess for RSS titles and other texts that do not declare their type."""
    return bool(StrictFeedParser.looks_like_html(text))


def _tree(body: bytes, content_type: str) -> dict[str, Any]:
    headers = {"content-location": HERE}
    if content_type:
        headers["content-type"] = content_type
    try:
        # BytesIO, not bytes: feedparser opens bytes that happen to name a file.
        found: dict[str, Any] = feedparser.parse(
            io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except _CRASHES as fault:
        raise SourceError("format", f"too broken to read: {type(fault).__name__}: {fault}") from fault
    return {"feed": {}, "entries": [], "version": "", **found}


def _repairs(found: dict[str, Any]) -> tuple[str, ...]:
    """Ignores a wrong charset in the headers: many servers send text/xml, which implies ASCII."""
    fault = found.get("bozo_exception")
    if fault is None or isinstance(
        fault, (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    ):
        return ()
    return (f"not well formed: {' '.join(str(fault).split())[:200]}",)
