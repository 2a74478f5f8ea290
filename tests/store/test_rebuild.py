"""What grouping remembers can be lost: built again from the database, it goes on as if nothing had been."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from shutil import copyfile

import pytest
from desk import Desk, opened
from make import NOON
from week import week

from aggregator import group, rulings
from aggregator.errors import StoreError
from aggregator.model import Entry
from aggregator.store import Store
from aggregator.stories import Settings

WEEK = week(5)


@pytest.fixture
def desk(tmp_path: Path) -> Callable[[str], Desk]:
    return partial(opened, tmp_path)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Two days into the week."""
    begun = opened(tmp_path_factory.mktemp("begun"), "begun")
    for batch in WEEK[:4]:
        begun.take(batch)
    return begun


@pytest.fixture
def copied(begun: Desk, tmp_path: Path) -> Callable[[str], Desk]:
    """Desks of that name, all as `begun` is."""
    return lambda name: replace(begun, path=Path(copyfile(begun.path, tmp_path / f"{name}.db")))


def test_a_week_with_restarts_and_a_rebuild_gives_the_same_ids_and_groups(
    desk: Callable[[str], Desk],
) -> None:
    straight, troubled = desk("straight"), desk("troubled")

    for number, batch in enumerate(WEEK):
        straight.take(batch)
        troubled.take(batch)
        if number in (3, 8):
            troubled.lose()

    assert troubled.groups() == straight.groups()
    assert troubled.window() == straight.window()
    assert len(straight.groups()[-1][1]) > 0, "no fold was put to the test"


def test_a_rebuild_respects_what_a_person_ruled(desk: Callable[[str], Desk]) -> None:
    lucky, unlucky = desk("lucky"), desk("unlucky")

    for each in (lucky, unlucky):
        for batch in WEEK[:4]:
            each.take(batch)
        overrule(each)
    unlucky.lose()
    rebuilt = unlucky.window()
    for each in (lucky, unlucky):
        for batch in WEEK[4:]:
            each.take(batch)

    assert rebuilt == lucky_window(desk, WEEK[:4])
    assert unlucky.groups() == lucky.groups()


def overrule(desk: Desk) -> None:
    """Splits an entry off a story of several, merges two stories, parts two others."""
    with desk.store() as store:
        sizes = store.db.execute("SELECT story, max(entry), count(*) FROM members GROUP BY story ORDER BY 3")
        *_, (_, spare, many) = rows = sizes.fetchall()
        assert many > 2
        rulings.split_entry(store, desk.config, spare, NOON)
        rulings.merge_stories(store, desk.config, rows[0][0], rows[1][0], NOON)
        rulings.rule_never(store, desk.config, rows[2][1], rows[3][1], NOON)


def lucky_window(desk: Callable[[str], Desk], batches: list[list[Entry]]) -> bytes:
    """That of a week so far with the same rulings and nothing lost."""
    other = desk("other")
    for batch in batches:
        other.take(batch)
    overrule(other)
    return other.window()


def flipped(data: bytes, at: float) -> bytes:
    spot = int(len(data) * at)
    return data[:spot] + bytes([data[spot] ^ 4]) + data[spot + 1 :]


@pytest.mark.parametrize(
    ("part", "damage"),
    [
        (0, lambda kept: b""),
        (0, lambda kept: b"{}"),
        (0, lambda kept: kept[: len(kept) // 2]),
        (0, lambda kept: flipped(kept, 0.0)),
        (0, lambda kept: flipped(kept, 0.5)),
        (0, lambda kept: flipped(kept, 0.999999)),
        (0, lambda kept: b"\xff\x00" * 5000),
        (1, lambda kept: b""),
        (1, lambda kept: kept[:-1]),
        (1, lambda kept: flipped(kept, 0.3)),
        (2, lambda kept: b"[]\n"),
    ],
)
def test_a_damaged_window_is_built_again(
    copied: Callable[[str], Desk], part: int, damage: Callable[[bytes], bytes]
) -> None:
    sound, damaged = copied("sound"), copied("damaged")
    broken = damage(damaged.kept()[part])

    damaged.change(
        "UPDATE window SET state = ? WHERE id = (SELECT id FROM window ORDER BY id LIMIT 1 OFFSET ?)",
        [broken, part],
    )

    assert damaged.window() == sound.window()
    for each in (sound, damaged):
        each.take(WEEK[4])
    assert damaged.groups() == sound.groups()


@pytest.mark.parametrize("which", ["min(id)", "max(id)", "min(id) + 1"])
def test_a_window_with_a_part_missing_is_built_again(copied: Callable[[str], Desk], which: str) -> None:
    sound, holed = copied("sound"), copied("holed")

    holed.change(f"DELETE FROM window WHERE id = (SELECT {which} FROM window)")

    assert holed.window() == sound.window()


def test_a_ruling_without_a_window_is_kept_and_respected(copied: Callable[[str], Desk]) -> None:
    sound, bare = copied("sound"), copied("bare")

    bare.lose()
    for each in (sound, bare):
        overrule(each)

    assert bare.window() == sound.window()
    assert len(bare.kept()) > 0


def test_a_database_of_the_first_version_is_rebuilt_with_its_rulings(copied: Callable[[str], Desk]) -> None:
    old = copied("old")
    overrule(old)
    before = old.groups()
    with old.store() as store, store.writing():
        for statement in (
            "DROP TABLE acts",
            "ALTER TABLE members DROP COLUMN placed",
            "DELETE FROM _sqlite_migrations WHERE name LIKE '0002%'",
            "UPDATE window SET state = x'7b7d0a'",
        ):
            store.db.execute(statement)

    with pytest.raises(StoreError, match="older version"):
        Store.reading(old.path)
    with old.store() as store:
        window, short = group.open_window(store, old.config)
        ruled = {kind: store.stories.of(one) for kind, one, _, _ in store.rulings.all()}

    assert not short
    assert old.groups() == before
    assert {ruled["split"], ruled["never"]} <= set(window.memory.apart)


def test_of_a_long_history_the_latest_entries_are_read_again(desk: Callable[[str], Desk]) -> None:
    long = desk("long")
    for batch in WEEK:
        long.take(batch)

    with long.store() as store:
        whole = group.rebuild_window(store, Settings())
        part = group.rebuild_window(store, Settings(), most=20)
        latest = store.db.execute("SELECT story FROM members ORDER BY turn DESC LIMIT 20").fetchall()

    assert set(part.memory.shelf.last) <= set(whole.memory.shelf.last)
    assert {story for (story,) in latest} & set(whole.memory.shelf.last) <= set(part.memory.shelf.last)
    assert (part.next_story, part.latest) == (whole.next_story, whole.latest)
