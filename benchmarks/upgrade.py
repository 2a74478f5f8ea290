"""Kills the upgrade of a large database of an old schema again and again: it is the old one or the new one.

    python benchmarks/upgrade.py [--entries 100000] [--kills 17] [SCHEMA]...

SCHEMA: a name of `SCHEMAS` in tests/support/schemas.py, by default the first. After each kill the file is
checked and compared with what it was and with what it becomes: tables, migrations, counts, a sum over all
texts. At the end the upgrade runs undisturbed. Exit code 1: something was in between.
"""

import argparse
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.append(str(Path(__file__).parent.parent / "tests/support"))

from schemas import SCHEMAS, entry_row, make_tables

from aggregator.store.connection import Database

OPEN = """
import sys
from pathlib import Path
from aggregator.store import Store
Store(Path(sys.argv[1])).close()
"""
WHEN = "2026-03-01T10:00:00.000000Z"
SUM = "SELECT count(*), sum(id), sum(length(title) + length(body)), min(uid), max(uid) FROM entries"
STORIES = "SELECT count(*), sum(lead) FROM stories"
MEMBERS = "SELECT count(*), sum(entry), sum(story) FROM members"
STEPS = "SELECT group_concat(name) FROM (SELECT name FROM _sqlite_migrations ORDER BY name)"
TABLES = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"


def entry(number: int) -> dict[str, object]:
    address = f"https://one.example/{number}"
    return entry_row(number % 6 + 1) | {
        **{"id": number, "uid": f"urn:x:{number}", "url": address, "page": address},
        **{"title": f"Title {number * 7919 % 99_991} of {number}", "lede": f"lede {number} " * 10},
        **{"summary": f"summary {number} " * 10, "body": f"body {number} " * 60},
        **{"digest": f"d{number}", "fingerprint": f"f{number}"},
    }


def story(number: int) -> dict[str, object]:
    times = dict.fromkeys(("published", "updated", "changed"), WHEN)
    return {"id": number, "guid": f"urn:story:{number}", "lead": number, "affair": number} | times


def member(number: int) -> dict[str, object]:
    plain = {"level": "alone", "score": 0.0, "threshold": 0.0, "terms": "", "gap": 0.0, "veto": ""}
    return dict.fromkeys(("entry", "turn", "story", "placed", "affair", "horizon"), number) | plain


def insert(db: Database, table: str, rows: Iterable[dict[str, object]]) -> None:
    columns = {each[1] for each in db.execute(f"PRAGMA table_info({table})").fetchall()}
    for row in rows:
        known = {name: value for name, value in row.items() if name in columns}
        names, marks = ", ".join(known), ", ".join("?" * len(known))
        db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", [*known.values()])


def build(path: Path, schema: str, entries: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        db = Database(connection)
        db.execute("PRAGMA journal_mode = WAL")
        make_tables(db, schema)
        numbers = range(1, entries + 1)
        db.execute("BEGIN")
        insert(
            db, "sources", [{"name": "One", "kind": "url", "address": "https://one.example/", "due": WHEN}]
        )
        insert(db, "entries", map(entry, numbers))
        insert(db, "stories", map(story, numbers))
        insert(db, "members", map(member, numbers))
        db.execute("COMMIT")


def state(path: Path) -> list[object]:
    with closing(sqlite3.connect(path)) as connection:
        questions = ("PRAGMA quick_check(1)", TABLES, STEPS, SUM, STORIES, MEMBERS)
        return [connection.execute(each).fetchall() for each in questions]


def remove(path: Path) -> None:
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink()


def upgrade(path: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-P", "-c", OPEN, str(path)], stderr=subprocess.DEVNULL)


def attacked(folder: Path, schema: str, entries: int, kills: int) -> Counter[str]:
    """How often the file was "old", "new" or "between" after a kill."""
    before, path, chance, found = folder / "before.db", folder / "a.db", random.Random(1), Counter[str]()
    build(before, schema, entries)
    shutil.copy(before, path)
    old, start = state(before), time.monotonic()
    if upgrade(path).wait():
        raise SystemExit(f"{schema}: the upgrade fails")
    whole, new = time.monotonic() - start, state(path)
    for _ in range(kills):
        if state(path) != old:
            remove(path)
            shutil.copy(before, path)
        running = upgrade(path)
        try:
            running.wait(chance.uniform(0.2, whole))
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGKILL)
            running.wait()
        after = state(path)
        found["old" if after == old else "new" if after == new else "between"] += 1
    if upgrade(path).wait() or state(path) != new:
        found["between"] += 1
    print(
        f"{schema}: {before.stat().st_size / 1e6:.0f} MB, {whole:.1f} s; after {kills} kills: {dict(found)}"
    )
    remove(before)
    remove(path)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("schemas", nargs="*", default=SCHEMAS[:1], metavar="SCHEMA")
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--kills", type=int, default=17)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        found = [attacked(Path(folder), each, given.entries, given.kills) for each in given.schemas]
    sys.exit(any(each["between"] for each in found))


if __name__ == "__main__":
    main()
