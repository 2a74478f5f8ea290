"""The daemon prunes by itself, between two refreshes."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pretend import rss
from running import Running

from aggregator.store import Store
from aggregator.store import retention as limits

LIMITED = '[store]\nkeep = "31d"\n[feed]\nitems = 1\narchives = 0\n'


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    monkeypatch.setattr(limits, "LEAST", 1)
    running = Running(tmp_path, toml=LIMITED)
    yield running
    running.runtime.pool.shutdown()


def three_seasons(running: Running) -> None:
    for title in ("Spring", "Summer", "Autumn"):
        news = (
            f"<item><guid isPermaLink='false'>{title}</guid><title>{title} is here</title>"
            f"<pubDate>{running.wall:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        )
        running.web.pages["https://one.example/feed"] = rss("one", news)
        running.beat()
        running.later(timedelta(days=20))


def titles(running: Running) -> list[str]:
    with Store.reading(running.database) as store:
        return [each[0] for each in store.db.execute("SELECT title FROM entries ORDER BY id").fetchall()]


def test_a_beat_prunes_what_is_too_old(running: Running) -> None:
    three_seasons(running)
    running.beat()

    assert titles(running) == ["Autumn is here"]
    assert "Autumn" in running.get("/search?q=here")
    assert "Spring" not in running.get("/search?q=here")


def test_a_stop_is_obeyed_before_the_first_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LEAST", 1)
    before = Running(tmp_path, toml=LIMITED.replace("keep =", "# keep ="))
    three_seasons(before)
    before.runtime.pool.shutdown()
    running = Running(tmp_path, before.web, wall=before.wall, toml=LIMITED)
    running.web.pages.clear()
    running.runtime.stop.set()
    running.beat()
    assert len(titles(running)) == 3

    running.runtime.stop.clear()
    running.beat()
    running.runtime.pool.shutdown()
    assert titles(running) == ["Autumn is here"]
