"""Which entries of a document are new to the store, and which have changed."""

from collections.abc import Iterable, Mapping

from sqlite_utils import Database

from aggregator.model import Entry
from aggregator.store.echoes import echoes


def sift(
    db: Database, source: str, latest: Iterable[Entry], known: Mapping[str, str]
) -> tuple[list[Entry], list[Entry]]:
    """New entries and changed ones. `known`: the digests of stored entries by id."""
    entries = {entry.uid: entry for entry in latest}
    for uid in echoes(db, source, [each for uid, each in entries.items() if uid not in known]):
        del entries[uid]
    new = [each for uid, each in entries.items() if uid not in known]
    return new, [each for uid, each in entries.items() if uid in known and known[uid] != each.digest]
