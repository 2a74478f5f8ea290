"""The clock of the machine, read by one process after another: each time that it was set counts once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fresh import fresh
from make import NOON, entry

from aggregator.model import Harvest, Next, Source, SourceState, Visit
from aggregator.store import ClockReading, Store

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
NONE = timedelta()
LATER_THAN_A_START = DAY.total_seconds()
START = ClockReading(NOON, LATER_THAN_A_START, "first boot")
NAMES = ("One", "Two", "Three")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Three sources, each visited at NOON - 2 h, with an entry that it dates so, and due at NOON + 1 h."""
    with Store(fresh(tmp_path / "a.db")) as store, store.writing():
        store.sources.sync(
            [Source(name, "url", f"https://{name}.example/", every=HOUR) for name in NAMES], NOON
        )
        for name in NAMES:
            visited = NOON - 2 * HOUR
            harvest = Harvest(
                Visit(name, visited, 0.1, "fresh", 200), (entry(f"urn:{name}", published=visited),)
            )
            kept = store.entries.keep(name, harvest.entries, visited)
            store.sources.visited(harvest, Next(SourceState(), NOON + HOUR, "because"), kept)
        store.timeline.follow(START)
        yield store


def set_by(jump: timedelta, reading: ClockReading = START, passed: timedelta = SECOND) -> ClockReading:
    return ClockReading(reading.wall + passed + jump, reading.elapsed + passed.total_seconds(), reading.boot)


def boot(wall: timedelta, elapsed: timedelta) -> ClockReading:
    """Another boot; `wall`: since NOON."""
    return ClockReading(NOON + wall, elapsed.total_seconds(), "second boot")


def due_in(store: Store, now: ClockReading) -> timedelta:
    due = store.sources.next_due()
    assert due
    return due - now.wall


def dates(store: Store) -> list[str]:
    found = store.db.execute("SELECT published FROM entries UNION ALL SELECT at FROM visits")
    return [each[0] for each in found.fetchall()]


@pytest.mark.parametrize("jump", [-3 * DAY, -HOUR, HOUR, 30 * DAY])
def test_a_jump_moves_the_times_to_come_once_whoever_looks(store: Store, jump: timedelta) -> None:
    now = set_by(jump)
    assert [store.timeline.follow(now) for _ in range(3)] == [jump, NONE, NONE]
    assert due_in(store, now) == HOUR - SECOND


def test_ahead_and_back_leaves_all_as_it_was(store: Store) -> None:
    before = dates(store)
    ahead = set_by(30 * DAY)
    store.timeline.follow(ahead)
    store.timeline.follow(set_by(-30 * DAY, ahead))
    assert dates(store) == before


def test_a_clock_set_right_while_nobody_ran_is_seen_at_the_next_start(store: Store) -> None:
    store.timeline.follow(set_by(30 * DAY))
    now = boot(HOUR / 2, HOUR)
    store.timeline.follow(now)
    assert due_in(store, now) <= HOUR


@pytest.mark.parametrize("wrong", [-3000 * DAY, -10 * DAY])
def test_a_wrong_clock_at_boot_changes_no_date(store: Store, wrong: timedelta) -> None:
    """Publishers' own dates say which clock is wrong."""
    before = dates(store)
    now = boot(wrong, 30 * SECOND)
    store.timeline.follow(now)
    assert dates(store) == before
    assert due_in(store, now) <= 3 * HOUR


@pytest.mark.parametrize("at_boot", [-3000 * DAY, HOUR / 60])
def test_a_machine_without_a_clock_asks_no_less_often(store: Store, at_boot: timedelta) -> None:
    """It starts in 1970, or where it stopped, and half a minute later learns that a night has passed."""
    first = boot(at_boot, 10 * SECOND)
    store.timeline.follow(first)
    now = set_by(8 * HOUR - at_boot, first, 30 * SECOND)
    store.timeline.follow(now)
    assert due_in(store, now) < -6 * HOUR


def test_a_suspend_is_no_jump(store: Store) -> None:
    now = set_by(NONE, passed=8 * HOUR)
    assert store.timeline.follow(now) == NONE
    assert due_in(store, now) == -7 * HOUR


def test_small_corrections_never_add_up_to_a_jump(store: Store) -> None:
    now = START
    for _ in range(50):
        now = set_by(20 * SECOND, now)
        assert store.timeline.follow(now) == NONE


def test_a_system_that_identifies_no_boot_still_sees_a_clock_set_back(store: Store) -> None:
    now = replace(set_by(-DAY), boot="")
    assert store.timeline.follow(now) < -20 * HOUR
    assert store.timeline.follow(replace(set_by(NONE, now), boot="")) == NONE
    assert due_in(store, now) <= 4 * HOUR


def test_what_a_clock_that_was_ahead_has_dated_keeps_its_order_and_stays_apart(store: Store) -> None:
    """Two problems of a source may not begin at one moment; times set to now would."""
    for hours in (1, 2):
        began = (NOON + 30 * DAY + hours * HOUR).isoformat().replace("+00:00", ".000000Z")
        store.db.execute(
            "INSERT INTO problems (source, began, fault, note) VALUES ('One', ?, 'slow', '')", [began]
        )
    ahead = set_by(30 * DAY)
    store.timeline.follow(ahead)
    store.timeline.follow(set_by(-30 * DAY, ahead, 3 * HOUR))
    began = [each["began"] for each in store.db.query("SELECT began FROM problems ORDER BY id")]
    assert began == sorted(set(began))
    assert len(began) == 2
