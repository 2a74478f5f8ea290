"""Recognises the table of a row: by its columns and the values that they may hold."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from aggregator.store.connection import Database
from aggregator.store.records import INNER_INDEX, INNER_TABLE, LEAF_INDEX, LEAF_TABLE, Cell, Value

TYPES: dict[str, tuple[type, ...]] = {
    "INTEGER": (int,),
    "REAL": (int, float),
    "TEXT": (str,),
    "BLOB": (bytes,),
}
ANY = (int, float, str, bytes)
# Made again from the others: the memory of grouping, the search index, the marks of publications.
REMADE = {"window", "search", "searchable", "unsearchable", "editions", "revision"}
TIMES = {"at", "began", "changed", "due", "ended", "lease", "published", "succeeded", "updated", "wall"}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z|", re.ASCII)
COLUMNS = 'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?) ORDER BY cid'
TABLES = "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"


class Column(NamedTuple):
    name: str
    type: str
    needed: bool
    default: str | None
    key: int
    """Its place in the primary key, from 1."""


@dataclass(frozen=True, slots=True)
class Shape:
    table: str
    columns: tuple[Column, ...]
    """As they are stored."""
    by_key: bool
    """WITHOUT ROWID: stored as an index, its key first."""

    @property
    def kinds(self) -> tuple[int, int]:
        return (LEAF_INDEX, INNER_INDEX) if self.by_key else (LEAF_TABLE, INNER_TABLE)

    @property
    def insert(self) -> str:
        """Keeps the first of two rows with one key."""
        names = [f'"{each.name}"' for each in self.columns]
        marks = ", ".join("?" * len(names))
        return f'INSERT OR IGNORE INTO "{self.table}" ({", ".join(names)}) VALUES ({marks})'  # noqa: S608

    def row(self, cell: Cell) -> list[Value] | None:
        """Its values with those of columns that were added later; None: it is no row of this table."""
        values = list(cell.values)
        if len(values) > len(self.columns):
            return None
        for column in self.columns[len(values) :]:
            if column.needed and column.default is None:
                return None
            values.append(plain_default(column.default))
        for number, column in enumerate(self.columns):
            if values[number] is None and self.is_row_number(column):
                values[number] = cell.row
            if not may_hold(column, values[number]):
                return None
        return values

    def is_row_number(self, column: Column) -> bool:
        return not self.by_key and column.key == 1 and column.type == "INTEGER"


def may_hold(column: Column, value: Value) -> bool:
    if value is None:
        return not (column.needed or column.key)
    if column.name in TIMES and isinstance(value, str) and not TIME.fullmatch(value):
        return False
    return isinstance(value, TYPES.get(column.type, ANY))


def plain_default(written: str | None) -> Value:
    """Reads the defaults that migrations use: numbers, '' and x''."""
    if written is None:
        return None
    if written[:2].lower() == "x'":
        return bytes.fromhex(written[2:-1])
    if written.startswith("'"):
        return written[1:-1].replace("''", "'")
    return float(written) if "." in written else int(written)


def shapes(db: Database) -> list[Shape]:
    """The shapes of all tables that are not rebuilt from others."""
    tables = [each for each in db.execute(TABLES).fetchall() if is_salvaged(each[0])]
    return [shape(name, db.execute(COLUMNS, [name]).fetchall(), bool(by_key)) for name, by_key in tables]


def is_salvaged(table: str) -> bool:
    return table not in REMADE and not table.startswith(("search_", "sqlite_", "_sqlite_"))


def shape(table: str, rows: Iterable[tuple[str, str, int, str | None, int]], by_key: bool) -> Shape:
    columns = [Column(name, kind, bool(needed), default, key) for name, kind, needed, default, key in rows]
    if by_key:
        columns.sort(key=lambda column: (not column.key, column.key))
    return Shape(table, tuple(columns), by_key)
