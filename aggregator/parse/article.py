"""A web page -> the text of its article. Only this file imports trafilatura, which is optional."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from aggregator.errors import SourceError
from aggregator.model import Document, Draft, Limits, Parsed
from aggregator.parse.encoding import page_text

MISSING = "full texts need `pip install '.[fulltext]'`"


def extractor_is_missing() -> bool:
    return find_spec("trafilatura") is None


def load_extractor() -> Any:
    """Takes a third of a second and 30 MB. Raises SourceError("bug") when something is not installed."""
    try:
        return import_module("trafilatura").extract
    except ImportError as e:
        raise SourceError("bug", MISSING) from e


def read_article(document: Document, limits: Limits) -> Parsed:  # noqa: ARG001  a reader's signature
    """One draft with the text as unsafe HTML. Raises SourceError("format") when the page has none."""
    found = load_extractor()(
        page_text(document.body, document.content_type),
        url=document.url,
        output_format="html",
        include_comments=False,
        include_images=True,
        include_links=True,
        include_formatting=True,
    )
    if not found:
        raise SourceError("format", "no article was found on its page")
    return Parsed("article", (Draft(url=document.url, body=found),))
