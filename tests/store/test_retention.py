"""Pages that pruned entries leave are given back to the disk."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from make import NOON, entry
from schemas import old_database

from aggregator.config import Config
from aggregator.group import group_unplaced
from aggregator.model import Source
from aggregator.store import Store, retention
from aggregator.store.reports import with_reports


@pytest.fixture(autouse=True)
def few_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "FREE", 5)
    monkeypatch.setattr(retention, "FREE_SHARE", 1_000)


def filled(path: Path) -> None:
    entries = [
        entry(f"{number}", title=f"News {number}", body=f"{number} {'x' * 300}", lede="", url="")
        for number in range(200)
    ]
    with Store(path) as store:
        with store.writing():
            store.sources.sync([Source("One", "url", "https://one.example/")], NOON)
            store.entries.keep("One", entries, NOON)
        group_unplaced(store, Config(), NOON)
        with store.writing():
            store.retention.prune(range(5, 190))


def shrunk(path: Path) -> int:
    """Steps that it took."""
    steps = 0
    with Store(path) as store:
        more = True
        while more:
            with store.writing():
                more = store.retention.shrink(10)
            steps += 1
        store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return steps


def test_a_file_shrinks_step_by_step(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    filled(path)
    before = path.stat().st_size

    assert shrunk(path) > 1
    assert path.stat().st_size < before - 10 * 4096


def test_a_file_from_before_does_so_when_it_is_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.db"
    old_database(path, "0010_traces_of_files")
    filled(path)
    before = path.stat().st_size
    assert shrunk(path) == 1
    assert path.stat().st_size >= before

    for limit in (0, 64_000_000):
        monkeypatch.setattr(retention, "SMALL", limit)
        with Store(path) as store:
            store.retention.make_shrinkable()
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA auto_vacuum").fetchone()[0] == (2 if limit else 0)
    assert path.stat().st_size < before


def test_stories_that_others_still_lean_on_go_without_leaving_a_gap(tmp_path: Path) -> None:
    """One that is merged, one that has lost its only report, and one that is led by another's report."""
    path = tmp_path / "a.db"
    old_database(path, "0012_what_the_clock_said")
    with Store(path) as store:
        with store.writing():
            store.db.execute("DELETE FROM rulings")
            store.db.execute("UPDATE members SET story = 1 WHERE entry = 3")
            store.db.execute("UPDATE stories SET lead = 1 WHERE id IN (2, 4)")
            store.db.execute(
                "INSERT INTO stories SELECT 5, 'g5', 2, 't', 't', 't', 0, NULL, NULL, 5 FROM revision"
            )
            assert store.retention.prune([1]) == 4
        assert store.integrity.dangling() == []
        assert store.db.execute("SELECT id, lead FROM stories").fetchall() == [(2, 4), (4, 6)]
        assert store.db.execute("SELECT count(*) FROM aliases").fetchone()[0] == 0
        assert store.db.execute("SELECT count(*) FROM pruned").fetchone()[0] == 4


def test_what_goes_while_it_is_read_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    filled(path)
    with Store(path) as store:
        rows = list(store.db.query("SELECT * FROM stories WHERE id > 195"))
        with store.writing():
            store.retention.prune([196])
        assert [story.number for story in with_reports(store.db, rows)] == [197, 198, 199, 200]
