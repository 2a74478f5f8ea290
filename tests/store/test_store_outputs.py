"""What outputs are made from and what is remembered of them."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from fresh import fresh
from make import NOON, entry

from aggregator.model import Placement, Reason, Source
from aggregator.store import PublishedFile, Store
from aggregator.store.connection import Database
from aggregator.store.migrate import migrate

SOURCES = [Source(name, "url", f"https://{name.lower()}.example/feed") for name in ("One", "Two")]


def fill(store: Store) -> None:
    with store.writing():
        store.sources.sync(SOURCES, NOON)
        for number, source in enumerate(SOURCES, 1):
            page = f"https://{source.name.lower()}.example/{number}"
            store.entries.keep(
                source.name, [entry(f"urn:tree:{number}", source=source.name, page=page)], NOON
            )
        store.stories.add([Placement(1, 1, Reason("alone"))], NOON)
        store.stories.settle({1}, 1, NOON)


def join(store: Store) -> None:
    with store.writing():
        store.stories.add([Placement(2, 1, Reason("same event"))], NOON)
        store.stories.settle({1}, 2, NOON + timedelta(hours=1))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(fresh(tmp_path / "a.db"))
    fill(store)
    return store


def test_a_database_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    old = Database(sqlite3.connect(tmp_path / "old.db"))
    migrate(old, stop_before="0004_what_is_published")
    columns = {each["name"] for each in old.query("PRAGMA table_info(stories)")}
    assert "joined" not in columns
    old.execute(
        "INSERT INTO sources (name, kind, address, due) VALUES ('One', 'url', 'https://one.example/', '')"
    )
    old.conn.commit()
    old.close()
    with Store(tmp_path / "old.db") as store:
        fill(store)
        join(store)
        assert len(store.stories.newest(5)[0].others) == 1


def test_a_further_publisher_is_noted_when_it_joins(store: Store) -> None:
    assert store.stories.newest(1)[0].joined is None
    join(store)
    assert store.stories.newest(1)[0].joined == NOON + timedelta(hours=1)
    store.close()


def test_the_first_count_of_a_story_from_before_is_no_news(store: Store) -> None:
    store.db.execute("UPDATE stories SET witnesses = NULL")
    join(store)
    assert store.stories.newest(1)[0].joined is None
    store.close()


def test_the_revision_moves_with_stories_and_with_what_sources_are_called(store: Store) -> None:
    seen = [store.published.revision()]
    join(store)
    seen.append(store.published.revision())
    store.db.execute("UPDATE sources SET title = 'The One' WHERE name = 'One'")
    seen.append(store.published.revision())
    assert sorted(set(seen)) == seen
    store.db.execute("UPDATE sources SET title = 'The One', etag = 'x' WHERE name = 'One'")
    assert store.published.revision() == seen[-1]
    store.close()


def test_what_lies_in_a_folder_is_remembered_in_place_of_what_did(store: Store, tmp_path: Path) -> None:
    with store.writing():
        store.published.keep(tmp_path, "first", [PublishedFile("a", 1, 2), PublishedFile("b", 1, 2, "m")])
        store.published.keep(tmp_path / "other", "else", [PublishedFile("a", 9, 9)])
        store.published.keep(tmp_path, "second", [PublishedFile("b", 3, 4, "m")])
    assert store.published.mark(tmp_path) == "second"
    assert store.published.files(tmp_path) == {"b": PublishedFile("b", 3, 4, "m")}
    store.close()


def test_recent_stories_are_read_in_parts_and_none_twice(store: Store) -> None:
    with store.writing():
        more = [
            entry(f"urn:leaf:{number}", source="One", page=f"https://one.example/l{number}")
            for number in range(450)
        ]
        store.entries.keep("One", more, NOON)
        store.stories.add([Placement(number, number - 1, Reason("alone")) for number in range(3, 453)], NOON)
        store.stories.settle(set(range(2, 452)), 2, NOON)
    numbers = [story.number for story in store.stories.recent(1000)]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == len(numbers) == 451
    store.close()
