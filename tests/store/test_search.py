"""Search: what is typed, what is found, and that it keeps out of everybody's way."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from fresh import fresh
from hypothesis import given, settings
from hypothesis import strategies as st
from make import NOON, entry

from aggregator.config import Config
from aggregator.errors import SearchError
from aggregator.group import group_unplaced
from aggregator.model import Source
from aggregator.store import Store, search
from aggregator.store.migrate import pending
from aggregator.store.search import fts_expression

ENTRIES = (
    entry("1", title="Harbour bridge opens", lede="", summary="<p>Cyclists crossed the <b>harbour</b>.</p>"),
    entry("2", title="Owls counted", lede="", summary="", body="<p>A café on the northern islands.</p>"),
    entry("3", title="東京都で雪が降る", lede="", summary="<p>交通に影響。</p>"),
    entry("4", title="हिन्दी समाचार", lede="", summary="<p>नया पुल</p>"),
    entry("5", title="Мост открыт", lede="", summary="<p>Велосипедисты</p>"),
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(fresh(tmp_path / "a.db"))
    with store.writing():
        store.sources.sync([Source("One", "url", "https://one.example/")], NOON)
        store.entries.keep("One", ENTRIES, NOON)
    group_unplaced(store, Config(), NOON)
    caught_up(store)
    return store


def caught_up(store: Store) -> int:
    with store.writing():
        return store.search.catch_up()


def found(store: Store, query: str) -> list[str]:
    return sorted(story.lead.entry.uid for story in store.search.stories(query))


@pytest.mark.parametrize(
    ("query", "uids"),
    [
        ("bridge", ["1"]),
        ("BRIDGE cyclists", ["1"]),
        ("bridge owls", []),
        ("bridge OR owls", ["1", "2"]),
        ('"harbour bridge"', ["1"]),
        ('"bridge harbour"', []),
        ('"harbour bridge', ["1"]),
        ("harb*", ["1"]),
        ("ha*", []),
        ("harbour -cyclists", []),
        ("the -cyclists", ["2"]),
        ("-cyclists", []),
        ("cafe", ["2"]),
        ("CAFÉ", ["2"]),
        ("東京", ["3"]),
        ("東京都", ["3"]),
        ("雪", ["3"]),
        ("京東", []),
        ("हिन्दी", ["4"]),
        ("पुल", ["4"]),
        ("мост", ["5"]),
        ("b", []),
        ("strong", []),
        ("title", []),
        ("AND", []),
        ("NEAR(bridge owls)", []),
        ("title:bridge", []),
        ("", []),
        ("!!! ***", []),
        ('"', []),
    ],
)
def test_what_is_found(store: Store, query: str, uids: list[str]) -> None:
    assert found(store, query) == uids


@given(query=st.text(max_size=60) | st.text(alphabet='"*-() :^ORANDNEAT{}\\\0ab東', max_size=60))
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_is_an_answer(query: str) -> None:
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE search USING fts5 (title, text, content = '', columnsize = 0)")
    wanted = fts_expression(query)
    if wanted:
        index.execute("SELECT rowid FROM search WHERE search MATCH ?", [wanted]).fetchall()
    index.close()


def test_a_long_question_is_cut() -> None:
    assert fts_expression("bridge " * 10_000).count("bridge") == 12
    assert len(fts_expression("x" * 100_000)) < 300


def test_an_edited_report_is_found_by_its_new_words_only(store: Store) -> None:
    edited = entry("1", title="Harbour tunnel opens", lede="", summary="<p>Drivers</p>", digest="new")
    with store.writing():
        store.entries.keep("One", [edited], NOON + timedelta(hours=1))
    assert found(store, "tunnel") == []
    assert caught_up(store) == 1
    assert (found(store, "tunnel"), found(store, "bridge"), found(store, "owls")) == (["1"], [], ["2"])
    assert caught_up(store) == 0


def test_an_entry_that_is_edited_again_and_again_is_found_once(store: Store) -> None:
    for turn in range(4):
        edited = entry("5", title=f"Bridge, part {turn}", lede="", summary="", digest=str(turn))
        with store.writing():
            store.entries.keep("One", [edited], NOON)
        caught_up(store)
    assert found(store, "part") == ["5"]
    assert (found(store, '"part 3"'), found(store, '"part 2"')) == (["5"], [])


def test_an_edit_before_the_first_indexing_is_no_edit(tmp_path: Path) -> None:
    with Store(tmp_path / "b.db") as store:
        with store.writing():
            store.sources.sync([Source("One", "url", "https://one.example/")], NOON)
            store.entries.keep("One", [entry("1")], NOON)
            store.entries.keep("One", [entry("1", title="Tunnel", digest="2")], NOON)
        group_unplaced(store, Config(), NOON)
        assert (caught_up(store), caught_up(store)) == (1, 0)
        assert found(store, "tunnel") == ["1"]


def test_a_search_that_takes_too_long_is_given_up(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "STRIDE", 1)
    monkeypatch.setattr(search, "STEPS", 5)
    with pytest.raises(SearchError, match="interrupted"):
        store.search.stories("bridge")
    monkeypatch.undo()
    assert found(store, "bridge") == ["1"]


def test_a_database_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    with Store(tmp_path / "old.db") as store:
        with store.writing():
            store.sources.sync([Source("One", "url", "https://one.example/")], NOON)
            store.entries.keep("One", ENTRIES, NOON)
        group_unplaced(store, Config(), NOON)
        for name in ("TRIGGER entries_edited", "TABLE search", "TABLE searchable", "TABLE unsearchable"):
            store.db.execute(f"DROP {name}")
        store.db.execute("DELETE FROM _sqlite_migrations WHERE name = '0005_search'")
        assert pending(store.db) == ["0005_search"]
    with Store(tmp_path / "old.db") as store:
        assert caught_up(store) == len(ENTRIES)
        assert found(store, "bridge") == ["1"]
