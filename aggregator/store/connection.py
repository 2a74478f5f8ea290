"""A connection to SQLite whose rows are dictionaries, and sqlite-utils where speed does not matter."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite_utils

Values = Sequence[object] | Mapping[str, object]


class Database:
    """sqlite-utils takes longer to load than a refresh without news, and its query() four times as long."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """A connection that begins no transactions of its own (isolation_level=None)."""
        self.conn = connection

    def execute(self, sql: str, values: Values = ()) -> sqlite3.Cursor:
        return self.conn.execute(sql, values)

    def query(self, sql: str, values: Values = ()) -> Iterator[dict[str, Any]]:
        """Rows by the names of their columns. Executes immediately, even when no row is asked for."""
        cursor = self.conn.execute(sql, values)
        names = [column[0] for column in cursor.description]
        rows = cursor.fetchall() if "RETURNING" in sql else cursor  # a change ends with its last row
        return (dict(zip(names, row, strict=True)) for row in rows)

    def whole(self) -> sqlite_utils.Database:
        """With all that sqlite-utils can do: migrations, and small tables."""
        from sqlite_utils import Database

        return Database(self.conn)

    def table(self, name: str) -> sqlite_utils.db.Table:
        return self.whole().table(name)

    def close(self) -> None:
        self.conn.close()
