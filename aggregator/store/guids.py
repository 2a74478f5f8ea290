"""The ids that readers see: made once, when a story is founded, and never again."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import count
from json import dumps
from uuid import UUID, uuid5

from aggregator.store.columns import id_list
from aggregator.store.connection import Database
from aggregator.store.pruned import Pruned

NAMESPACE = UUID("6f0a2f5e-5d43-5c0b-9f0e-2f8e9d1c7a11")  # of our story ids; must never change
# RFC 4287 4.2.6: an id is an IRI; RFC 8141 and RFC 4151 define these. Validators reject others.
CHARACTER = r"(?:%[0-9a-f]{2}|[!$&-;=?-Z_a-z~\xa1-\ud7ff\U00010000-\U000efffd])"
PERMANENT = (
    rf"(?:https?://[a-z0-9]|urn:[a-z0-9][a-z0-9-]{{0,30}}[a-z0-9]:|tag:[a-z0-9.@_-]+,\d{{4}}(?:-\d\d){{0,2}}:)"
    rf"{CHARACTER}{{0,2000}}(?:#{CHARACTER}{{0,2000}})?"
)


def guids(db: Database, entries: Iterable[int]) -> dict[int, str]:
    """An entry's own id, if it is an IRI that no other story has; otherwise one derived from it.

    Derived, not random: a rebuild from the same entries yields the same ids. A part of a story that was
    published under its own id keeps that id when it becomes a story.
    """
    named = db.execute(
        "SELECT id, source, coalesce(nullif(upstream, ''), uid) FROM entries"
        " WHERE id IN (SELECT value FROM json_each(?))",
        [id_list(entries)],
    )
    names = {entry: (source, uid) for entry, source, uid in named.fetchall()}
    own = parts_of(db, names)
    first = {entry: own.get(entry) or first_guid(*name) for entry, name in names.items()}
    taken = taken_of(db, list(first.values()), own)
    chosen = {}
    for entry in sorted(names):
        guid = first[entry]
        if guid in taken:
            guid = free_guid(db, guid_candidates(entry, *names[entry]), own, taken)
        chosen[entry] = guid
        taken.add(guid)
    return chosen


def free_guid(db: Database, wanted: list[str], own: dict[int, str], taken: set[str]) -> str:
    """The first of the wanted ids that no other story has; for an entry split off again, a further one."""
    free = (guid for guid in wanted if guid not in taken and not taken_of(db, [guid], own))
    further = (uuid5(UUID(wanted[-1]), str(number)).urn for number in count(2))
    return next(free, "") or next(guid for guid in further if not taken_of(db, [guid], {}))


def taken_of(db: Database, guids: list[str], own: dict[int, str]) -> set[str]:
    """`own`: ids of parts that are now becoming stories and may use them."""
    found = db.execute(
        "SELECT guid, 0 FROM stories WHERE guid IN (SELECT value FROM json_each(:guids))"
        " UNION SELECT guid, entry FROM parts WHERE guid IN (SELECT value FROM json_each(:guids))",
        {"guids": dumps(guids)},
    )
    return {guid for guid, entry in found.fetchall() if entry not in own} | Pruned(db).taken(guids)


@cache
def permanent() -> re.Pattern[str]:
    """Compiled when a story is founded: that takes as long as the visits of ten sources."""
    return re.compile(PERMANENT, re.IGNORECASE)


def another(db: Database, last: str) -> str:
    """A further id for an entry that was split off from a story more than once."""
    guids = (uuid5(UUID(last), str(number)).urn for number in count(2))
    return next(guid for guid in guids if not taken_of(db, [guid], {}))


def parts_of(db: Database, entries: Iterable[int]) -> dict[int, str]:
    found = db.execute(
        "SELECT entry, guid FROM parts WHERE entry IN (SELECT value FROM json_each(?))", [id_list(entries)]
    )
    return dict(found.fetchall())


def first_guid(source: str, uid: str) -> str:
    """The first of guid_candidates(), which hardly ever need the others."""
    return uid if permanent().fullmatch(uid) else uuid5(NAMESPACE, f"{source}\n{uid}").urn


def guid_candidates(entry: int, source: str, uid: str) -> list[str]:
    """Ids for a story founded by the entry, best first."""
    own = uuid5(NAMESPACE, f"{source}\n{uid}")
    return [*([uid] if permanent().fullmatch(uid) else []), own.urn, uuid5(own, str(entry)).urn]
