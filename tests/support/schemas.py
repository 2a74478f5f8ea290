"""Databases of every schema that there ever was, with a few rows."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Migrations

from aggregator.store.connection import Database
from aggregator.store.migrate import NAMES, migrate, migration

FIRST = "0001 sources, visits, files, entries, stories"
PAST = "0002 what was done to stories"
KNOWN = "0004 what the last document said"
OUTPUTS = "0005 what is published"
SEARCH = "0006 search"
PUSH = "0007 subscriptions, pings"
CONTENT = dict(zip((FIRST, PAST, KNOWN, OUTPUTS, SEARCH, PUSH), NAMES, strict=False))

NO_MOMENTS = "DROP INDEX entries_moment"
NO_PROBLEMS = "DROP TABLE problems"
PLAIN_SOURCES = tuple(f"ALTER TABLE sources DROP COLUMN {name}" for name in ("tags", "every", "succeeded"))
NO_TURNS = (
    "DROP TABLE members",
    "CREATE TABLE members (entry INTEGER PRIMARY KEY REFERENCES entries (id),"
    " story INTEGER NOT NULL REFERENCES stories (id), level TEXT NOT NULL, score REAL NOT NULL,"
    " threshold REAL NOT NULL, other INTEGER, terms TEXT NOT NULL, gap REAL NOT NULL, veto TEXT NOT NULL)"
    " STRICT",
    "CREATE INDEX members_story ON members (story)",
    "DROP TABLE rulings",
    "CREATE TABLE rulings (id INTEGER PRIMARY KEY, kind TEXT NOT NULL,"
    " one INTEGER NOT NULL REFERENCES entries (id), two INTEGER REFERENCES entries (id), at TEXT NOT NULL)"
    " STRICT",
)
NO_WINDOW = (
    "ALTER TABLE sources DROP COLUMN answerer",
    "DROP TABLE window",
    "CREATE TABLE state (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT",
)
FORGERIES = "ALTER TABLE subscriptions RENAME COLUMN offences TO forgeries"
NO_PRIORITY = (
    "ALTER TABLE sources DROP COLUMN priority",
    "ALTER TABLE stories DROP COLUMN witnesses",
)


class Former(NamedTuple):
    """A schema from before the steps were files."""

    steps: tuple[str, ...]
    without: tuple[str, ...] = ()
    """What they did not make yet."""


FORMER = {
    "2f982ce": Former((FIRST,), (*PLAIN_SOURCES, *NO_TURNS, *NO_WINDOW)),
    "d7e1231": Former((FIRST,), (*PLAIN_SOURCES, *NO_TURNS)),
    "ad57e02": Former((FIRST,), PLAIN_SOURCES),
    "cb8b798": Former((FIRST,)),
    "628ad0f": Former((FIRST, PAST), (NO_MOMENTS,)),
    "e62f04b": Former((FIRST, PAST, KNOWN), (NO_MOMENTS,)),
    "d4471ae": Former((FIRST, PAST, KNOWN, PUSH), (NO_MOMENTS, FORGERIES)),
    "412db03": Former((FIRST, PAST, KNOWN, PUSH), (NO_MOMENTS,)),
    "d8092e3": Former((FIRST, PAST, KNOWN, OUTPUTS, PUSH), (NO_MOMENTS, NO_PROBLEMS, *NO_PRIORITY)),
    "41852a1": Former((FIRST, PAST, KNOWN, OUTPUTS, PUSH), (NO_MOMENTS, NO_PROBLEMS)),
    "fb8bc5e": Former((FIRST, PAST, KNOWN, OUTPUTS, SEARCH, PUSH), (NO_MOMENTS, NO_PROBLEMS)),
    "379b34d": Former((FIRST, PAST, KNOWN, OUTPUTS, SEARCH, PUSH), (NO_PROBLEMS,)),
    "41ba37a": Former((FIRST, PAST, KNOWN, OUTPUTS, SEARCH, PUSH)),
}
SCHEMAS = (*FORMER, *NAMES[5:-1])
"""By the commit that made it, or by its last step. Steps came in files six at a time, then one by one."""

TIME = "2026-03-0{}T10:00:00.000000Z"
ENTRIES = 6


def old_database(path: Path, schema: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        db = Database(connection)
        db.execute("PRAGMA journal_mode = WAL")
        make_tables(db, schema)
        for table, row in rows():
            columns = {each[1] for each in db.execute(f"PRAGMA table_info({table})").fetchall()}
            if columns:
                db.table(table).insert({name: value for name, value in row.items() if name in columns})


def make_tables(db: Database, schema: str) -> None:
    if schema in NAMES:
        migrate(db, stop_before=NAMES[NAMES.index(schema) + 1])
        return
    Migrations("aggregator").ensure_migrations_table(db.whole())
    former = FORMER[schema]
    for name in former.steps:
        migration(CONTENT[name])(db)
        db.table("_sqlite_migrations").insert({"migration_set": "aggregator", "name": name, "applied_at": ""})
    for statement in former.without:
        db.execute(statement)


def rows() -> Iterator[tuple[str, dict[str, object]]]:
    """Six entries in four stories, of which two are merged, and a ruling."""
    yield "sources", {"name": "One", "kind": "url", "address": "https://one.example/", "due": TIME.format(1)}
    for number in range(1, ENTRIES + 1):
        yield "entries", entry_row(number)
    for story, lead in ((1, 1), (2, 3), (3, 5), (4, 6)):
        when = dict.fromkeys(("published", "updated", "changed"), TIME.format(lead))
        yield "stories", {"id": story, "guid": f"urn:story:{story}", "lead": lead, "affair": story} | when
    for entry, story in ((1, 1), (2, 1), (3, 2), (4, 2), (5, 1), (6, 4)):
        founded = {5: 3}.get(entry, story)
        plain = {"level": "alone", "score": 0.0, "threshold": 0.0, "terms": "", "gap": 0.0, "veto": ""}
        place = {"placed": founded, "affair": founded, "horizon": entry}
        yield "members", {"entry": entry, "turn": entry, "story": story} | plain | place
    yield "aliases", {"story": 3, "into_story": 1, "at": TIME.format(6), "reason": "ruling"}
    yield "rulings", {"kind": "merge", "one": 1, "two": 5, "turn": 6, "at": TIME.format(6)}


def entry_row(number: int) -> dict[str, object]:
    texts = {
        name: f"{name} {number}" for name in ("title", "lede", "summary", "body", "digest", "fingerprint")
    }
    came = TIME.format(number).replace("10:00", "10:15")
    times = {"published": TIME.format(number), "seen": came, "changed": came}
    address = f"https://one.example/{number}"
    return {
        **{"id": number, "source": "One", "uid": f"urn:x:{number}", "url": address, "page": address},
        **{"language": "en", "authors": "[]", "tags": "[]", "more": "{}"},
        **texts,
        **times,
    }
