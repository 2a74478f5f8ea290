"""The search index in parts, each for as many rows in order: rows cannot be removed from one (FTS5
"contentless"), but a part whose entries are nearly all gone can be dropped whole."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from aggregator.store.connection import Database

ROWS = 25_000  # of a part: about 20 MB
SHARE = 8  # a part is dropped when one row of so many is still needed
CREATE = """
CREATE VIRTUAL TABLE {} USING fts5 (
    title, text, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
)
"""
TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage = 0 AND name LIKE 'search%'"
NAME = re.compile(r"search(?:_(\d+))?")
NEEDED = "SELECT count(*) FROM (SELECT 1 FROM searchable WHERE row >= ? AND row < ? LIMIT ?)"
AGAIN = """
INSERT OR IGNORE INTO unsearchable (entry)
SELECT entry FROM searchable WHERE row >= ? AND row < ? AND entry > 0
"""


class IndexPart(NamedTuple):
    first: int
    """Its first row."""
    table: str


def parts(db: Database) -> list[IndexPart]:
    """The oldest first."""
    found = (NAME.fullmatch(each[0]) for each in db.execute(TABLES).fetchall())
    return sorted(IndexPart(int(name[1] or 0), name[0]) for name in found if name)


def add_rows(db: Database, rows: Iterable[tuple[int, str, str]]) -> None:
    """Rows with their number, title and text; they go into the newest part. Within a transaction."""
    given = list(rows)
    known = parts(db)
    if not known or given[0][0] - known[-1].first >= ROWS:
        known.append(IndexPart(given[0][0], f"search_{given[0][0]}"))
        db.execute(CREATE.format(known[-1].table))
    insert = f"INSERT INTO {known[-1].table} (rowid, title, text) VALUES (?, ?, ?)"  # noqa: S608
    db.conn.executemany(insert, given)


def drop_emptied(db: Database) -> None:
    """Drops parts of which little is needed; that is indexed again. Within a transaction."""
    for part, following in pairwise(parts(db)):
        rows = part.first, following.first
        most = (following.first - part.first) // SHARE
        if db.execute(NEEDED, [*rows, most + 1]).fetchone()[0] <= most:
            db.execute(AGAIN, rows)
            db.execute("DELETE FROM searchable WHERE row >= ? AND row < ?", rows)
            db.execute(f"DROP TABLE {part.table}")
