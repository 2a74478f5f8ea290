"""Checks the database file itself. Changes nothing."""

import sqlite3
from typing import NamedTuple

from aggregator.store.connection import Database

MOST = 100  # faults that SQLite lists
TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage"
MISLED = """
SELECT count(*) FROM stories JOIN members ON members.entry = stories.lead
WHERE members.story <> stories.id AND stories.id NOT IN (SELECT story FROM aliases)
AND EXISTS (SELECT 1 FROM members AS own WHERE own.story = stories.id)
"""


class Dangling(NamedTuple):
    """Rows of a table that refer to rows that are not there."""

    table: str
    rows: int
    missing: str
    """The table that they refer to."""


class Integrity:
    def __init__(self, db: Database) -> None:
        self.db = db

    def touch(self) -> None:
        """Reads where each table begins, which takes half a millisecond. Raises sqlite3.DatabaseError."""
        for (table,) in self.db.execute(TABLES).fetchall():
            self.db.execute(f'SELECT 1 FROM "{table}" NOT INDEXED LIMIT 1').fetchone()  # noqa: S608

    def damages(self) -> list[str]:
        """As SQLite puts them, at most MOST; none of a sound database."""
        return self.check(f"PRAGMA integrity_check({MOST})")

    def quick_damages(self) -> list[str]:
        """Without comparing indexes with tables, in a fraction of the time."""
        return self.check(f"PRAGMA quick_check({MOST})")

    def check(self, pragma: str) -> list[str]:
        try:
            return [each[0] for each in self.db.execute(pragma).fetchall() if each[0] != "ok"]
        except sqlite3.DatabaseError as e:
            return [str(e)]

    def dangling(self) -> list[Dangling]:
        found: dict[tuple[str, str], int] = {}
        for table, _, missing, _ in self.db.execute("PRAGMA foreign_key_check"):
            found[table, missing] = found.get((table, missing), 0) + 1
        return [Dangling(table, rows, missing) for (table, missing), rows in sorted(found.items())]

    def misled(self) -> int:
        """Stories that are led by a report of another story."""
        return int(self.db.execute(MISLED).fetchone()[0])
