"""The daemon between two beats: what it does when the database or the configuration is not as before."""

import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from running import SOURCE, Running
from starlette.testclient import TestClient

from aggregator.cli.common import say
from aggregator.cli.progress import summary_words
from aggregator.daemon.reload import watch
from aggregator.daemon.server import WebServer
from aggregator.store import Store

MINUTE = timedelta(minutes=1)


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
    running.later(MINUTE)
    running.beat()  # most of the sources are gone: perhaps the file was not complete yet
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


@pytest.mark.parametrize("page", ["/", "/story/1", "/sources", "/search?q=news", "/search.json?q=news"])
def test_a_new_title_is_on_every_page_at_the_next_beat(running: Running, page: str) -> None:
    running.beat()
    assert "Other news" not in running.get(page)
    running.write('[feed]\ntitle = "Other news"\n' + SOURCE.format("One", "one"))
    running.beat()
    assert "Other news" in running.get(page)


def test_pictures_are_let_in_at_the_next_beat(running: Running) -> None:
    running.beat()
    assert "https: http:" not in running.get("/story/1") + running.get("/")
    running.write('[publish]\nimages = "direct"\n' + SOURCE.format("One", "one"))
    running.beat()
    assert "https: http:" in running.get("/story/1")
    assert "https: http:" in running.get("/")


TOLD = (
    "/",
    "/index.html",
    "/feed.atom",
    "/sources.html",
    "/story/1",
    "/story/1.html",
    "/sources",
    "/sources.opml",
)
FOUND = ("/search?q=news", "/search.html?q=news", "/search.atom?q=news", "/feed.atom?token=" + "b" * 16)


def test_what_is_secret_from_now_on_is_told_to_nobody_and_what_is_not_to_everybody(running: Running) -> None:
    running.beat()
    (running.folder / "secret").write_text("a" * 16)
    assert all(map(running.get, [*TOLD, *FOUND]))

    output = '[[output]]\nname = "feed"\ntoken_file = "secret"\n'
    running.write(SOURCE.format("One", "one") + output)
    running.beat()
    assert [running.get(page) for page in (*TOLD, *FOUND)] == [""] * 12
    assert "one has news" in running.get("/feed.atom?token=" + "a" * 16)

    running.write(SOURCE.format("One", "one"))
    running.beat()
    running.later(MINUTE)
    running.beat()  # an output is gone: perhaps the file was not complete yet
    assert all(map(running.get, [*TOLD, *FOUND]))


def test_what_is_secret_is_so_before_it_is_published(running: Running) -> None:
    running.beat()
    (running.folder / "secret").write_text("a" * 16)
    output = '[[output]]\nname = "feed"\ntoken_file = "secret"\n'
    running.write(SOURCE.format("One", "one") + output)
    running.beat.renew(running.runtime)
    assert (running.folder / "var/public/feed.atom").exists()
    assert [running.get(page) for page in ("/feed.atom", "/search?q=news")] == ["", ""]


def test_who_only_serves_takes_over_a_changed_configuration(running: Running) -> None:
    running.beat()
    alone = watch(running.path, say)
    shown = WebServer(alone.config)
    running.write('[feed]\ntitle = "Other news"\n' + SOURCE.format("One", "one"))
    shown.reconfigure(alone.newer(shown.config))
    assert "Other news" in TestClient(shown.swappable).get("/sources").text


def test_a_log_that_nobody_reads_any_more_ends_no_work(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with open(writer, "w", encoding="utf-8") as log:
        monkeypatch.setattr("sys.stdout", log)
        monkeypatch.setattr("sys.stderr", log)
        running.beat.report = lambda summary: say(summary_words(summary))
        running.beat()
        running.write('[feed]\ntitle = "Other news"\n' + SOURCE.format("One", "one"))
        running.beat()
        monkeypatch.undo()
        with suppress(OSError):
            log.close()
    assert running.beat.trouble == ""
    assert "Other news" in running.get("/")


def test_where_things_are_kept_changes_with_the_next_start(
    running: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    running.beat()
    running.write('[store]\npath = "other.db"\n' + SOURCE.format("Two", "two"))
    running.beat()
    running.later(MINUTE)
    running.beat()  # most of the sources are gone: perhaps the file was not complete yet
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
    monkeypatch.setattr(running.beat, "report", lambda _: [].pop())
    with pytest.raises(IndexError):
        running.beat()
    assert running.beat.trouble == "internal error (a bug in aggregator)"
    assert running.beat.idle.is_set()
