"""Long texts are stored compressed, and nobody notices."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import NOON, entry

from aggregator.config import Config
from aggregator.group import group_unplaced
from aggregator.model import Entry, Source
from aggregator.store import Store
from aggregator.store.compressed import LEAST, both, entry_length, entry_text, text_columns

LONG = entry(
    "long", summary="<p>A short summary.</p>", body=f"<p>{'Pelicans were counted. ' * 50}</p>", url=""
)
ONLY = entry("only", summary=f"<p>{'Only a summary. ' * 50}</p>", title="Another", lede="Else.", url="")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "a.db") as store:
        with store.writing():
            store.sources.sync([Source("One", "url", "https://one.example/")], NOON)
        take(store, LONG, ONLY)
        yield store


def take(store: Store, *entries: Entry) -> None:
    with store.writing():
        store.entries.keep("One", entries, NOON)
    group_unplaced(store, Config(), NOON)
    with store.writing():
        store.search.catch_up()


def stored(store: Store) -> dict[str, Entry]:
    return {story.lead.entry.uid: story.lead.entry for story in store.stories.newest(9)}


@given(st.text(max_size=3 * LEAST).filter(lambda text: "\0" not in text), st.text(max_size=LEAST))
def test_texts_are_read_as_they_were(summary: str, body: str) -> None:
    row = text_columns(summary, body)
    columns = row["summary"], row["body"], row["compressed"]

    assert both(*columns) == (summary, body)  # type: ignore[arg-type]
    assert entry_text(*columns) == (body or summary)  # type: ignore[arg-type]
    assert entry_length(*columns) == len(summary + body)  # type: ignore[arg-type]


def test_an_entry_is_read_as_it_was_kept(store: Store) -> None:
    assert stored(store) == {"long": LONG, "only": ONLY}
    assert store.db.execute("SELECT DISTINCT body || summary FROM entries").fetchall() == [("",)]


def test_search_finds_words_in_compressed_texts(store: Store) -> None:
    assert [story.lead.entry.uid for story in store.search.stories("pelicans")] == ["long"]
    take(store, replace(LONG, body=LONG.body.replace("Pelicans", "Flamingos"), digest="other"))
    assert [story.lead.entry.uid for story in store.search.stories("flamingos")] == ["long"]


def test_a_rewritten_compressed_text_counts_as_revised(store: Store) -> None:
    before = {story.lead.entry.uid: story.revised for story in store.stories.newest(9)}
    take(store, replace(LONG, body=f"<p>{'Nothing is as it was said to be. ' * 50}</p>", digest="other"))
    after = {story.lead.entry.uid: story.revised for story in store.stories.newest(9)}

    assert (before["long"], after["long"], after["only"]) == (None, NOON, None)


def test_damage_costs_the_text_of_one_entry(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    with store.writing():
        store.db.execute("UPDATE entries SET compressed = x'0102' WHERE uid = 'long'")

    assert stored(store) == {"long": replace(LONG, summary="", body=""), "only": ONLY}
    assert "the texts of its entry 'long'" in caplog.text
    with store.writing():
        store.search.catch_up()
    assert store.search.stories("pelicans") == []
