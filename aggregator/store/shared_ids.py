"""Stored and pruned entries whose id is, or was, shared by several entries."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from json import dumps
from typing import Any

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
# Local files have their ids from us: there a new text is an edit.
IS_URL = "SELECT 1 FROM sources WHERE name = ? AND kind = 'url'"
EDITED = f"""
SELECT uid, title, lede, page, published, dated, {FILES} FROM json_each(:digests) AS given CROSS JOIN entries
ON source = :source AND uid = given.key
WHERE digest <> given.value
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
            plain = {name: each[name] for name in ("uid", "digest", "page", "title")}
            known = Kin(**plain, when=when_of(each), files=each["files"] or "")
            found.setdefault(each["given"], []).append(known)
        for given, known in Pruned(db).kin(source, doubtful):
            found.setdefault(given, []).append(known)
    return found


def reused_ids(db: Database, source: str, entries: Sequence[Entry]) -> set[str]:
    """The ids under which other entries are stored, or were until they were pruned, than these."""
    if not db.execute(IS_URL, [source]).fetchone():
        return set()
    given = {entry.uid: entry for entry in entries}
    digests = dumps({uid: entry.digest for uid, entry in given.items()})
    edited = list(db.query(EDITED, {"source": source, "digests": digests}))
    pruned = [(uid, one) for uid, one in Pruned(db).bearers(source, given) if one.digest != given[uid].digest]
    if not edited and not pruned:
        return set()
    # Comparing texts takes longer to load than a refresh that brings no edits.
    from aggregator.stories.reused_ids import Stored, is_another

    known = [
        (each["uid"], Stored(each["title"], each["lede"], each["page"], when_of(each), files_of(each)))
        for each in edited
    ]
    known += [(uid, Stored(one.title, one.text, one.page, one.when, one.files)) for uid, one in pruned]
    return {uid for uid, each in known if is_another(given[uid], each)}


def files_of(each: dict[str, Any]) -> tuple[str, ...]:
    return tuple((each["files"] or "").splitlines())


def when_of(each: dict[str, Any]) -> datetime | None:
    return moment_of_stamp(each["published"]) if each["dated"] else None
