"""The tables, as migrations: the files in `migrations` by name. Steps are added, never changed.

Times are UTC texts of one width ("2026-11-22T20:15:00.000000Z"), so text order is time order in any tool.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from aggregator.store.connection import Database

if TYPE_CHECKING:
    import sqlite_utils

LOG = logging.getLogger("aggregator")
LARGE = 100_000  # entries
FOLDER = Path(__file__).with_name("migrations")
NAMES = tuple(sorted(file.stem for file in FOLDER.glob("*.sql")))
"""All steps of this version: a database with others was written by a newer one."""
OURS = "SELECT 1 FROM _sqlite_migrations WHERE migration_set = 'aggregator'"
"""A row in every database of this program, none in another one that has the table; else sqlite3.Error."""
APPLIED = "SELECT name FROM _sqlite_migrations WHERE migration_set = 'aggregator'"
THERE = "SELECT 1 FROM sqlite_master WHERE name = ?"


def applied(db: Database) -> set[str]:
    """Asked at each opening, and so without sqlite-utils."""
    there = db.execute(THERE, ["_sqlite_migrations"]).fetchone()
    return {row[0] for row in db.execute(APPLIED).fetchall()} if there else set()


def pending(db: Database) -> list[str]:
    done = applied(db)
    return [step for step in NAMES if step not in done]


def migrate(db: Database, stop_before: str | None = None) -> None:
    """Applies the pending steps, up to one of them."""
    from sqlite_utils import Migrations

    steps = Migrations("aggregator")
    for name in NAMES:
        steps(name=name)(migration(name))
    steps.apply(db.whole(), stop_before=stop_before)


def migration(name: str) -> Callable[[sqlite_utils.Database | Database], None]:
    """Not executescript(), which would end the transaction."""

    def take(db: sqlite_utils.Database | Database) -> None:
        report_step(db, name)
        for statement in FOLDER.joinpath(f"{name}.sql").read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                db.execute(statement)

    return take


def report_step(db: sqlite_utils.Database | Database, name: str) -> None:
    """A line for each step of a large database: all of them may take minutes."""
    if db.execute(THERE, ["entries"]).fetchone():
        entries = db.execute("SELECT max(id) FROM entries").fetchone()[0] or 0
        if entries >= LARGE:
            step = f"step {int(name[:4])} of {len(NAMES)}, {name[5:].replace('_', ' ')}"
            LOG.warning("the database is brought up to date: %s: %s entries", step, f"{entries:,}")
