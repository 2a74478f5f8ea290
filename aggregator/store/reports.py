"""Reads stories with all their reports and the sources of these."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from json import dumps
from typing import Any

from aggregator.model import Report, Story
from aggregator.store.columns import id_list, moment_of_stamp, moment_or_none, stamp, texts
from aggregator.store.connection import Database
from aggregator.store.entry_rows import entry
from aggregator.store.related import related
from aggregator.store.versions import versions
from aggregator.stories.lead import publisher
from aggregator.stories.versions import outdated
from aggregator.text.urls import shareable

CHUNK = 200  # stories read at a time
# Skips stories that cannot be in an output before reading their reports; publish/ decides on the rest.
FLOOR = "SELECT published FROM stories ORDER BY published DESC LIMIT 1 OFFSET :reach"
RECENT = """
SELECT * FROM stories
WHERE id NOT IN (SELECT story FROM aliases)
AND published >= :floor AND (published, id) < (:published, :id)
AND (:reports = 1 OR :reports <= (SELECT count(*) FROM members WHERE story = stories.id))
AND (:sources = '[]' OR EXISTS (
    SELECT 1 FROM members JOIN entries ON entries.id = members.entry
    WHERE members.story = stories.id AND entries.source IN (SELECT value FROM json_each(:sources))
))
ORDER BY published DESC, id DESC LIMIT :limit
"""
NUMBERED = """
SELECT * FROM stories WHERE id BETWEEN :first AND :last AND id NOT IN (SELECT story FROM aliases)
AND id IN (SELECT story FROM members)
ORDER BY published DESC, id DESC
"""
REPORTS = """
SELECT entries.*, members.story, sources.title AS source_title, sources.url AS source_url,
    sources.address, sources.kind, sources.name, sources.tags AS source_tags
FROM members
JOIN entries ON entries.id = members.entry
JOIN sources ON sources.name = entries.source
WHERE members.story IN (SELECT value FROM json_each(:stories))
AND entries.id NOT IN (SELECT value FROM json_each(:outdated))
ORDER BY entries.published, entries.source, entries.uid
"""


def newest_stories(db: Database, limit: int) -> list[Story]:
    """The newest stories with all their reports, newest first."""
    return list(islice(recent(db, limit), limit))


def recent(
    db: Database,
    reach: int,
    chunk: int = CHUNK,
    *,
    reports: int = 1,
    sources: Iterable[str] = (),
    since: datetime | None = None,
) -> Iterator[Story]:
    """The newest `reach` stories that have at least `reports` reports, one of `sources`; newest first."""
    floor = db.execute(FLOOR, {"reach": reach}).fetchone()
    values = {
        "floor": max(floor[0] if floor else "", stamp(since) if since else ""),
        "limit": chunk,
        "reports": reports,
        "sources": dumps(list(sources)),
        "published": "9999",
        "id": 0,
    }
    while rows := list(db.query(RECENT, values)):
        yield from with_reports(db, rows)
        if len(rows) < chunk:
            break
        values |= {"published": rows[-1]["published"], "id": rows[-1]["id"]}


def stories_numbered(db: Database, first: int, last: int) -> list[Story]:
    """The stories with these numbers, newest first."""
    return list(with_reports(db, list(db.query(NUMBERED, {"first": first, "last": last}))))


def with_reports(db: Database, rows: list[dict[str, Any]]) -> Iterator[Story]:
    """Where a source published a report again, the newest version replaces the earlier ones."""
    stories = {row["id"] for row in rows}
    reports = reports_of(db, stories, versions(db, stories))
    linked = related(db, rows)
    for row in rows:
        members = reports.get(row["id"])
        if not members:  # pruned since its row was read
            continue
        lead = next((one for one in members if row["lead"] in (one.number, *one.earlier)), members[0])
        yield Story(
            number=row["id"],
            guid=row["guid"],
            published=moment_of_stamp(row["published"]),
            updated=moment_of_stamp(row["updated"]),
            changed=moment_of_stamp(row["changed"]),
            lead=lead,
            others=tuple(one for one in members if one is not lead),
            joined=moment_or_none(row["joined"]),
            revised=moment_or_none(row["revised"]),
            related=linked.get(row["id"], ()),
        )


def reports_of(
    db: Database, stories: Iterable[int], versions: dict[int, tuple[int, ...]]
) -> dict[int, list[Report]]:
    """All reports of these stories, oldest first, except earlier `versions` of others."""
    found: dict[int, list[Report]] = {}
    for each in db.query(REPORTS, {"stories": id_list(stories), "outdated": id_list(outdated(versions))}):
        found.setdefault(each["story"], []).append(report(each, versions.get(each["id"], ())))
    return found


def report(row: dict[str, Any], earlier: tuple[int, ...]) -> Report:
    kept = entry(row)
    addresses = (row["address"], row["source_url"]) if row["kind"] == "url" else ()
    return Report(
        entry=kept,
        number=row["id"],
        source_title=row["source_title"] or row["name"],
        source_url=row["source_url"],
        feed_url=shareable(row["address"]) if row["kind"] == "url" else "",
        tags=texts(row, "source_tags"),
        earlier=earlier,
        publisher=publisher(kept.source, addresses, kept.page, kept.via_url),
    )
