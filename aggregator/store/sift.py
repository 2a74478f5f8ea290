"""Which entries of a document are new to the store, and which have changed."""

from collections.abc import Iterable, Mapping

from aggregator.model import Entry
from aggregator.store.connection import Database
from aggregator.store.echoes import echoes, listed_echoes
from aggregator.store.pruned import Pruned


def still_wanted(db: Database, source: str, latest: Iterable[Entry], known: Mapping[str, str]) -> list[Entry]:
    """Without pruned entries and our own that come back. `known`: digests of stored entries by id."""
    entries = {entry.uid: entry for entry in latest}
    for uid in Pruned(db).known(source, entries.keys() - known.keys()):
        del entries[uid]
    new = [each for uid, each in entries.items() if uid not in known]
    for uid in {*echoes(db, source, new), *listed_echoes(db, source, new)}:
        del entries[uid]
    return list(entries.values())


def sift(entries: Iterable[Entry], known: Mapping[str, str]) -> tuple[list[Entry], list[Entry]]:
    """New entries and changed ones."""
    given = list(entries)
    new = [each for each in given if each.uid not in known]
    return new, [each for each in given if each.uid in known and known[each.uid] != each.digest]
