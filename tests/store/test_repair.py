"""A damaged database gives what can still be read of it; pages are overwritten here as failing disks do."""

import fcntl
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from desk import Desk, opened
from make import NOON, entry
from week import week

from aggregator import group
from aggregator.config import load
from aggregator.errors import ConfigError, StoreError
from aggregator.publish.verify import verify_store
from aggregator.store import Store, index_parts, search
from aggregator.store.connection import Database
from aggregator.store.damaged import DamagedFile
from aggregator.store.migrate import NAMES, migrate
from aggregator.store.pruned import key
from aggregator.store.records import TornError, value
from aggregator.store.repair import Repaired, repair_database
from aggregator.store.salvage import table_roots
from aggregator.store.shapes import Column, may_hold, shapes

KEYS = {
    "entries": "source, uid",
    "stories": "guid",
    "members": "(SELECT uid FROM entries WHERE id = entry)",
    "sources": "name",
    "aliases": "story",
    "acts": "id",
    "parts": "guid",
}
UNTOUCHED = """
SELECT id FROM stories WHERE id NOT IN (
    SELECT story FROM aliases UNION SELECT into_story FROM aliases
    UNION SELECT one FROM acts UNION SELECT two FROM acts
) LIMIT 3
"""
KEPT = ("pruned", "pruned_keys", "entries")
REFERRING = (
    "INSERT INTO visits SELECT rowid, name, '', 1.5, 'fresh', 200, 0, 0, 0, '', '' FROM sources",
    "INSERT INTO files SELECT name, 'a', 0, 0, '', '', '' FROM sources",
    "INSERT INTO problems SELECT rowid, name, '', NULL, 'dns', '' FROM sources",
    "INSERT INTO subscriptions (key, source, hub, topic, secret, due)"
    " SELECT name, name, '', '', '', '' FROM sources",
    "INSERT INTO rulings SELECT id, 'never', id, id + 1, 1, '' FROM entries LIMIT 5",
)
"""Rows in the tables that the path does not fill here."""
PAGE = 4096
SIZES = (20, 200, 900, 3_000)  # characters of texts: within a page, and in chains of pages behind it


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some days of news, placed and indexed."""
    folder, random = tmp_path_factory.mktemp("sound"), Random(1)
    desk = opened(folder, "a")
    for batch in week(4):
        desk.take(replace(each, body=text(random)) for each in batch)
    with desk.store() as store, pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_parts, "ROWS", 30)
        patch.setattr(search, "BATCH", 30)
        while store.search.waiting():
            store.search.catch_up()
        with store.writing():
            store.retention.prune(each[0] for each in store.db.execute(UNTOUCHED).fetchall())
            store.db.execute(
                "INSERT INTO parts (entry, guid) SELECT entry, 'part ' || entry FROM members AS later"
                " WHERE turn > (SELECT min(turn) FROM members WHERE story = later.story) LIMIT 9"
            )
            for statement in REFERRING:
                store.db.execute(statement)
        store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return desk.path


def text(random: Random) -> str:
    return "".join(random.choices("abcdefgh \xe4\u4e16", k=random.choice(SIZES)))


class Traced(DamagedFile):
    """Knows which pages a row lies on."""

    chain: frozenset[int] = frozenset()

    def overflow(self, number: int, size: int) -> bytes:
        left, page = size, number
        while left > 0:
            self.chain |= {page}
            left, page = left - self.usable + 4, int.from_bytes(self.content(page)[:4], "big")
        return super().overflow(number, size)


def by_page(path: Path) -> Iterator[tuple[str, tuple[object, ...], frozenset[int]]]:
    """Table, row, pages."""
    with closing(Traced(path)) as file, Store.reading(path) as store:
        roots = dict(table_roots(file))
        for shape in shapes(store.db):
            for leaf in file.tree(roots[shape.table], shape.kinds):
                page = file.page(leaf.number)
                for at in page.places:
                    file.chain = frozenset({leaf.number})
                    row = shape.row(page.cell(at, file.overflow))
                    assert row is not None, (shape.table, page.cell(at, file.overflow))
                    yield shape.table, tuple(row), file.chain


def keys(path: Path) -> dict[str, set[tuple[object, ...]]]:
    with Store.reading(path) as store:
        return {
            table: set(store.db.execute(f"SELECT {key} FROM {table}").fetchall())
            for table, key in KEYS.items()
        }


def readable(sound: Path, bad: set[int]) -> dict[str, set[tuple[object, ...]]]:
    """The keys of rows that lie on other pages, and so does what they belong to."""
    left = [(table, row) for table, row, pages in by_page(sound) if not pages & bad]
    entries = {row[0]: row for table, row in left if table == "entries"}
    told = {row[2] for table, row in left if table == "members" and row[0] in entries}
    found: dict[str, set[tuple[object, ...]]] = {table: set() for table in KEYS}
    for table, row in left:
        if table == "entries":
            found[table].add((row[1], row[2]))
        elif table == "members" and row[0] in entries:
            found[table].add((entries[row[0]][2],))
        elif table == "stories" and row[0] in told:  # others have nothing left to tell
            found[table].add((row[1],))
        elif table in ("sources", "acts"):
            found[table].add((row[0],))
        elif table == "parts" and row[0] in entries:
            found[table].add((row[1],))
    return found


def damaged(sound: Path, folder: Path, damage: dict[int, bytes]) -> Path:
    """A copy with other bytes at these places."""
    path = folder / "damaged.db"
    shutil.copy(sound, path)
    with path.open("r+b") as file:
        for at, data in damage.items():
            file.seek(at)
            file.write(data)
    return path


def repaired(path: Path) -> Repaired:
    """Checked: nothing is wrong with the new one, and grouping goes on with it."""
    before = path.read_bytes()
    done = repair_database(path, path.with_name("new.db"), NOON)
    assert path.read_bytes() == before
    (path.parent / "aggregator.toml").write_text("", encoding="utf-8")
    config = load(path.parent / "aggregator.toml")
    with Store(path.with_name("new.db")) as store:
        assert store.entries.count_unplaced() >= done.regrouped_entries
        group.group_unplaced(store, config, NOON)
        assert verify_store(store, config).findings == ()
    return done


def pages(path: Path) -> int:
    return path.stat().st_size // PAGE


def test_rows_are_read_as_sqlite_reads_them(sound: Path) -> None:
    found: dict[str, list[tuple[object, ...]]] = {}
    for table, row, _ in by_page(sound):
        found.setdefault(table, []).append(row)
    with Store.reading(sound) as store:
        for shape in shapes(store.db):
            columns = ", ".join(each.name for each in shape.columns)
            expected = store.db.execute(f"SELECT {columns} FROM {shape.table}").fetchall()
            assert sorted(found.get(shape.table, []), key=repr) == sorted(expected, key=repr), shape.table
        assert store.entries.count() > 80


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", ["pages", "the first page, too", "parts of pages"])
def test_of_the_readable_rows_nearly_all_survive(sound: Path, tmp_path: Path, kind: str, seed: int) -> None:
    random = Random(seed)
    bad = set(random.sample(range(2, pages(sound) + 1), pages(sound) // 20))
    bad |= {1} if "first" in kind else set()
    size = 400 if "parts" in kind else PAGE
    damage = {(page - 1) * PAGE + random.randrange(PAGE - size + 1): random.randbytes(size) for page in bad}
    path = damaged(sound, tmp_path, damage)
    repaired(path)
    new = keys(tmp_path / "new.db")
    for table, rows in readable(sound, bad).items():
        # One, also of a few: a row goes with the one that it refers to.
        assert len(rows - new[table]) <= max(1, 0.05 * len(rows)), table


def test_nothing_is_lost_of_a_sound_database(sound: Path, tmp_path: Path) -> None:
    done = repaired(damaged(sound, tmp_path, {}))

    assert (done.unreadable_pages, done.unreadable_rows, done.lost_entries) == (0, 0, 0)
    found = [
        [store.db.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall() for table in KEPT]
        for store in (Store(path) for path in (sound, tmp_path / "new.db"))
    ]
    assert found[0] == found[1]
    assert min(map(len, found[0])) >= 3


def roots(path: Path, *tables: str) -> dict[int, bytes]:
    """The first page of each of the tables is lost."""
    with closing(DamagedFile(path)) as file:
        found = dict(table_roots(file))
    return {(found[table] - 1) * PAGE: b"\xff" * PAGE for table in tables}


def leaves(path: Path, table: str) -> dict[int, bytes]:
    """Every page of the table is lost."""
    lost = {min(chain) for name, _, chain in by_page(path) if name == table}
    return {(page - 1) * PAGE: b"\xff" * PAGE for page in lost}


@pytest.mark.parametrize("tables", [("entries",), ("members", "stories"), ("entries", "sources", "acts")])
def test_what_no_tree_leads_to_any_more_is_found(
    sound: Path, tmp_path: Path, tables: tuple[str, ...]
) -> None:
    path = damaged(sound, tmp_path, roots(sound, *tables))
    done = repaired(path)
    bad = {at // PAGE + 1 for at in roots(sound, *tables)}
    new = keys(tmp_path / "new.db")
    assert {
        table: rows - new[table] for table, rows in readable(sound, bad).items() if rows - new[table]
    } == {}
    assert done.unreadable_pages >= 1


@pytest.fixture(scope="module")
def pruned(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many pruned entries that their keys fill several pages."""
    path = damaged(sound, tmp_path_factory.mktemp("pruned"), {})
    news = [entry(f"urn:p:{number}", source="Old", title=f"Title {number}") for number in range(100)]
    with Store(path) as store, store.writing():
        store.db.execute("INSERT INTO sources (name, kind, address, due) VALUES ('Old', 'url', '', '')")
        store.entries.keep("Old", news, NOON)
        store.retention.bury(
            each[0] for each in store.db.execute("SELECT id FROM entries WHERE source = 'Old'").fetchall()
        )
    return path


def known(path: Path) -> set[int]:
    with Store.reading(path) as store:
        return {each[0] for each in store.db.execute("SELECT key FROM pruned_keys").fetchall()}


@pytest.mark.parametrize("table", ["", "pruned_keys", "pruned"])
def test_no_pruned_entry_is_forgotten_where_no_tree_leads_to_its_keys(
    pruned: Path, tmp_path: Path, table: str
) -> None:
    damage = roots(pruned, table) if table else {0: b"\xff" * PAGE}
    bad = {at // PAGE + 1 for at in damage}
    whole = {row[0] for name, row, pages in by_page(pruned) if name == "pruned_keys" and not pages & bad}
    repaired(damaged(pruned, tmp_path, damage))
    assert len(whole) > 300
    assert whole <= known(tmp_path / "new.db")


def test_lost_keys_of_pruned_entries_are_made_again_except_those_of_ids(pruned: Path, tmp_path: Path) -> None:
    repaired(damaged(pruned, tmp_path, leaves(pruned, "pruned_keys")))
    left = known(tmp_path / "new.db")
    assert left < known(pruned)
    assert {key("title", "Old", f"Title {number}") for number in range(100)} <= left


def test_what_is_lost_of_a_pruned_entry_never_counts_for_another_one(pruned: Path, tmp_path: Path) -> None:
    repaired(damaged(pruned, tmp_path, leaves(pruned, "pruned")))
    assert known(tmp_path / "new.db") == known(pruned)
    with Store(tmp_path / "new.db") as store:
        assert not store.db.execute("SELECT 1 FROM pruned_keys JOIN pruned USING (number)").fetchall()
        assert store.retention.last_gap() > 0


def ids(path: Path) -> dict[str, str]:
    """Entry -> id of its story."""
    return {
        uid: guid
        for guid, uids in Desk(path, load(path.parent / "aggregator.toml")).groups()[:-1]
        for uid in uids
    }


@pytest.mark.parametrize(
    "tables", [("entries",), ("sources", "entries"), ("sources",), ("stories", "sources")]
)
def test_nothing_refers_to_a_table_that_is_lost(sound: Path, tmp_path: Path, tables: tuple[str, ...]) -> None:
    lost = [leaves(sound, table) for table in tables]
    repaired(damaged(sound, tmp_path, {at: data for each in lost for at, data in each.items()}))


def test_every_table_that_refers_to_others_is_tried(sound: Path) -> None:
    with Store.reading(sound) as store:
        for shape in shapes(store.db):
            if store.db.execute(f"PRAGMA foreign_key_list({shape.table})").fetchall():
                assert store.db.execute(f"SELECT count(*) FROM {shape.table}").fetchone()[0], shape.table


@pytest.mark.parametrize("table", ["stories", "sources", "acts"])
def test_stories_keep_their_ids_where_their_rows_are_lost(sound: Path, tmp_path: Path, table: str) -> None:
    repaired(damaged(sound, tmp_path, leaves(sound, table)))
    assert ids(tmp_path / "new.db") == ids(sound)


def test_stories_of_one_report_keep_their_ids_where_all_places_are_lost(sound: Path, tmp_path: Path) -> None:
    repaired(damaged(sound, tmp_path, leaves(sound, "members")))
    before, after = ids(sound), ids(tmp_path / "new.db")
    alone = {uid for uid, guid in before.items() if list(before.values()).count(guid) == 1}
    assert len(alone) > 15
    assert {uid: after[uid] for uid in alone} == {uid: before[uid] for uid in alone}
    assert after.keys() == before.keys()


def in_use(folder: Path) -> Path:
    """A database whose last writes lie in its log, as a power cut leaves it."""
    with Store(folder / "used.db") as store:
        store.db.execute("PRAGMA wal_autocheckpoint = 0")
        with store.writing():
            store.db.execute(
                "INSERT INTO sources (name, kind, address, due) VALUES ('One', 'url', '', '2026')"
            )
        for number in range(3):
            with store.writing():
                store.entries.keep("One", [entry(f"urn:x:{number}", body="x" * 9_000)], NOON)
        (folder / "cut").mkdir()
        for each in folder.glob("used.db*"):
            shutil.copy(each, folder / "cut")
    return folder / "cut/used.db"


@pytest.mark.parametrize(("cut", "entries"), [(0, 3), (100, 2), (5_000, 2)])
def test_what_lies_in_the_log_counts_up_to_its_last_whole_transaction(
    tmp_path: Path, cut: int, entries: int
) -> None:
    path = in_use(tmp_path)
    log = path.with_name("used.db-wal")
    log.write_bytes(log.read_bytes()[: log.stat().st_size - cut])
    assert repaired(path).entries == entries


def test_a_changed_byte_in_the_log_ends_it(tmp_path: Path) -> None:
    path = in_use(tmp_path)
    log = path.with_name("used.db-wal")
    data = bytearray(log.read_bytes())
    data[-2_000] ^= 1
    log.write_bytes(data)
    assert repaired(path).entries == 2


@pytest.mark.parametrize("last", [name for name in NAMES if name < "0011"])
def test_a_database_of_an_older_version_is_brought_up_to_date(tmp_path: Path, last: str) -> None:
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path, isolation_level=None)
    db = Database(connection)
    migrate(db, stop_before=next(name for name in NAMES if name > last))
    db.execute("INSERT INTO sources (name, kind, address, due) VALUES ('One', 'url', '', '2026')")
    stamp = "2026-03-01T12:00:00.000000Z"
    db.execute(
        "INSERT INTO entries (source, uid, digest, seen, changed, published, title, url, page, fingerprint,"
        " lede, summary, body, language, authors, tags, more)"
        f" VALUES ('One', 'urn:x:1', '', '{stamp}', '{stamp}', '{stamp}', 'A', '', '', '', '', '', '', '',"
        " '[]', '[]', '{}')"
    )
    connection.close()
    assert repaired(path).entries == 1


def test_a_database_of_a_newer_version_is_left_alone(sound: Path, tmp_path: Path) -> None:
    path = damaged(sound, tmp_path, {})
    with Store(path) as store:
        store.db.table("_sqlite_migrations").insert(
            {"migration_set": "aggregator", "name": "9999_the_future", "applied_at": "2030"}
        )
    with pytest.raises(StoreError, match="newer version"):
        repair_database(path, tmp_path / "new.db", NOON)
    assert not list(tmp_path.glob("*new*"))


def test_nothing_is_overwritten_and_nothing_is_made_of_nothing(sound: Path, tmp_path: Path) -> None:
    path = damaged(sound, tmp_path, {})
    with pytest.raises(ConfigError, match="name a new file"):
        repair_database(path, sound, NOON)
    (tmp_path / "text.db").write_text("this is no database" * 1000)
    for name, told in (("text.db", "nothing in it can be read"), ("none.db", "No such file")):
        with pytest.raises(StoreError, match=f"{name}: {told}"):
            repair_database(tmp_path / name, tmp_path / "new.db", NOON)
    with (tmp_path / ".damaged.db.refresh").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        with pytest.raises(StoreError, match="stop the service first"):
            repair_database(path, tmp_path / "new.db", NOON)
    assert not list(tmp_path.glob("*new*"))


@pytest.mark.parametrize("found", [b"a\0b", b"\0\0\0", b"a\x1fb", "a\ufffe".encode()])
def test_a_text_with_signs_that_no_text_has_is_torn(found: bytes) -> None:
    """Zeroes decode well, and would be in every feed."""
    with pytest.raises(TornError):
        value(found, 0, 13 + 2 * len(found))
    assert value("Zürich, 東京\n".encode(), 0, 13 + 2 * 17)[0] == "Zürich, 東京\n"


@pytest.mark.parametrize("name", ["updated", "due"])
def test_a_damaged_time_is_not_one(name: str) -> None:
    column = Column(name, "TEXT", True, None, 0)
    assert may_hold(column, "2026-03-01T12:00:00.000000Z")
    assert may_hold(column, "")
    assert not may_hold(column, "2026-03-0XT12:00:00.000000Z")
