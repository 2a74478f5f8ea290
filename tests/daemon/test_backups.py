"""The copies that the daemon makes by itself."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from running import Running

from aggregator.config import load
from aggregator.errors import ConfigError

DAILY = '[store]\nbackup = "copies"\nbackup_every = "1d"\nbackup_keep = 3\n'
NAME = "aggregator-202603{:02}T120000Z.db"
HOURS = timedelta(hours=1)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path, toml=DAILY)
    yield running
    running.runtime.pool.shutdown()


def made(running: Running) -> list[str]:
    return sorted(each.name for each in (running.folder / "copies").iterdir())


def test_one_a_day_is_made_and_the_newest_are_kept(running: Running) -> None:
    (running.folder / "copies").mkdir()
    others = ["aggregator-mine.db", "aggregator-20260301T1200Z.db", "other-20200101T000000Z.db"]
    for name in (*others, ".aggregator-20260228T120000Z.db.new"):
        (running.folder / "copies" / name).touch()
    for _ in range(5 * 4):
        running.beat()
        running.later(6 * HOURS)
    assert made(running) == sorted([*others, *(NAME.format(day) for day in (3, 4, 5))])


def test_a_restart_neither_forgets_nor_repeats(running: Running) -> None:
    running.beat()
    running.later(12 * HOURS)
    again = Running(running.folder, running.web, wall=running.wall, toml=DAILY)
    again.beat()
    assert made(running) == [NAME.format(1)]
    again.later(13 * HOURS)
    again.beat()
    assert len(made(running)) == 2
    again.runtime.pool.shutdown()


def test_a_copy_from_the_future_stops_no_other(running: Running) -> None:
    running.beat()
    (running.folder / "copies" / NAME.format(1)).rename(
        running.folder / "copies/aggregator-20990301T120000Z.db"
    )
    for _ in range(9):
        running.beat()
        running.later(HOURS)
    assert made(running) == [NAME.format(1), "aggregator-20990301T120000Z.db"]


def test_a_copy_from_the_future_ends_no_history(running: Running) -> None:
    for _ in range(3):
        running.beat()
        running.later(24 * HOURS)
    (running.folder / "copies/aggregator-20990301T120000Z.db").touch()
    before = made(running)
    for _ in range(9):
        running.beat()
        running.later(HOURS / 6)
    assert set(made(running)) >= set(before[-3:])
    assert len(made(running)) == 4


def test_a_folder_that_cannot_be_is_a_line_an_hour_and_work_goes_on(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    (running.folder / "copies").touch()
    for _ in range(3):
        running.beat()
        running.later(timedelta(minutes=25))
    assert running.beat.trouble == ""
    assert [each.getMessage() for each in caplog.records] == [
        f"backup: {running.folder}/copies: File exists: it must be a folder that we can write to"
    ]
    (running.folder / "copies").unlink()
    running.beat()
    assert len(made(running)) == 1


def test_copies_do_not_lie_where_the_public_reads(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[store]\nbackup = "var/public/copies"\n')
    with pytest.raises(ConfigError, match=r"\[store\] backup: lies inside \[publish\] folder"):
        load(tmp_path / "a.toml")
