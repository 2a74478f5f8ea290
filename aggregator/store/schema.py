"""The tables, as migrations: the files in `migrations` by name. Steps are added, never changed.

Times are UTC texts of one width ("2026-11-22T20:15:00.000000Z"), so text order is time order in any tool.
"""

import logging
from collections.abc import Callable
from importlib import resources

from sqlite_utils import Database, Migrations

LOG = logging.getLogger("aggregator")
LARGE = 100_000  # entries
STEPS = {
    file.name.removesuffix(".sql"): file.read_text(encoding="utf-8")
    for file in sorted(
        (resources.files("aggregator.store") / "migrations").iterdir(), key=lambda file: file.name
    )
}
OURS = "SELECT 1 FROM _sqlite_migrations WHERE migration_set = 'aggregator'"
"""A row in every database of this program, none in another one that has the table; else sqlite3.Error."""
NAMES = set(STEPS)
"""All steps of this version: a database with others was written by a newer one."""


def migration(script: str, name: str = "") -> Callable[[Database], None]:
    """Not executescript(), which would end the transaction. `name`: for the log, where it may take long."""

    def take(db: Database) -> None:
        report_step(db, name)
        for statement in script.split(";\n"):
            if statement.strip():
                db.execute(statement)

    return take


def report_step(db: Database, name: str) -> None:
    """A line for each step of a large database: all of them may take minutes."""
    if name and db.table("entries").exists():
        entries = db.execute("SELECT max(id) FROM entries").fetchone()[0] or 0
        if entries >= LARGE:
            step = f"step {int(name[:4])} of {len(STEPS)}, {name[5:].replace('_', ' ')}"
            LOG.warning("the database is brought up to date: %s: %s entries", step, f"{entries:,}")


MIGRATIONS = Migrations("aggregator")
for name, script in STEPS.items():
    MIGRATIONS(name=name)(migration(script, name))
