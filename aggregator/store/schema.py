"""The tables, as migrations: the files in `migrations` by name. Steps are added, never changed.

Times are UTC texts of one width ("2026-11-22T20:15:00.000000Z"), so text order is time order in any tool.
"""

from collections.abc import Callable
from importlib import resources

from sqlite_utils import Database, Migrations

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


def migration(script: str) -> Callable[[Database], None]:
    """Not executescript(), which would end the transaction."""

    def take(db: Database) -> None:
        for statement in script.split(";\n"):
            if statement.strip():
                db.execute(statement)

    return take


MIGRATIONS = Migrations("aggregator")
for name, script in STEPS.items():
    MIGRATIONS(name=name)(migration(script))
