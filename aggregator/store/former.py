"""Databases from before the migrations were files: their steps had other names, and some made less.

Each is brought to what today's steps of the same content make; then it goes on as any other.
"""

import sqlite3
from typing import NamedTuple

from aggregator.store.connection import Database
from aggregator.store.migrate import NAMES, applied, migration

FORMER = {
    "0001 sources, visits, files, entries, stories": "0001_sources_entries_stories",
    "0002 what was done to stories": "0002_what_was_done_to_stories",
    "0004 what the last document said": "0003_what_the_last_document_said",
    "0005 what is published": "0004_what_is_published",
    "0006 search": "0005_search",
    "0007 subscriptions, pings": "0006_subscriptions_and_pings",
}
# Columns that must have a value, and had none to be copied: entries were placed in the order of their rows.
MISSING = {
    ("members", "turn"): "row_number() OVER (ORDER BY entry)",
    ("rulings", "turn"): "(SELECT coalesce(max(turn), 0) FROM members)",
}
USABLE = {"rulings": "two IS NOT NULL"}
SCHEMA = """
SELECT name, sql, type FROM sqlite_schema
WHERE sql IS NOT NULL AND name NOT LIKE '\\_sqlite%' ESCAPE '\\' AND name NOT LIKE 'search\\_%' ESCAPE '\\'
AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid
"""
COLUMNS = 'SELECT name, "notnull" AND dflt_value IS NULL FROM pragma_table_info(?) ORDER BY cid'
NUMBER = "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?"


class SchemaObject(NamedTuple):
    name: str
    sql: str
    type: str


def is_former(db: Database) -> bool:
    return not applied(db).isdisjoint(FORMER)


def adopt_former(db: Database) -> None:
    """Within a transaction that does not mind foreign keys."""
    rename = "UPDATE _sqlite_migrations SET name = ? WHERE name = ?"
    db.conn.executemany(rename, [(name, former) for former, name in FORMER.items()])
    done = applied(db)
    model = Database(sqlite3.connect(":memory:", isolation_level=None))
    for name in NAMES:
        if name in done:
            migration(name)(model)
    for table in (each for each in made_by(model) if each.type == "table"):
        make_alike(db, table, model)
    present = {each.name for each in made_by(db)}
    for each in made_by(model):
        if each.name not in present:
            db.execute(each.sql)


def made_by(db: Database) -> list[SchemaObject]:
    """Tables, indexes and triggers, in the order in which they were made."""
    return [SchemaObject(*row) for row in db.execute(SCHEMA).fetchall()]


def make_alike(db: Database, table: SchemaObject, model: Database) -> None:
    """Gives a table the columns of the model's, in their order, and keeps its rows."""
    name = table.name
    wanted = db_columns(model, name)
    known = db_columns(db, name)
    if not known:
        db.execute(table.sql)
        fill(db, model, name)
    elif list(known) != list(wanted):
        numbered = db.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", [name]).fetchone()
        db.execute(table.sql.replace(f"CREATE TABLE {name}", f"CREATE TABLE new_{name}", 1))
        values = {each: each for each in wanted if each in known}
        values |= {each: MISSING[name, each] for each in wanted if each not in known and wanted[each]}
        which = USABLE.get(name, "TRUE")
        db.execute(
            f"INSERT INTO new_{name} ({', '.join(values)})"  # noqa: S608
            f" SELECT {', '.join(values.values())} FROM {name} WHERE {which}"
        )
        db.execute(f"DROP TABLE {name}")
        db.execute(f"ALTER TABLE new_{name} RENAME TO {name}")
        if numbered:
            db.execute(NUMBER, [numbered[0], name])


def fill(db: Database, model: Database, table: str) -> None:
    """With the rows that the steps put into it."""
    for row in model.execute(f"SELECT * FROM {table}").fetchall():  # noqa: S608
        db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608


def db_columns(db: Database, table: str) -> dict[str, bool]:
    """Column -> whether it needs a value; none when there is no such table."""
    return {name: bool(needed) for name, needed in db.execute(COLUMNS, [table]).fetchall()}
