"""Stores a story's lead, decided once when it is first published, and how many publishers report it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from aggregator.store.columns import id_list, stamp, values
from aggregator.store.compressed import TEXT
from aggregator.store.connection import Database
from aggregator.store.versions import versions
from aggregator.stories.lead import LeadCandidate, lead
from aggregator.stories.revision import tells_news
from aggregator.stories.versions import current, outdated

CANDIDATES = """
SELECT members.story, entries.id AS entry, entries.source, uid, published,
    entry_length(summary, body, compressed) AS length, entries.page, more,
    sources.kind, sources.address, sources.url, sources.priority
FROM members
JOIN entries ON entries.id = members.entry
JOIN sources ON sources.name = entries.source
WHERE members.story IN (SELECT value FROM json_each(:stories))
AND entries.id NOT IN (SELECT value FROM json_each(:outdated))
"""
ALONE = """
SELECT story FROM members WHERE story IN (SELECT value FROM json_each(?)) GROUP BY story HAVING count(*) = 1
"""
LEADS = f"""
SELECT stories.id AS story, lead, title, {TEXT} AS text
FROM stories JOIN entries ON entries.id = lead
WHERE stories.id IN (SELECT value FROM json_each(:stories))
AND lead IN (SELECT value FROM json_each(:outdated))
"""  # noqa: S608
WORDS = f"SELECT title, {TEXT} FROM entries WHERE id = ?"  # noqa: S608
FOLLOW = "UPDATE stories SET lead = :lead, revised = coalesce(:revised, revised) WHERE id = :story"
# Stories older than the count of publishers have none yet: their first count is not an update.
COUNT = """
UPDATE stories SET
    joined = CASE WHEN witnesses < :witnesses THEN :now ELSE joined END,
    witnesses = :witnesses
WHERE id = :story AND witnesses IS NOT :witnesses
"""


def settle_leads(db: Database, new: Collection[int], grown: Collection[int], now: datetime) -> None:
    """Chooses the lead of new stories; notes when a further publisher has joined an older one.

    When its source has published a lead again, the newest version leads.
    """
    touched = {*new, *grown}
    alone = of_one_report(db, touched)
    several = touched - alone
    known = versions(db, several)
    follow_leads(db, several, known, now)
    found: dict[int, list[LeadCandidate]] = {}
    asked = {"stories": id_list(several), "outdated": id_list(outdated(known))}
    for row in db.query(CANDIDATES, asked):
        found.setdefault(row["story"], []).append(candidate(row))
    leads = [
        (lead(each_of).entry, story)
        for story, each_of in found.items()
        if story in new and (len(each_of) > 1 or each_of[0].entry in known)
    ]
    db.conn.executemany("UPDATE stories SET lead = ? WHERE id = ?", leads)
    witnesses = {story: len({each.publisher for each in each_of}) for story, each_of in found.items()}
    counts = [
        {"story": story, "witnesses": witnesses.get(story, 1), "now": stamp(now)}
        for story in (*found, *sorted(alone))
    ]
    db.conn.executemany(COUNT, counts)


def of_one_report(db: Database, stories: Collection[int]) -> set[int]:
    """Most stories: their text need not be read."""
    found = db.execute(ALONE, [id_list(stories)])
    return {each[0] for each in found.fetchall()}


def follow_leads(
    db: Database, stories: Collection[int], known: dict[int, tuple[int, ...]], now: datetime
) -> None:
    """Replaces leads by their newest versions; a rewritten one counts as an edit."""
    asked = {"stories": id_list(stories), "outdated": id_list(outdated(known))}
    rows = []
    for each in list(db.query(LEADS, asked)):
        lead = current(each["lead"], known)
        after = db.execute(WORDS, [lead]).fetchone()
        revised = stamp(now) if tells_news((each["title"], each["text"]), after) else None
        rows.append({"story": each["story"], "lead": lead, "revised": revised})
    db.conn.executemany(FOLLOW, rows)


def candidate(row: dict[str, Any]) -> LeadCandidate:
    more = values(row, "more")
    return LeadCandidate(
        **{key: row[key] for key in ("entry", "source", "uid", "published", "length", "page", "priority")},
        via_title=more.get("via_title", ""),
        via_url=more.get("via_url", ""),
        addresses=(row["address"], row["url"]) if row["kind"] == "url" else (),
    )
