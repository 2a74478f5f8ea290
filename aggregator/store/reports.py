"""Stories as they are read: with all their reports and who published them."""

from collections.abc import Iterator
from json import loads
from typing import Any

from sqlite_utils import Database

from aggregator.model import Report, Story
from aggregator.store.entries import entry
from aggregator.store.numbers import json
from aggregator.store.stamps import moment

NEWEST = """
SELECT * FROM stories
WHERE id NOT IN (SELECT story FROM aliases)
ORDER BY published DESC, id DESC LIMIT :limit
"""
REPORTS = """
SELECT entries.*, members.story, sources.title AS source_title, sources.url AS source_url,
    sources.address, sources.kind, sources.name, sources.tags AS source_tags
FROM members
JOIN entries ON entries.id = members.entry
JOIN sources ON sources.name = entries.source
WHERE members.story IN (SELECT value FROM json_each(:stories))
ORDER BY entries.published, entries.source, entries.uid
"""


def newest(db: Database, limit: int) -> list[Story]:
    """The newest stories with all their reports, newest first."""
    return list(with_reports(db, list(db.query(NEWEST, {"limit": limit}))))


def with_reports(db: Database, rows: list[dict[str, Any]]) -> Iterator[Story]:
    reports: dict[int, list[Report]] = {}
    for each in db.query(REPORTS, {"stories": json(row["id"] for row in rows)}):
        reports.setdefault(each["story"], []).append(report(each))
    for row in rows:
        members = reports[row["id"]]
        lead = next((one for one in members if one.number == row["lead"]), members[0])
        yield Story(
            number=row["id"],
            guid=row["guid"],
            published=moment(row["published"]),
            updated=moment(row["updated"]),
            changed=moment(row["changed"]),
            lead=lead,
            others=tuple(one for one in members if one is not lead),
        )


def report(row: dict[str, Any]) -> Report:
    return Report(
        entry=entry(row),
        number=row["id"],
        source_title=row["source_title"] or row["name"],
        source_url=row["source_url"],
        feed_url=row["address"] if row["kind"] == "url" else "",
        tags=tuple(loads(row["source_tags"])),
    )
