"""A database that cannot store what visits bring: neither its disk nor the sources are worn out."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from pretend import item, rss
from running import Running

from aggregator.store import Store
from aggregator.store.damaged import DamagedFile
from aggregator.store.records import INNER_TABLE, LEAF_TABLE
from aggregator.store.salvage import table_roots

PAGE = 4096
BEAT = timedelta(seconds=10)
ONE = "https://one.example/feed"
REFUSE = "CREATE TRIGGER refuse BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT, 'no room'); END"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path)
    running.beat()
    running.later(timedelta(days=1))
    running.web.pages[ONE] = rss("one", item("later", "One has later news"))
    running.web.asked.clear()
    yield running
    running.runtime.pool.shutdown()


def execute(running: Running, statement: str) -> None:
    with Store(running.database) as store:
        store.db.execute(statement)


def beats(running: Running, count: int) -> None:
    for _ in range(count):
        running.beat()
        running.later(BEAT)


def test_a_source_whose_news_cannot_be_stored_is_rarely_asked_for_it(running: Running) -> None:
    execute(running, REFUSE)
    beats(running, 360)
    assert 5 <= len(running.web.asked) <= 12
    assert running.daemon.condition().trouble == "database"

    execute(running, "DROP TRIGGER refuse")
    beats(running, 61)
    assert "later news" in running.get("/search?q=later")
    assert running.daemon.condition().trouble == ""


def test_nothing_is_asked_or_written_until_a_damaged_database_is_replaced(running: Running) -> None:
    sound = running.database.read_bytes()
    many = rss("one", *(item(str(number), f"News {number}", "x " * 900) for number in range(30)))
    running.web.pages[ONE] = many
    running.beat()
    running.later(timedelta(days=1))
    running.web.pages[ONE] = many.replace(b"News", b"Newer")
    damage_entries(running.database)
    running.beat()
    running.web.asked.clear()
    damaged = running.database.read_bytes()

    beats(running, 60)
    assert running.web.asked == []
    assert running.database.read_bytes() == damaged
    assert running.daemon.condition().trouble == "database"

    running.database.write_bytes(sound)
    running.beat()
    assert running.web.asked == [ONE]
    assert running.daemon.condition().trouble == ""


def damage_entries(path: Path) -> None:
    """Below the first page of the table, which is read at each opening."""
    with closing(DamagedFile(path)) as file:
        root = dict(table_roots(file))["entries"]
        pages = [leaf.number for leaf in file.tree(root, (LEAF_TABLE, INNER_TABLE))]
    data = bytearray(path.read_bytes())
    for page in pages[1:]:
        data[(page - 1) * PAGE : page * PAGE] = b"\xff" * PAGE
    path.write_bytes(data)


def test_a_damaged_beginning_of_a_table_is_met_before_anything_is_written(running: Running) -> None:
    execute(running, "PRAGMA wal_checkpoint(TRUNCATE)")
    with closing(DamagedFile(running.database)) as file:
        roots = dict(table_roots(file))
    data = bytearray(running.database.read_bytes())
    at = (roots["visits"] - 1) * PAGE
    data[at : at + 64] = b"\xff" * 64
    running.database.write_bytes(data)

    running.beat()

    assert running.database.read_bytes() == bytes(data)
    assert running.web.asked == []
