"""The write-ahead log stays small, whatever readers do."""

from pathlib import Path
from threading import Event, Thread

import pytest
from make import NOON

from aggregator.model import Source
from aggregator.store import Store, log

SMALL = 200_000  # bytes


@pytest.fixture(autouse=True)
def limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "LIMIT", SMALL)
    monkeypatch.setattr(log, "STEP", SMALL)
    monkeypatch.setattr(log, "PATIENCE", 0)


def write(store: Store, number: int) -> None:
    with store.writing():
        named = [Source(f"{number} {each}", "url", "https://one.example/" + "x" * 500) for each in range(100)]
        store.sources.sync(named, NOON)


def largest(store: Store, path: Path) -> int:
    sizes = []
    for number in range(20):
        write(store, number)
        sizes.append(path.with_name("a.db-wal").stat().st_size)
    return max(sizes)


def test_it_is_emptied_although_the_next_reader_always_begins_before_the_last_one_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "PATIENCE", 10_000)
    path, done = tmp_path / "a.db", Event()
    with Store(path) as store:
        write(store, 0)
        readers = Thread(target=read_without_pause, args=(path, done))
        readers.start()
        try:
            assert largest(store, path) < 2 * SMALL
        finally:
            done.set()
            readers.join()


def read_without_pause(path: Path, done: Event) -> None:
    reader = reading(path)
    while not done.is_set():
        following = reading(path)
        reader.close()
        reader = following
    reader.close()


def reading(path: Path) -> Store:
    store = Store.reading(path)
    store.db.execute("BEGIN")
    store.sources.next_due()
    return store


def test_a_reader_that_does_not_end_is_not_waited_for_at_every_commit(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Store(path) as store:
        write(store, 0)
        reader = reading(path)
        grown = largest(store, path)
        assert store.log.limit > grown - SMALL
        reader.close()
        while store.log.limit > SMALL:
            write(store, 1)
            write(store, 2)
        assert path.with_name("a.db-wal").stat().st_size == 0
