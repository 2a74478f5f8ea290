"""Edition -> bytes, by format; and web pages."""

from collections.abc import Callable

from aggregator.model import Edition, Format
from aggregator.render.atom import atom
from aggregator.render.jsonfeed import json_feed
from aggregator.render.pages import page_files
from aggregator.render.rss import rss

__all__ = ["RENDERERS", "page_files"]

RENDERERS: dict[Format, Callable[[Edition], bytes]] = {"atom": atom, "rss": rss, "json": json_feed}
