"""Removes entries, and keeps of each what it takes to know it again."""

from collections.abc import Iterable
from typing import Any

from aggregator.store.columns import id_list, moment_of_stamp
from aggregator.store.connection import Database
from aggregator.store.entry_rows import enclosure_addresses
from aggregator.store.pruned import key, likeness_keys, told
from aggregator.store.traits import Traits, packed
from aggregator.stories.repeated_ids import MARK

DEPARTING = "SELECT * FROM entries WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
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
    keys = likeness_keys(row)
    plain = {key("id", row["source"], row["uid"]), *(key("guid", each) for each in guids)}
    if "same item" in keys:
        db.execute(ADD_KEY, [keys.pop("same item"), traits.published, added.lastrowid])
        plain.add(told(row))
    if traits.uid:
        plain.add(key("kin", row["source"], traits.uid.partition(MARK)[0]))
    db.conn.executemany(ADD_KEY, [(each, 0, added.lastrowid) for each in (*plain, *keys.values())])


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
