"""Texts in JSON inside rows, damaged in ways that SQLite does not notice."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from bench import BRIDGE, OWLS, Bench
from make import NOON, entry
from pretend import item, rss

from aggregator.errors import StoreError
from aggregator.model import Enclosure, Episode, Source, SourceState, Transcript
from aggregator.store import Store
from aggregator.store.columns import report_damage
from aggregator.store.entry_rows import entry as of_row
from aggregator.store.source_state import load_state

DAMAGED = [
    "{broken",
    "",
    "[1, 2",
    "7",
    "null",
    '"',
    '{"image": 3, "enclosures": 4, "nobody": ""}',
    "[" * 9_999,
]


@pytest.fixture(autouse=True)
def told_anew() -> Iterator[None]:
    report_damage.cache_clear()
    yield
    report_damage.cache_clear()


@pytest.mark.parametrize("damaged", DAMAGED)
@pytest.mark.parametrize("column", ["authors", "tags", "more"])
def test_a_damaged_row_keeps_no_other_story_from_being_published(
    tmp_path: Path, column: str, damaged: str, caplog: pytest.LogCaptureFixture
) -> None:
    bench = Bench(tmp_path)
    bench.source("One", rss("One", item("urn:x:a", "Lindmark harbour bridge reopens to cyclists", BRIDGE)))
    bench.refresh()
    (before,) = bench.feed().entries
    with Store(tmp_path / "var/aggregator.db") as store, store.writing():
        store.db.execute(f"UPDATE entries SET {column} = ?", [damaged])
    bench.source("Two", rss("Two", item("urn:x:b", "Snowy owls counted", OWLS)))
    bench.refresh()
    assert [each.title for each in bench.feed().entries if each.id != before.id] == ["Snowy owls counted"]
    assert [each.title for each in bench.feed().entries if each.id == before.id] == [before.title]
    what = "details" if column == "more" else column
    told = [each.getMessage() for each in caplog.records]
    shaped = damaged.startswith('{"') and column == "more"
    assert len(told) == (0 if shaped else 1)
    assert all(line.startswith(f"One: the {what} of its entry 'urn:x:a' are damaged") for line in told)


def test_what_is_whole_in_a_row_is_read_beside_what_is_damaged(tmp_path: Path) -> None:
    sound = Enclosure("https://one.example/a.mp3", "audio/mpeg", 7)
    read = Transcript("https://one.example/a.vtt", "text/vtt")
    whole = entry("a", enclosures=(sound,), episode=Episode(60, 3, transcripts=(read,)), authors=("Ida",))
    with Store(tmp_path / "a.db") as store:
        with store.writing():
            store.sources.sync([Source("One", "url", "https://one.example/feed")], NOON)
            store.entries.keep("One", [whole], NOON)
            (kept,) = map(of_row, store.db.query("SELECT * FROM entries"))
        assert (kept.enclosures, kept.episode) == ((sound,), whole.episode)
        row = {"image": 3, "enclosures": [{"url": 1}, asdict(sound), 5]}
        row["episode"] = {"seconds": "x", "number": 3, "transcripts": [4, asdict(read)]}
        with store.writing():
            store.db.execute("UPDATE entries SET tags = '[', more = ?", [json.dumps(row)])
        (found,) = map(of_row, store.db.query("SELECT * FROM entries"))
    assert (found.authors, found.tags, found.image) == (("Ida",), (), "")
    assert found.enclosures == (sound,)
    assert found.episode == Episode(number=3, transcripts=(read,))


@pytest.mark.parametrize("damaged", ["5", '["gap"]', '{"gap": "x"}', '{"rhythm": 5}', '{"newest": "x"}'])
def test_a_damaged_memory_of_a_source_is_none(damaged: str) -> None:
    assert load_state(damaged) == SourceState()


def test_a_text_that_is_no_text_any_more_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="restore a copy"), Store(tmp_path / "a.db") as store:
        with store.writing():
            store.sources.sync([Source("One", "url", "https://one.example/feed")], NOON)
            store.db.execute("UPDATE sources SET address = cast(x'ff' AS text)")
        store.sources.health()
