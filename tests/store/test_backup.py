"""A copy is of one moment, whole, and replaces nothing but a copy."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from bench import Bench
from fresh import fresh
from make import NOON, entry
from pretend import item, rss

from aggregator.errors import ConfigError, StoreError
from aggregator.model import Source
from aggregator.runtime import do_nothing
from aggregator.store import Store
from aggregator.store import backup as module
from aggregator.store.backup import back_up

SOURCE = Source("One", "url", "https://one.example/feed")


def filled(path: Path, count: int) -> None:
    with Store(fresh(path)) as store, store.writing():
        store.sources.sync([SOURCE], NOON)
        store.entries.keep("One", [entry(f"urn:x:{number}") for number in range(count)], NOON)


def counted(path: Path) -> int:
    with Store.reading(path) as store:
        return store.entries.count()


def test_a_copy_holds_what_the_database_held_when_it_began(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "STEP", 5)  # pages
    filled(tmp_path / "a.db", 200)
    written = iter(range(1000, 9000))
    signs = []

    def write() -> None:
        signs.append(next(written))
        with Store(tmp_path / "a.db") as store, store.writing():
            store.entries.keep("One", [entry(f"urn:x:{signs[-1]}")], NOON)

    size = back_up(tmp_path / "a.db", tmp_path / "copy.db", write)
    assert len(signs) > 5
    assert counted(tmp_path / "copy.db") == 200
    assert counted(tmp_path / "a.db") == 200 + len(signs)
    assert [size] == [each.stat().st_size for each in tmp_path.glob("copy.db*")]


def test_a_copy_is_a_database_to_go_on_with(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.source("One", rss("One", item("urn:x:a", "A bridge opens")))
    bench.refresh()
    database = tmp_path / "var/aggregator.db"
    back_up(database, tmp_path / "copy.db", do_nothing)
    before = bench.published()
    for each in database.parent.glob("aggregator.db*"):
        each.unlink()
    shutil.copy(tmp_path / "copy.db", database)
    bench.later(hours=2)
    bench.refresh()
    assert bench.published() == before


def test_a_later_copy_replaces_an_earlier_one_and_keeps_its_database_s_permissions(tmp_path: Path) -> None:
    filled(tmp_path / "a.db", 1)
    (tmp_path / "a.db").chmod(0o600)
    (tmp_path / ".copy.db.new").write_bytes(b"of a process that was killed")
    for count in (1, 3):
        filled(tmp_path / "a.db", count)
        back_up(tmp_path / "a.db", tmp_path / "copy.db", do_nothing)
        assert counted(tmp_path / "copy.db") == count
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob(".copy*"))


def test_what_is_no_copy_is_not_replaced(tmp_path: Path) -> None:
    filled(tmp_path / "a.db", 1)
    (tmp_path / "notes.txt").write_text("mine")
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE mine (x)")
    other.close()
    (tmp_path / "link.db").symlink_to("a.db")
    filled(tmp_path / "used.db", 1)
    (tmp_path / "used.db-wal").touch()
    filled(tmp_path / "stopped.db", 1)
    (tmp_path / ".stopped.db.refresh").touch()  # another service's, which does not run now
    for name in ("notes.txt", "other.db", "a.db", "link.db", "used.db", "stopped.db"):
        before = (tmp_path / name).read_bytes()
        with pytest.raises(ConfigError, match="name another file"):
            back_up(tmp_path / "a.db", tmp_path / name, do_nothing)
        assert (tmp_path / name).read_bytes() == before


def test_a_copy_that_is_given_up_leaves_the_earlier_one(tmp_path: Path) -> None:
    filled(tmp_path / "a.db", 1)
    back_up(tmp_path / "a.db", tmp_path / "copy.db", do_nothing)
    before = (tmp_path / "copy.db").read_bytes()
    with pytest.raises(IndexError):
        back_up(tmp_path / "a.db", tmp_path / "copy.db", lambda: [].pop())
    assert (tmp_path / "copy.db").read_bytes() == before
    assert not list(tmp_path.glob(".copy*"))


def test_a_damaged_database_never_replaces_the_last_good_copy(tmp_path: Path) -> None:
    filled(tmp_path / "a.db", 200)
    back_up(tmp_path / "a.db", tmp_path / "copy.db", do_nothing)
    before = (tmp_path / "copy.db").read_bytes()
    whole = (tmp_path / "a.db").read_bytes()
    (tmp_path / "a.db").write_bytes(whole[:-20_000] + bytes(20_000))
    with pytest.raises(StoreError, match="is damaged, no copy was made"):
        back_up(tmp_path / "a.db", tmp_path / "copy.db", do_nothing)
    assert (tmp_path / "copy.db").read_bytes() == before


@pytest.mark.parametrize("database", ["none.db", "text.db"])
def test_there_is_no_copy_of_what_is_no_database(tmp_path: Path, database: str) -> None:
    (tmp_path / "text.db").write_text("this is no database" * 100)
    with pytest.raises(StoreError, match=database):
        back_up(tmp_path / database, tmp_path / "copy.db", do_nothing)
    assert not list(tmp_path.glob("*copy*"))


def test_two_that_make_one_copy_do_not_spoil_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path / "a.db", 5)
    back_up(tmp_path / "a.db", tmp_path / "copy.db", do_nothing)
    refused: list[str] = []
    copy = module.copy

    def meanwhile(*given: object) -> None:
        monkeypatch.setattr(module, "copy", copy)
        with pytest.raises(StoreError, match="another process is making this copy") as fault:
            back_up(tmp_path / "a.db", tmp_path / "copy.db", do_nothing)
        refused.append(str(fault.value))
        copy(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "copy", meanwhile)
    back_up(tmp_path / "a.db", tmp_path / "copy.db", do_nothing)
    assert len(refused) == 1
    assert counted(tmp_path / "copy.db") == 5
    assert [each.name for each in tmp_path.glob(".copy*")] == []


def test_what_only_the_log_holds_is_copied_by_whoever_may_not_write_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    filled(home / "a.db", 1)
    writer = Store(home / "a.db")
    with writer.writing():
        writer.entries.keep("One", [entry("urn:y")], NOON)
    monkeypatch.setattr("os.access", lambda place, _: Path(place) != home)
    back_up(home / "a.db", tmp_path / "copy.db", do_nothing)
    monkeypatch.undo()
    writer.close()
    assert counted(tmp_path / "copy.db") == 2
