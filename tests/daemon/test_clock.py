"""The wall clock is set while the daemon runs: beats and visits keep their pace."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import pytest
from bench import BRIDGE, OTHER_WORDS
from pretend import item, rss
from running import SOURCE, Running
from starlette.testclient import TestClient

from aggregator.daemon.pace import BEAT, BEATS, Pace
from aggregator.daemon.signs import LATE, STUCK, Signs
from aggregator.model import Next, SourceState
from aggregator.store import Store

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
NONE = timedelta()
PATIENCE = 20.0
UNDATED = "<item><guid isPermaLink='false'>u</guid><title>A whale swam up the river</title></item>"


@pytest.fixture
def running(tmp_path: Path) -> Running:
    return Running(tmp_path)


def asked(running: Running, span: timedelta, step: timedelta = HOUR / 6) -> int:
    """How often the source is asked within the span."""
    before = len(running.web.asked)
    for _ in range(span // step):
        running.later(step)
        running.beat()
    return len(running.web.asked) - before


@pytest.mark.parametrize("jump", [-HOUR, -DAY, -400 * DAY, HOUR, DAY, 12 * 365 * DAY, 200 * 365 * DAY])
def test_a_source_keeps_its_pace_when_the_clock_is_set(running: Running, jump: timedelta) -> None:
    running.beat()
    usual = asked(running, 6 * HOUR, HOUR / 6)
    running.later(SECOND, jump)
    running.beat()
    assert usual / 2 - 1 <= asked(running, 6 * HOUR, HOUR / 6) <= usual


@pytest.mark.parametrize("jump", [-HOUR, -DAY, HOUR, DAY, 12 * 365 * DAY])
def test_a_source_is_visited_within_an_interval_and_never_twice_at_once(
    running: Running, jump: timedelta
) -> None:
    running.beat()
    running.later(HOUR / 2, jump)
    running.beat()
    assert len(running.web.asked) == 1
    assert asked(running, 0.7 * HOUR, HOUR / 6) == 1


def test_ahead_to_2038_and_back_leaves_no_trace(running: Running) -> None:
    running.beat()
    there = 12 * 365 * DAY
    running.later(SECOND, there)
    running.web.pages["https://one.example/feed"] = rss("One", UNDATED)
    asked(running, 2 * HOUR)
    ids = stories(running)
    running.later(SECOND, -there)
    running.beat()
    assert stories(running) == ids
    assert len(ids) == 2
    assert newest(running) <= running.wall
    assert asked(running, 3 * HOUR) >= 2
    assert "2038" not in (running.folder / "var/public/feed.atom").read_text(encoding="utf-8")


def stories(running: Running) -> list[str]:
    with Store.reading(running.database) as store:
        return [story.guid for story in store.stories.newest(10)]


def newest(running: Running) -> datetime:
    """The latest of all dates in the database."""
    with Store.reading(running.database) as store:
        columns = ("entries.published", "entries.seen", "stories.published", "stories.updated", "visits.at")
        found = [
            store.db.execute(f"SELECT max({column}) FROM {column.split('.')[0]}").fetchone()[0]
            for column in columns
        ]
    return datetime.fromisoformat(max(found))


@pytest.mark.parametrize("ahead", [NONE, 12 * 365 * DAY])
def test_reports_join_as_usual_after_a_clock_that_was_ahead(running: Running, ahead: timedelta) -> None:
    """What grouping remembers is built again: in a memory of 2038 every report of today would be too old."""
    running.write(SOURCE.format("One", "one") + SOURCE.format("Two", "two"))
    running.web.pages |= {f"https://{name}.example/feed": rss(name) for name in ("one", "two")}
    running.beat()
    first = item("a", "Lindmark harbour bridge reopens to cyclists", BRIDGE)
    running.web.pages["https://one.example/feed"] = rss("One", UNDATED, first)
    running.later(SECOND, ahead)
    asked(running, 2 * HOUR)
    running.web.pages["https://two.example/feed"] = rss(
        "Two", item("b", "Harbour bridge in Lindmark reopens", OTHER_WORDS)
    )
    running.later(SECOND, -ahead)
    running.beat()
    asked(running, 3 * HOUR)
    assert len(stories(running)) == 2


def test_a_clock_set_back_while_the_daemon_was_down_is_seen_at_the_start(running: Running) -> None:
    running.beat()
    later = Running(running.folder, wall=running.wall - DAY)
    later.beat()
    assert asked(later, 1.2 * HOUR, HOUR / 6) == 1


def test_a_clock_that_drifts_is_followed_and_changes_no_schedule(running: Running) -> None:
    running.beat()
    before = due(running)
    running.later(BEAT * SECOND, -3 * SECOND)
    running.beat()
    assert due(running) == before
    assert running.daemon.beat.clock() == running.wall


def test_a_suspend_is_no_jump_and_each_source_is_visited_once_after_it(running: Running) -> None:
    running.beat()
    running.later(8 * HOUR)
    assert running.daemon.beat.clock() == running.wall
    running.beat()
    running.later(BEAT * SECOND)
    running.beat()
    assert len(running.web.asked) == 2


def test_a_wait_that_a_server_asked_for_is_kept_when_the_clock_is_set_ahead(running: Running) -> None:
    running.beat()
    with Store(running.database) as store, store.writing():
        store.sources.reschedule("One", Next(SourceState(), running.wall + 7 * DAY, "asked to wait"))
    running.later(SECOND, 3 * DAY)
    running.beat()
    assert due(running) - running.wall > 6.9 * DAY


def test_a_source_that_is_gone_stays_so(running: Running) -> None:
    running.web.status["https://one.example/feed"] = 410
    running.beat()
    for jump in (DAY, -DAY):
        running.later(SECOND, jump)
        running.beat()
    with Store.reading(running.database) as store:
        assert store.sources.next_due() is None


def due(running: Running) -> datetime:
    with Store.reading(running.database) as store:
        found = store.sources.next_due()
    assert found
    return found


@pytest.mark.parametrize("start", [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)])
def test_daylight_saving_changes_no_pace(
    tmp_path: Path, start: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the hours that Berlin skips, or has twice."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    running = Running(tmp_path, wall=start)
    running.web.pages["https://one.example/feed"] = rss("One", item("a", "News", date=format_datetime(start)))
    running.beat()
    found = asked(running, 3 * HOUR, HOUR / 6)
    monkeypatch.undo()
    time.tzset()
    assert found in (2, 3)


class Ticking:
    """A pace whose beats are counted, under a wall clock that can be set."""

    def __init__(self) -> None:
        self.ahead = NONE
        self.beats = threading.Semaphore(0)
        self.pace = Pace(self.beats.release, immediately=True, clock=self.wall)

    def wall(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def next_run(self) -> timedelta:
        """From now by the wall clock."""
        return self.pace.scheduler.get_job(BEATS).next_run_time - self.wall()


@pytest.fixture
def ticking() -> Iterator[Ticking]:
    ticking = Ticking()
    ticking.pace.start()
    yield ticking
    ticking.pace.end()
    assert not ticking.pace.thread.is_alive()


def test_the_first_beat_comes_at_the_start_and_one_more_whenever_it_is_called(ticking: Ticking) -> None:
    for _ in range(3):
        assert ticking.beats.acquire(timeout=PATIENCE)
        ticking.pace.call()
    assert ticking.beats.acquire(timeout=PATIENCE)


def test_a_beat_that_a_clock_set_back_has_put_off_comes_within_an_interval(ticking: Ticking) -> None:
    assert ticking.beats.acquire(timeout=PATIENCE)
    tomorrow = ticking.wall() + DAY
    ticking.pace.scheduler.modify_job(BEATS, next_run_time=tomorrow)  # as a clock set back by a day leaves it
    assert ticking.next_run() > 0.9 * DAY
    ticking.pace.catch_up()
    assert ticking.beats.acquire(timeout=PATIENCE)
    assert ticking.next_run() <= BEAT * SECOND


def test_a_clock_set_years_ahead_has_missed_one_beat_and_not_millions() -> None:
    job = Ticking().pace.scheduler.get_job(BEATS)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    job.next_run_time = start
    assert job._get_run_times(start + 40 * 365 * DAY) == [start]


def test_beats_follow_one_another_by_the_interval() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    trigger = Ticking().pace.scheduler.get_job(BEATS).trigger
    runs = [start]
    for _ in range(3):
        runs.append(trigger.get_next_fire_time(None, runs[-1]))
    assert {later - earlier for earlier, later in pairwise(runs)} == {BEAT * SECOND}


def test_health_knows_the_last_beat_and_misses_one_that_is_overdue(running: Running) -> None:
    passed = [0.0]
    signs = running.daemon.signs
    signs.monotonic = lambda: passed[0]
    running.beat()
    last = running.wall
    assert TestClient(running.shown.swappable).get("/healthz").json()["last_beat"] == last.isoformat()
    passed[0] += LATE + 1
    answer = TestClient(running.shown.swappable).get("/healthz")
    assert (answer.status_code, answer.json()["trouble"]) == (503, "no beat for too long")
    running.later(SECOND)
    running.beat()
    assert TestClient(running.shown.swappable).get("/healthz").status_code == 200


def test_a_long_refresh_is_no_trouble_while_visits_end(running: Running) -> None:
    passed = [0.0]
    signs = Signs(lambda: passed[0])
    signs.begin(running.wall)
    for _ in range(3):
        passed[0] += STUCK - 1
        assert not signs.overdue()
        signs.sign()
    passed[0] += STUCK + 1
    assert signs.overdue()
