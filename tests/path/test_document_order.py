"""Entries of one date, or of none, are shown in the order of their document."""

from pathlib import Path

import pytest
from bench import BRIDGE, FERRY, NESTS, OWLS, Bench
from pretend import rss

TEXTS = (OWLS, BRIDGE, NESTS, FERRY)
DATE = "<pubDate>Sun, 01 Mar 2026 09:12:34 GMT</pubDate>"


@pytest.mark.parametrize("date", ["", DATE], ids=["none", "that of a build"])
def test_entries_of_one_date_keep_the_order_of_their_document(tmp_path: Path, date: str) -> None:
    bench = Bench(tmp_path)
    titles = [" ".join(text.split()[:6]) for text in TEXTS]
    named = zip(titles, TEXTS, "mazc", strict=True)
    items = [
        f"<item><title>{title}</title><link>https://one.example/{name}</link>{date}"
        f"<description>{text}</description></item>"
        for title, text, name in named
    ]
    bench.source("One", rss("One", *items))
    bench.refresh()
    assert [each.title for each in bench.feed().entries] == titles
