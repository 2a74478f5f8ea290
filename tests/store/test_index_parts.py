"""The search index lies in parts, so that what is pruned makes room."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from make import NOON, entry

from aggregator.config import Config
from aggregator.group import group_unplaced
from aggregator.model import Source
from aggregator.store import Store, index_parts, search


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Twelve entries in parts of four."""
    monkeypatch.setattr(index_parts, "ROWS", 4)
    monkeypatch.setattr(search, "BATCH", 2)
    entries = [
        entry(f"{number}", title=f"Harbour bridge {number}", lede="", url="", summary=f"words{number}")
        for number in range(12)
    ]
    with Store(tmp_path / "a.db") as store:
        with store.writing():
            store.sources.sync([Source("One", "url", "https://one.example/")], NOON)
            store.entries.keep("One", entries, NOON)
        group_unplaced(store, Config(), NOON)
        catch_up(store)
        yield store


def catch_up(store: Store) -> None:
    while store.search.waiting():
        with store.writing():
            store.search.catch_up()


def found(store: Store, query: str) -> set[str]:
    stories = store.search.stories(query)
    return {report.entry.uid for story in stories for report in (story.lead, *story.others)}


def tables(store: Store) -> list[str]:
    return [part.table for part in index_parts.parts(store.db)]


def prune(store: Store, *uids: str) -> None:
    with store.writing():
        rows = store.db.execute(
            f"SELECT story FROM members JOIN entries ON id = entry WHERE uid IN ({','.join(uids)})"
        ).fetchall()
        store.retention.prune(each[0] for each in rows)
        store.search.drop_emptied()


def test_all_parts_are_searched_from_the_newest(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tables(store) == ["search", "search_5", "search_9"]
    assert found(store, "harbour") == {f"{number}" for number in range(12)}
    assert found(store, "words2") == {"2"}
    monkeypatch.setattr(search, "HITS", 5)
    assert len(store.search.rows('"harbour"')) == 5
    assert min(store.search.rows('"harbour"')) == 8


def test_a_part_that_nobody_needs_is_dropped(store: Store) -> None:
    prune(store, "0", "1", "2")
    assert tables(store) == ["search", "search_5", "search_9"]
    prune(store, "3")
    assert tables(store) == ["search_5", "search_9"]
    assert found(store, "harbour") == {f"{number}" for number in range(4, 12)}


def test_what_is_left_of_a_part_is_indexed_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_parts, "SHARE", 4)
    prune(store, "4", "5", "7")
    assert tables(store) == ["search", "search_9"]

    catch_up(store)

    assert found(store, "words6") == {"6"}
    assert tables(store) == ["search", "search_9", "search_13"]


def test_no_row_of_the_index_is_given_twice(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """An old entry that was edited is the last in the index, and goes."""
    with store.writing():
        store.db.execute("UPDATE entries SET summary = 'gone' WHERE uid = '1'")
    catch_up(store)
    prune(store, "1")
    with store.writing():
        store.entries.keep("One", [entry("new", title="Owls counted", url="", lede="", summary="")], NOON)
    group_unplaced(store, Config(), NOON)
    catch_up(store)

    assert found(store, "gone") == set()
    assert found(store, "owls") == {"new"}

    monkeypatch.setattr(index_parts, "SHARE", 1)
    more = [entry(f"more{number}", title=f"Ferry {number}", url="", lede="") for number in range(6)]
    with store.writing():
        store.entries.keep("One", more, NOON)
    catch_up(store)
    with store.writing():
        store.search.drop_emptied()
    catch_up(store)
    assert store.counts.unindexed() == 0
