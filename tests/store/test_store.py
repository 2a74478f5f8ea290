"""What the database promises, beyond what the whole path shows."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from make import NOON, entry

from aggregator.errors import StoreError
from aggregator.model import Harvest, Next, Source, SourceState, Visit
from aggregator.store import Store
from aggregator.store.entries import LATEST
from aggregator.store.source_state import dump, load_state

HOUR = timedelta(hours=1)


def source(name: str = "One", address: str = "https://one.example/feed", every: timedelta = HOUR) -> Source:
    return Source(name, "url", address, every=every)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Store(tmp_path / "a.db") as store, store.writing():
        store.sources.sync([source()], NOON)
    return tmp_path / "a.db"


def visit(store: Store, number: int = 0, due: timedelta = HOUR) -> None:
    moment = NOON + number * HOUR
    harvest = Harvest(Visit("One", moment, 0.1, "fresh", 200), (entry(f"urn:x:{number}"),))
    with store.writing():
        kept = store.entries.keep("One", harvest.entries, moment)
        store.sources.visited(harvest, Next(SourceState(), moment + due, "because"), kept)


def test_the_latest_entries_of_a_source_are_read_without_going_through_all(path: Path) -> None:
    with Store(path) as store:
        plan = store.db.execute(f"EXPLAIN QUERY PLAN {LATEST}", ["One", 9, 40]).fetchall()

    assert ["entries_latest" in step[3] for step in plan] == [True]


def test_no_temporary_file_is_needed(path: Path) -> None:
    with Store(path) as store:
        assert store.db.execute("PRAGMA temp_store").fetchone()[0] == 2


def test_a_shorter_interval_takes_effect_at_once(path: Path) -> None:
    with Store(path) as store:
        visit(store, due=timedelta(days=5))
        with store.writing():
            store.sources.sync([source(every=timedelta(minutes=10))], NOON)
        due = store.sources.next_due()
    assert due
    assert due <= NOON + timedelta(minutes=12)


def test_a_due_date_from_a_wrong_clock_is_corrected(path: Path) -> None:
    with Store(path) as store:
        visit(store, due=timedelta(days=4000))
        with store.writing():
            store.sources.sync([source()], NOON)
        assert store.sources.next_due() == NOON


def test_a_source_that_has_ended_stays_so(path: Path) -> None:
    with Store(path) as store:
        harvest = Harvest(Visit("One", NOON, 0.1, "failed", 410, fault="gone"))
        with store.writing():
            kept = store.entries.keep("One", (), NOON)
            store.sources.visited(harvest, Next(SourceState(ended="410"), None, "gone for good"), kept)
            store.sources.sync([source()], NOON + 400 * HOUR)
            assert store.sources.claim_due(["One"], NOON + 9999 * HOUR, NOON + 9999 * HOUR, 10) == []


def test_the_log_of_visits_does_not_grow_for_ever(path: Path) -> None:
    with Store(path) as store:
        for number in range(230):
            visit(store, number)
        assert store.db.execute("SELECT count(*) FROM visits").fetchone()[0] == 200
        assert store.sources.last_success() == NOON + 229 * HOUR


def test_equal_configuration_writes_nothing(path: Path) -> None:
    with Store(path) as store:
        before = store.db.conn.total_changes
        with store.writing():
            store.sources.sync([source()], NOON)
        assert store.db.conn.total_changes == before


def test_another_configuration_s_sources_are_not_claimed(path: Path) -> None:
    with Store(path) as store, store.writing():
        store.sources.sync([source(), source("Two", "https://two.example/")], NOON)
        claimed = store.sources.claim_due(["One"], NOON, NOON + HOUR, 10)
    assert [job.source for job in claimed] == ["One"]


def test_a_transaction_that_fails_leaves_nothing(path: Path) -> None:
    with Store(path) as store:
        with pytest.raises(RuntimeError), store.writing():
            store.entries.keep("One", [entry()], NOON)
            raise RuntimeError
        assert store.entries.count() == 0


def test_looking_makes_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no database yet"):
        Store.reading(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_who_only_looks_cannot_write(path: Path) -> None:
    with Store.reading(path) as store:
        assert store.sources.health()[0].name == "One"
        with pytest.raises(StoreError, match="readonly"), store.writing():
            store.sources.sync([], NOON)


def test_what_planning_remembers_comes_back_as_it_was() -> None:
    memory = SourceState(answered=NOON, failures=3, gap=HOUR, newest=NOON, address="https://two.example/")
    assert load_state(dump(memory)) == memory
    assert load_state(dump(SourceState())) == SourceState()


def test_a_memory_of_another_version_is_read_as_far_as_it_goes() -> None:
    assert load_state('{"failures": 2, "of_the_future": [1]}') == SourceState(failures=2)


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE sources DROP COLUMN reason",
        "DROP TABLE visits",
        "UPDATE sources SET due = 'soon'",
    ],
)
def test_what_is_not_as_we_wrote_it_is_one_line_that_names_the_file(path: Path, change: str) -> None:
    with Store(path) as store:
        store.db.execute(change)
    with pytest.raises(StoreError, match=f"{path}: .*restore a copy"), Store.reading(path) as store:
        store.sources.health()


def test_the_database_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    other = tmp_path / "b.db"
    with sqlite3.connect(other) as theirs:
        theirs.execute("CREATE TABLE sources (theirs)")
    theirs.close()
    with pytest.raises(StoreError, match="not a database of this program"):
        Store(other)
    with sqlite3.connect(other) as theirs:
        assert theirs.execute("SELECT name FROM sqlite_master").fetchall() == [("sources",)]
    theirs.close()


def test_a_damaged_memory_is_learnt_again() -> None:
    assert load_state('{"failures": ') == SourceState()


def test_an_input_output_error_says_what_to_do(tmp_path: Path) -> None:
    with (
        Store(tmp_path / "a.db") as store,
        pytest.raises(StoreError, match="I/O error: the disk is full or fail"),
        store.translating_errors(),
    ):
        raise sqlite3.OperationalError("disk I/O error")
