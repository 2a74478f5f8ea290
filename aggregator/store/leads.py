"""What leads a story and who tells it, as it is written down: once, when the story comes out."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from aggregator.leads import Candidate, lead
from aggregator.store.damage import values
from aggregator.store.numbers import json
from aggregator.store.stamps import stamp

CANDIDATES = """
SELECT members.story, entries.id AS entry, entries.source, uid, published,
    length(body) + length(summary) AS length, entries.page, more,
    sources.kind, sources.address, sources.url, sources.priority
FROM members
JOIN entries ON entries.id = members.entry
JOIN sources ON sources.name = entries.source
WHERE members.story IN (SELECT value FROM json_each(:stories))
"""
# What came out before publishers were counted has no count yet: the first one is no news.
COUNT = """
UPDATE stories SET
    joined = CASE WHEN witnesses < :witnesses THEN :now ELSE joined END,
    witnesses = :witnesses
WHERE id = :story AND witnesses IS NOT :witnesses
"""


def settle_leads(db: Database, new: Collection[int], grown: Collection[int], now: datetime) -> None:
    """New stories get their lead; of the others it is noted when a further publisher has joined them."""
    found: dict[int, list[Candidate]] = {}
    for row in db.query(CANDIDATES, {"stories": json({*new, *grown})}):
        found.setdefault(row["story"], []).append(candidate(row))
    leads = [(lead(found[story]).entry, story) for story in new if len(found.get(story, ())) > 1]
    db.conn.executemany("UPDATE stories SET lead = ? WHERE id = ?", leads)
    counts = [
        {"story": story, "witnesses": len({each.publisher for each in each_of}), "now": stamp(now)}
        for story, each_of in found.items()
    ]
    db.conn.executemany(COUNT, counts)


def candidate(row: dict[str, Any]) -> Candidate:
    more = values(row, "more")
    return Candidate(
        **{key: row[key] for key in ("entry", "source", "uid", "published", "length", "page", "priority")},
        via_title=more.get("via_title", ""),
        via_url=more.get("via_url", ""),
        addresses=(row["address"], row["url"]) if row["kind"] == "url" else (),
    )
