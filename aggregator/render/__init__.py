"""Edition -> bytes, by file name."""

from collections.abc import Callable

from aggregator.model import Edition
from aggregator.render.atom import atom
from aggregator.render.jsonfeed import json_feed
from aggregator.render.page import page
from aggregator.render.rss import rss

RENDERERS: dict[str, Callable[[Edition], bytes]] = {
    "feed.atom": atom,
    "feed.rss": rss,
    "feed.json": json_feed,
    "index.html": page,
}
