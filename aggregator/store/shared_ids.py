"""Stored and pruned entries whose id is, or was, shared by several entries of a document."""

from collections import Counter
from collections.abc import Sequence
from json import dumps

from aggregator.model import Entry
from aggregator.store.columns import moment_of_stamp
from aggregator.store.connection import Database
from aggregator.store.pruned import Pruned
from aggregator.stories.repeated_ids import MARK, Kin

# CROSS JOIN: one index lookup per id, whatever SQLite estimates.
DIVIDED = """
SELECT DISTINCT value FROM json_each(:uids) CROSS JOIN entries
ON source = :source AND uid > value || :mark AND uid < value || :beyond
"""
FILES = """
CASE WHEN json_valid(more) THEN (
    SELECT group_concat(atom, char(10)) FROM json_tree(more, '$.enclosures') WHERE key = 'url'
) END AS files
"""
KIN = f"""
SELECT value AS given, uid, digest, page, title, published, dated, {FILES}
FROM json_each(:uids) CROSS JOIN entries ON source = :source AND uid = value
UNION ALL
SELECT value AS given, uid, digest, page, title, published, dated, {FILES}
FROM json_each(:uids) CROSS JOIN entries
ON source = :source AND uid > value || :mark AND uid < value || :beyond
"""  # noqa: S608
BEYOND = MARK[:-1] + chr(ord(MARK[-1]) + 1)  # sorts directly after everything that begins with the mark


def bearers_of(db: Database, source: str, entries: Sequence[Entry]) -> dict[str, list[Kin]]:
    """Such entries by the id that documents use; only for ids that do not identify one entry."""
    bearers = Counter(entry.uid for entry in entries)
    names = {"source": source, "mark": MARK, "beyond": BEYOND}
    divided = {each[0] for each in db.execute(DIVIDED, {"uids": dumps(list(bearers)), **names}).fetchall()}
    divided |= Pruned(db).divided(source, bearers)
    doubtful = [uid for uid, count in bearers.items() if count > 1 or uid in divided]
    found: dict[str, list[Kin]] = {}
    if doubtful:
        for each in db.query(KIN, {"uids": dumps(doubtful), **names}):
            when = moment_of_stamp(each["published"]) if each["dated"] else None
            plain = {name: each[name] for name in ("uid", "digest", "page", "title")}
            known = Kin(**plain, when=when, files=each["files"] or "")
            found.setdefault(each["given"], []).append(known)
        for given, known in Pruned(db).kin(source, doubtful):
            found.setdefault(given, []).append(known)
    return found
