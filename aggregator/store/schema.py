"""The tables, as migrations: the files in `migrations` by name. Steps are added, never changed.

Times are UTC texts of one width ("2026-11-22T20:15:00.000000Z"), so text order is time order in any tool.
The table that names the applied steps is that of sqlite-utils, with which the first databases were made.
"""

from functools import cache
from pathlib import Path

from aggregator.store.connection import Database

FOLDER = Path(__file__).with_name("migrations")
NAMES = tuple(sorted(file.stem for file in FOLDER.glob("*.sql")))
"""All steps of this version: a database with others was written by a newer one."""
OURS = "SELECT 1 FROM _sqlite_migrations WHERE migration_set = 'aggregator'"
"""A row in every database of this program, none in another one that has the table; else sqlite3.Error."""
FIRST = """
CREATE TABLE IF NOT EXISTS _sqlite_migrations (
    id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT
);
CREATE UNIQUE INDEX IF NOT EXISTS idx__sqlite_migrations_migration_set_name
ON _sqlite_migrations (migration_set, name);
"""
APPLIED = "SELECT name FROM _sqlite_migrations WHERE migration_set = 'aggregator'"
APPLY = """
INSERT INTO _sqlite_migrations (migration_set, name, applied_at)
VALUES ('aggregator', ?, strftime('%Y-%m-%d %H:%M:%f+00:00'))
"""
THERE = "SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'"


@cache
def script(step: str) -> str:
    return FOLDER.joinpath(f"{step}.sql").read_text(encoding="utf-8")


def applied(db: Database) -> set[str]:
    there = db.execute(THERE).fetchone()
    return {row[0] for row in db.execute(APPLIED).fetchall()} if there else set()


def pending(db: Database) -> list[str]:
    done = applied(db)
    return [step for step in NAMES if step not in done]


def migrate(db: Database, stop_before: str | None = None) -> None:
    """Applies the pending steps, up to one of them. Within a transaction."""
    take(db, FIRST)
    for step in pending(db):
        if step == stop_before:
            return
        take(db, script(step))
        db.execute(APPLY, [step])


def take(db: Database, statements: str) -> None:
    """Not executescript(), which would end the transaction."""
    for statement in statements.split(";\n"):
        if statement.strip():
            db.execute(statement)
