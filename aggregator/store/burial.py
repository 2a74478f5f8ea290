"""Removes entries, and keeps of each what it takes to know it again."""

from collections.abc import Iterable, Iterator
from typing import Any

from aggregator.store.columns import id_list, moment_of_stamp
from aggregator.store.connection import Database
from aggregator.store.entry_rows import enclosure_addresses
from aggregator.store.pruned import key, likeness_keys, sound_traits, told
from aggregator.store.traits import Traits, packed
from aggregator.stories import fingerprint
from aggregator.stories.repeated_ids import MARK

DEPARTING = "SELECT * FROM entries WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
DETACH = """
UPDATE OR REPLACE pruned_keys SET number = -number
WHERE number > 0 AND number NOT IN (SELECT number FROM pruned)
"""
ADD_KEY = "INSERT OR IGNORE INTO pruned_keys (key, moment, number) VALUES (?, ?, ?)"
# The number of the newest row of the index must not be given again.
REMOVE = (
    "UPDATE searchable SET entry = -row WHERE entry IN (SELECT value FROM json_each(:entries))"
    " AND row = (SELECT max(row) FROM searchable)",
    "DELETE FROM searchable WHERE entry IN (SELECT value FROM json_each(:entries))",
    "DELETE FROM unsearchable WHERE entry IN (SELECT value FROM json_each(:entries))",
    "DELETE FROM entries WHERE id IN (SELECT value FROM json_each(:entries))",
)


def bury(db: Database, entries: Iterable[int], guids: Iterable[tuple[int, str]] = ()) -> None:
    """Removes entries to which no other table refers. `guids`: ids that readers have seen, each with one of
    these entries, whose source it counts for. Within a transaction."""
    asked = id_list(entries)
    names: dict[int, list[str]] = {}
    for entry, guid in guids:
        names.setdefault(entry, []).append(guid)
    for row in list(db.query(DEPARTING, [asked])):
        remember(db, row, names.get(row["id"], ()))
    for statement in REMOVE:
        db.execute(statement, {"entries": asked})


def remember(db: Database, row: dict[str, Any], guids: Iterable[str]) -> None:
    traits = lasting_traits(row)
    added = db.execute("INSERT INTO pruned (source, traits) VALUES (?, ?)", [row["source"], packed(traits)])
    names = {key("id", row["source"], row["uid"]), *(key("guid", each) for each in guids)}
    keys = {*((each, 0) for each in names), *keys_of_traits(row, traits)}
    db.conn.executemany(ADD_KEY, [(*each, added.lastrowid) for each in keys])


def keys_of_traits(row: dict[str, Any], traits: Traits) -> Iterator[tuple[int, int]]:
    """All but those of ids, each with its moment. `row`: what likeness_keys() and told() read of an entry."""
    for level, found in likeness_keys(row).items():
        yield found, traits.published if level == "same item" else 0
    if row["title"]:
        yield told(row), 0
    if traits.uid:
        yield key("kin", row["source"], traits.uid.partition(MARK)[0]), 0


def restore_keys(db: Database) -> None:
    """Makes lost keys of pruned entries anew, except those of ids, which are kept nowhere else.

    A key whose entry is lost still knows its id, but never leads to an entry that is pruned later.
    """
    db.execute(DETACH)
    for number, source, data in db.execute("SELECT number, source, traits FROM pruned"):
        for traits in sound_traits(number, data):
            row = {"source": source, "title": traits.title, "lede": traits.text, "page": traits.page}
            row["fingerprint"] = fingerprint(traits.title, traits.text)
            keys = [(*each, number) for each in keys_of_traits(row, traits)]
            db.conn.executemany(ADD_KEY, keys)


def lasting_traits(row: dict[str, Any]) -> Traits:
    return Traits(
        title=row["title"],
        text=row["lede"],
        page=row["page"],
        published=int(moment_of_stamp(row["published"]).timestamp()),
        dated=bool(row["dated"]),
        files=enclosure_addresses(row),
        digest=row["digest"],
        uid=row["uid"] if MARK in row["uid"] else "",
    )
