"""Entries whose text came from their pages: they keep it when their source edits them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from aggregator.model import Entry
from aggregator.store.columns import values
from aggregator.store.compressed import whole_texts
from aggregator.store.connection import Database

LATEST = 1000  # entries of a source; what a document still has is among them
# A value that contains "article": has its quotes escaped.
ASKED = """
SELECT uid FROM (
    SELECT uid, more FROM entries WHERE source = ? ORDER BY published DESC, title DESC LIMIT ?
) WHERE more LIKE '%"article":%'
"""
STORED = """
SELECT uid, source, summary, body, compressed, more FROM entries
WHERE source = :source AND uid IN (SELECT value FROM json_each(:uids)) AND more LIKE '%"article":%'
"""
IN_VAIN = """
UPDATE entries SET more = json_set(more, '$.article', 'none')
WHERE source = ? AND uid = ? AND json_valid(more)
"""


class Articles:
    def __init__(self, db: Database) -> None:
        self.db = db

    def asked(self, source: str) -> frozenset[str]:
        """Ids of the latest entries whose pages were asked, with or without success."""
        return frozenset(each[0] for each in self.db.execute(ASKED, [source, LATEST]).fetchall())


def with_articles(
    db: Database, source: str, entries: Iterable[Entry], known: Mapping[str, str]
) -> list[Entry]:
    """Those of `entries` that must be written, with the texts of pages that were stored before.

    `known`: digests of stored entries by id. Records at once what changes nothing that readers see.
    """
    given = [entry for entry in entries if known.get(entry.uid) != entry.digest or entry.article]
    stored = stored_articles(db, source, [entry.uid for entry in given if entry.uid in known])
    found = []
    for entry in given:
        before = stored.get(entry.uid, {})
        mark = values(before, "more").get("article", "") if before else ""
        if known.get(entry.uid) != entry.digest or (entry.article == "text" and mark != "text"):
            found.append(merged(entry, mark, before))
        elif entry.article == "none" and not mark:
            db.execute(IN_VAIN, [source, entry.uid])
    return found


def stored_articles(db: Database, source: str, uids: list[str]) -> dict[str, dict[str, Any]]:
    if not uids:
        return {}
    return {each["uid"]: each for each in db.query(STORED, {"source": source, "uids": json.dumps(uids)})}


def merged(entry: Entry, mark: str, before: dict[str, Any]) -> Entry:
    if entry.article == "text" or not mark:
        return entry
    if mark == "text":
        body = whole_texts(before)["body"]  # none: the disk has damaged it, and the page is asked again
        return replace(entry, article="text", body=body) if body else entry
    return replace(entry, article="none")
