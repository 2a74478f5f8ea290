"""The rows of a damaged database into the tables of a new one, as they are."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from aggregator.errors import StoreError
from aggregator.store.connection import Database
from aggregator.store.damaged import DamagedFile, Leaf
from aggregator.store.migrate import NAMES, migrate
from aggregator.store.records import INNER_TABLE, LEAF_TABLE, Value
from aggregator.store.shapes import REMADE, Shape, shapes

TREE = (LEAF_TABLE, INNER_TABLE)
APPLIED = "_sqlite_migrations"
NUMBERED = "sqlite_sequence"
INDEX = re.compile(r"search(_\d+)?_(data|content|docsize)")
"""Tables of the search index that are trees of rows."""
SCHEMA = ("table", "index", "trigger", "view")


@dataclass(slots=True)
class Salvaged:
    saved: Counter[str] = field(default_factory=Counter)
    """Table -> its rows."""
    torn: int = 0
    """Rows on readable pages that cannot be read."""
    next_story: int = 0
    """The highest number that a story ever had, if it is still known."""


def salvage(damaged: DamagedFile, db: Database) -> Salvaged:
    """Makes the tables at the same version. First what the tables lead to, then what nothing leads to any
    more: of two rows with one key the first one counts. Raises StoreError: of a newer version."""
    roots = dict(table_roots(damaged))
    make_tables(db, {str(row[2]) for row in rows_of(damaged, roots.get(APPLIED, 0)) if len(row) > 2})
    done = Salvaged()
    known = shapes(db)
    for each in known:
        for leaf in damaged.tree(roots.get(each.table, 0), each.kinds):
            if not keep(db, done, each, leaf):
                damaged.let_go(leaf.number)
    for row in rows_of(damaged, roots.get(NUMBERED, 0)):
        done.next_story = max([done.next_story, *(value for value in row if isinstance(value, int))])
    damaged.pass_free()
    for table in REMADE | {name for name in roots if INDEX.fullmatch(name)}:
        for _ in damaged.tree(roots.get(table, 0), TREE):
            pass  # accounts for its pages
    for leaf in damaged.strays():
        likely = [each for each in known if each.by_key == leaf.by_key]
        best = max(likely, key=lambda shape: sum(shape.row(cell) is not None for cell in leaf.cells))
        if leaf.cells or not leaf.by_key:  # an index that is made again may have had it
            keep(db, done, best, leaf)
    return done


def keep(db: Database, done: Salvaged, shape: Shape, leaf: Leaf) -> bool:
    """Whether any of the rows is one of this table."""
    rows = [row for cell in leaf.cells if (row := shape.row(cell)) is not None]
    if rows or not leaf.cells:
        done.torn += leaf.torn + len(leaf.cells) - len(rows)
    done.saved[shape.table] += db.conn.executemany(shape.insert, rows).rowcount if rows else 0
    return bool(rows) or not leaf.cells


def table_roots(damaged: DamagedFile) -> Iterator[tuple[str, int]]:
    """The tables' first pages, as far as the schema can be read (section 2.6)."""
    for row in rows_of(damaged, 1):
        if len(row) == 5 and row[0] == "table" and isinstance(row[1], str) and isinstance(row[3], int):
            yield row[1], row[3]


def rows_of(damaged: DamagedFile, root: int) -> Iterator[tuple[Value, ...]]:
    for leaf in damaged.tree(root, TREE):
        yield from (cell.values for cell in leaf.cells)


def make_tables(db: Database, applied: set[str]) -> None:
    """As the migrations that were applied made them; all of them where that cannot be read."""
    newest = max(NAMES)[:4]
    if strange := sorted(name for name in applied if name[:4].isdigit() and name[:4] > newest):
        raise StoreError(f"written by a newer version of this program ({strange[0]}): upgrade it")
    last = max((name for name in applied if name in NAMES), default=max(NAMES))
    coming = next((name for name in NAMES if name > last), None)
    migrate(db, stop_before=coming)
