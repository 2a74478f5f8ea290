"""The full text of an entry from its page: once, kept, and shown to readers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path

import httpx
import pytest
from bench import Bench
from pretend import item, rss

from aggregator.config import load
from aggregator.fetch import Caps
from aggregator.fetch import Web as Client
from aggregator.parse.article import read_article
from aggregator.refresh import refresh_all
from aggregator.runtime import Runtime
from aggregator.store import Store
from aggregator.visit.articles import ArticleReader
from aggregator.visit.visit import LIMITS, VisitContext, visit

FEED = "https://one.example/feed"
PAGE = "https://news.example/a"
PARTS = "".join(f"<p>Part {n}: the bridge was opened to cyclists after a long repair.</p>" for n in range(9))
ARTICLE = f"<html><body><article>{PARTS}</article></body></html>"


class Full(Bench):
    """A source whose pages are fetched."""

    def refresh_full(self) -> None:
        path = self.folder / "aggregator.toml"
        path.write_text(self.toml, encoding="utf-8")
        client = Client(httpx.MockTransport(self.answer), "test", Caps(), lambda: 0.0)
        reader = ArticleReader(client, timedelta(), lambda _: None, read_article)
        look = partial(visit, context=VisitContext(client, LIMITS, lambda: reader))
        config = load(path)
        with Store(config.store.path) as store, ThreadPoolExecutor(1) as pool:
            refresh_all(store, Runtime(config, look, pool, lambda: self.now, self.silent))

    def answer(self, request: httpx.Request) -> httpx.Response:
        found = self.web.answer(request)
        if "news.example" in str(request.url) and found.status_code == 200:
            found.headers["content-type"] = "text/html"
        return found

    def content(self) -> str:
        return str(self.feed().entries[0].content[0].value)

    def pages_asked(self) -> int:
        return self.web.asked.count(PAGE)


@pytest.fixture
def bench(tmp_path: Path) -> Full:
    bench = Full(tmp_path)
    bench.source("One", rss("One", item("a", "Bridge reopens", "To cyclists.")))
    bench.toml += "full_text = true\n"
    bench.web.pages[PAGE] = ARTICLE.encode()
    return bench


def edited(title: str) -> bytes:
    return rss("One", item("a", title, "To all cyclists."))


def test_readers_get_the_text_of_the_page_and_it_is_fetched_once(bench: Full) -> None:
    bench.refresh_full()
    before = bench.published()
    assert "Part 8: the bridge" in bench.content()
    bench.later(hours=2)
    bench.refresh_full()
    assert bench.published() == before
    assert bench.pages_asked() == 1


def test_an_edit_in_the_feed_changes_the_title_and_keeps_the_text(bench: Full) -> None:
    bench.refresh_full()
    bench.web.pages[FEED] = edited("Harbour bridge reopens")
    bench.later(hours=2)
    bench.refresh_full()
    assert bench.feed().entries[0].title.startswith("Harbour bridge")
    assert "Part 8: the bridge" in bench.content()
    assert bench.pages_asked() == 1


def test_an_edit_after_full_text_was_switched_off_keeps_the_text_as_well(bench: Full) -> None:
    bench.refresh_full()
    bench.web.pages[FEED] = edited("Harbour bridge reopens")
    bench.toml = bench.toml.replace("full_text = true\n", "")
    bench.later(hours=2)
    bench.refresh_full()
    assert "Part 8: the bridge" in bench.content()


def test_a_page_without_an_article_leaves_what_the_feed_has_and_is_not_asked_again(bench: Full) -> None:
    bench.web.pages[PAGE] = b"<p>Please accept our cookies.</p>"
    bench.refresh_full()
    assert "To cyclists." in bench.content()
    with Store(bench.folder / "var/aggregator.db") as store:
        assert "full text: 1 of 1 pages" in store.sources.health()[0].notes[0]
    bench.web.pages[PAGE] = ARTICLE.encode()
    bench.web.pages[FEED] = edited("Harbour bridge reopens")
    bench.later(hours=2)
    bench.refresh_full()
    assert "To all cyclists." in bench.content()
    assert bench.pages_asked() == 1


def test_a_page_that_failed_is_asked_again_when_the_feed_changes_and_the_text_arrives(bench: Full) -> None:
    bench.web.status[PAGE] = 500
    bench.refresh_full()
    assert "To cyclists." in bench.content()
    published = bench.feed().entries[0].published
    del bench.web.status[PAGE]
    bench.web.pages[FEED] += b"<!-- built again -->"
    bench.later(hours=2)
    bench.refresh_full()
    assert "Part 8: the bridge" in bench.content()
    assert bench.feed().entries[0].published == published
    assert len(bench.feed().entries) == 1


def test_a_page_that_fails_with_the_feed_unchanged_says_nothing_new(bench: Full) -> None:
    bench.web.pages[PAGE] = b"<p>Please accept our cookies.</p>"
    bench.refresh_full()
    before = bench.published()
    bench.web.pages[FEED] += b"<!-- built again -->"
    bench.later(hours=2)
    bench.refresh_full()
    assert {name: body for name, body in bench.published().items() if name.startswith("feed")} == {
        name: body for name, body in before.items() if name.startswith("feed")
    }


def test_a_source_without_full_text_asks_for_no_page(bench: Full) -> None:
    bench.toml = bench.toml.replace("full_text = true\n", "")
    bench.refresh_full()
    assert bench.web.asked == [FEED]
