"""The daemon between two beats: what it does when the database or the configuration is not as before."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from make import NOON
from pretend import Web, item, rss

from aggregator.cli.rereading import Reread
from aggregator.config import load
from aggregator.daemon import Beat
from aggregator.fetch import Web as Client
from aggregator.model import Visit
from aggregator.refresh import Means, Summary
from aggregator.store import Store
from aggregator.work import Tools, visit

SOURCE = '[[source]]\nname = "{0}"\nurl = "https://{1}.example/feed"\n'


class Nobody:
    def expect(self, jobs: int) -> None:
        pass

    def visited(self, visit: Visit) -> None:
        pass


@dataclass
class Running:
    folder: Path
    web: Web = field(default_factory=Web)
    told: list[Summary] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in ("one", "two"):
            self.web.pages[f"https://{name}.example/feed"] = rss(name, item(name, f"{name} has news"))
        self.write(SOURCE.format("One", "one"))
        config = load(self.path)
        pool = ThreadPoolExecutor(2)
        look = partial(visit, tools=Tools(Client(self.web.transport(), "test")))
        self.means = Means(config, look, pool, lambda: NOON, Nobody(), threading.Event())
        self.beat = Beat(self.means, self.told.append, self.renew)
        self.reread = Reread(self.path, config, self.path.read_bytes())

    def renew(self, means: Means) -> Means:
        """With the pretend web still in place of the real one."""
        again = self.reread(means)
        return Means(again.config, self.means.visit, means.pool, means.clock, means.watcher, means.stop)

    @property
    def path(self) -> Path:
        return self.folder / "aggregator.toml"

    @property
    def database(self) -> Path:
        return self.folder / "var/aggregator.db"

    def write(self, text: str) -> None:
        self.path.write_text(text, encoding="utf-8")

    def sources(self) -> list[str]:
        with Store.reading(self.database) as store:
            return [each.name for each in store.sources.health()]


@pytest.fixture
def running(tmp_path: Path) -> Running:
    return Running(tmp_path)


def test_a_source_written_into_the_configuration_is_visited_at_the_next_beat(running: Running) -> None:
    running.beat()
    running.write(SOURCE.format("One", "one") + SOURCE.format("Two", "two"))
    running.beat()
    assert running.sources() == ["One", "Two"]
    assert [summary.ok for summary in running.told] == [1, 1]


def test_what_was_published_at_a_beat_can_be_searched_after_it(running: Running) -> None:
    running.beat()
    with Store.reading(running.database) as store:
        assert not store.search.waiting()
        assert [story.lead.entry.title for story in store.search.stories("news")] == ["one has news"]


def test_a_source_taken_out_is_not_visited_any_more_and_what_it_brought_stays(running: Running) -> None:
    running.beat()
    running.write(SOURCE.format("Two", "two"))
    running.beat()
    assert running.sources() == ["Two"]
    assert "one has news" in (running.folder / "var/public/feed.atom").read_text(encoding="utf-8")


@pytest.mark.parametrize("broken", ["[[source]\n", '[feed]\ntitel = "x"\n', "\udcff"])
def test_a_broken_configuration_is_told_once_and_changes_nothing(
    running: Running, broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    running.beat()
    running.path.write_bytes(broken.encode("utf-8", "surrogateescape"))
    running.beat()
    running.beat()
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "stays in force" in told
    assert running.sources() == ["One"]


def test_a_configuration_that_is_gone_for_a_moment_is_read_when_it_is_back(
    running: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    text = running.path.read_text(encoding="utf-8")
    running.path.unlink()
    running.beat()
    assert "stays in force" in capsys.readouterr().err
    running.write(text + SOURCE.format("Two", "two"))
    running.beat()
    assert running.sources() == ["One", "Two"]


def test_a_new_title_is_published_at_the_next_beat(running: Running) -> None:
    running.beat()
    running.write('[feed]\ntitle = "Other news"\n' + SOURCE.format("One", "one"))
    running.beat()
    assert "Other news" in (running.folder / "var/public/feed.atom").read_text(encoding="utf-8")


def test_where_things_are_kept_changes_with_the_next_start(
    running: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    running.beat()
    running.write('[store]\npath = "other.db"\n' + SOURCE.format("Two", "two"))
    running.beat()
    assert running.sources() == ["Two"]
    assert not (running.folder / "other.db").exists()
    assert "[store]" in capsys.readouterr().err


def test_a_database_damaged_while_it_runs_is_a_trouble_until_it_is_whole_again(running: Running) -> None:
    running.beat()
    whole = running.database.read_bytes()
    for each in running.folder.glob("var/aggregator.db-*"):
        each.unlink()
    running.database.write_bytes(whole[: len(whole) // 2])
    running.beat()
    assert running.beat.trouble == "database"
    running.database.write_bytes(whole)
    running.beat()
    assert running.beat.trouble == ""


def test_a_mistake_of_ours_is_a_trouble_too(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running.beat, "told", lambda _: [].pop())
    with pytest.raises(IndexError):
        running.beat()
    assert running.beat.trouble == "a mistake of this program"
    assert running.beat.idle.is_set()
