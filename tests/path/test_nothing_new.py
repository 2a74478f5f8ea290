"""A look that finds nothing new renders nothing, and one that should, does."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from bench import BRIDGE, OWLS, Bench
from pretend import item, rss

from aggregator.config import Config, load
from aggregator.model import Edition
from aggregator.publish.publish import publish
from aggregator.render import RENDERERS
from aggregator.store import Store


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    bench.source("One", rss("One", item("a", "Lindmark harbour bridge reopens to cyclists", BRIDGE)))
    bench.refresh()
    return bench


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the feeds that are rendered from now on."""
    names: list[str] = []

    def noted(render: Callable[[Edition], bytes]) -> Callable[[Edition], bytes]:
        def noting(edition: Edition) -> bytes:
            names.append(edition.name)
            return render(edition)

        return noting

    each = {format: noted(render) for format, render in RENDERERS.items()}
    monkeypatch.setattr("aggregator.render.RENDERERS", each)
    return names


def config(bench: Bench) -> Config:
    return load(bench.folder / "aggregator.toml")


def look(bench: Bench, config: Config) -> list[str]:
    with Store(config.store.path) as store:
        return publish(store, config)


def test_a_second_look_renders_and_writes_nothing(bench: Bench, rendered: list[str]) -> None:
    feed = config(bench).publish.folder / "feed.atom"
    before = feed.stat()
    assert look(bench, config(bench)) == []
    assert rendered == []
    assert (feed.stat().st_ino, feed.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_refresh_that_brings_nothing_renders_nothing(bench: Bench, rendered: list[str]) -> None:
    bench.later(hours=5)
    assert bench.refresh().visits == 1
    assert rendered == []


def test_a_new_entry_an_edit_and_another_configuration_are_rendered(
    bench: Bench, rendered: list[str]
) -> None:
    for body in (item("b", "Snowy owls counted", OWLS), item("b", "Snowy owls counted again", OWLS)):
        bench.web.pages["https://one.example/feed"] = rss("One", body)
        bench.later(hours=5)
        assert "feed.atom" in bench.refresh().published
    now = config(bench)
    assert "feed.atom" in look(bench, replace(now, feed=replace(now.feed, title="Another")))
    assert len(rendered) == 9


def test_after_another_database_took_the_place_its_own_stories_are_published(
    bench: Bench, tmp_path: Path
) -> None:
    path, public = config(bench).store.path, config(bench).publish.folder
    other = Bench(tmp_path / "other")
    other.folder.mkdir()
    other.source("Two", rss("Two", item("c", "Snowy owls counted", OWLS)))
    other.refresh()
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    shutil.copy(config(other).store.path, path)

    look(bench, config(bench))

    feed = (public / "feed.atom").read_text(encoding="utf-8")
    assert "Snowy owls" in feed
    assert "Lindmark" not in feed


def test_after_an_older_copy_came_back_the_files_are_of_it_again(bench: Bench) -> None:
    path, public = config(bench).store.path, config(bench).publish.folder
    with Store(path) as store:
        store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    old = path.read_bytes()
    before = (public / "feed.atom").read_bytes()
    bench.web.pages["https://one.example/feed"] = rss("One", item("b", "Snowy owls counted", OWLS))
    bench.later(hours=5)
    bench.refresh()
    assert (public / "feed.atom").read_bytes() != before

    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    path.write_bytes(old)

    assert "feed.atom" in look(bench, config(bench))
    assert (public / "feed.atom").read_bytes() == before


def test_what_another_process_has_put_there_does_not_stay(bench: Bench, rendered: list[str]) -> None:
    """Of the same size, even."""
    feed = config(bench).publish.folder / "feed.json"
    before = feed.read_bytes()
    draft = feed.with_name("draft")
    draft.write_bytes(before.swapcase())
    draft.replace(feed)
    assert look(bench, config(bench)) == ["feed.json"]
    assert feed.read_bytes() == before


def test_what_another_process_has_published_of_this_database_is_not_done_twice(
    bench: Bench, rendered: list[str]
) -> None:
    now = config(bench)
    with Store(now.store.path) as one, Store(now.store.path) as other:
        changed = replace(now, feed=replace(now.feed, title="Another"))
        assert publish(one, changed)
        rendered.clear()
        assert publish(other, changed) == []
    assert rendered == []
