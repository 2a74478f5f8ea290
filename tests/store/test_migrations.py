"""A database of any schema that there ever was is brought up to date whole, or stays as it was."""

from hashlib import sha256
from pathlib import Path

import pytest
from crash import Copies, state
from make import NOON
from schemas import ENTRIES, SCHEMAS, old_database

from aggregator.config import Config
from aggregator.errors import StoreError
from aggregator.group import group_unplaced
from aggregator.publish.verify import contradictions
from aggregator.store import Store, migrate
from aggregator.store.migrate import FOLDER, NAMES

UNCHANGED = "fe98b18b00e05be8"
COLUMNS = (
    "SELECT m.name, c.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table'"
)
INDEXES = "SELECT name FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"


def read(path: Path) -> list[object]:
    """Everything that readers see, and what the tables are."""
    with Store(path) as store:
        assert list(contradictions(store)) == []
        assert group_unplaced(store, Config(), NOON).new == 0
        stories = [
            (
                story.number,
                story.guid,
                story.published,
                [report.number for report in (story.lead, *story.others)],
            )
            for story in store.stories.newest(9)
        ]
        reports = [story.lead.entry for story in store.stories.newest(9)]
        ruled = store.rulings.between(1, 1)
        tables = {each for each in store.db.execute(COLUMNS).fetchall() if each[0] != "state"}
        return [stories, reports, ruled, tables, set(store.db.execute(INDEXES).fetchall())]


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    path = tmp_path_factory.mktemp("newest") / "a.db"
    old_database(path, NAMES[-2])
    return read(path)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_brought_up_to_date(tmp_path: Path, expected: list[object], name: str) -> None:
    old_database(tmp_path / "a.db", name)

    assert read(tmp_path / "a.db") == expected
    assert read(tmp_path / "a.db") == expected  # opened again


@pytest.mark.parametrize("name", ["2f982ce", "0006_subscriptions_and_pings"])
def test_a_kill_between_two_statements_leaves_the_old_one_or_the_new(tmp_path: Path, name: str) -> None:
    """At each statement the files are copied as they are then: that is what a kill leaves."""
    path = tmp_path / "a.db"
    old_database(path, name)
    old = state(path)
    copies = Copies(path, tmp_path)

    class Watched(Store):
        def migrate(self) -> None:
            copies.watch(self.db)
            super().migrate()

    Watched(path).close()
    found = [state(each) for each in copies.made]
    new = state(path)

    assert set(found) <= {old, new}
    assert found[0] == old
    assert len(found) > len(NAMES)
    with Store(copies.made[len(found) // 2]) as store:
        assert store.entries.count() == ENTRIES


def test_a_newer_schema_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Store(path) as store, store.writing():
        store.db.table("_sqlite_migrations").insert(
            {"migration_set": "aggregator", "name": "9999_from_the_future", "applied_at": ""}
        )
    before = path.read_bytes()

    with pytest.raises(StoreError, match="newer version"):
        Store(path)

    assert path.read_bytes() == before


def test_large_databases_say_what_takes_so_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    old_database(tmp_path / "a.db", "0008_parts_of_stories")
    monkeypatch.setattr(migrate, "LARGE", ENTRIES)

    Store(tmp_path / "a.db").close()

    assert len(caplog.messages) == len(NAMES) - 8
    assert caplog.messages[0] == (
        f"the database is brought up to date: step 9 of {len(NAMES)}, titles within a source: 6 entries"
    )


def test_steps_that_were_ever_on_main_do_not_change() -> None:
    """Databases of them are out there."""
    first = "".join(
        f"{name}\n{(FOLDER / f'{name}.sql').read_text(encoding='utf-8')}" for name in NAMES if name < "0016"
    )

    assert sha256(first.encode()).hexdigest()[:16] == UNCHANGED
