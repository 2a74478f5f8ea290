"""The other stories of an affair, as each of its stories names them."""

from collections import defaultdict
from typing import Any

from sqlite_utils import Database

from aggregator.model import Related
from aggregator.store.numbers import json
from aggregator.store.stamps import moment

MOST = 10  # that one story names
AFFAIRS = """
SELECT id, affair, published FROM stories
WHERE affair IN (SELECT value FROM json_each(:affairs))
AND id NOT IN (SELECT story FROM aliases) AND id IN (SELECT story FROM members)
ORDER BY published, id
"""
# A lead that a person has put elsewhere leads no more: then it is the first report, as in with_reports().
NAMED = """
SELECT stories.id AS number, guid, stories.published, entries.title, lede, entries.url, entries.language,
    coalesce(nullif(sources.title, ''), sources.name) AS source
FROM stories
JOIN entries ON entries.id = coalesce(
    (SELECT entry FROM members WHERE entry = stories.lead AND story = stories.id),
    (SELECT own.id FROM members JOIN entries AS own ON own.id = members.entry
    WHERE story = stories.id ORDER BY own.published, own.source, own.uid LIMIT 1)
)
JOIN sources ON sources.name = entries.source
WHERE stories.id IN (SELECT value FROM json_each(:stories))
"""


def related(db: Database, rows: list[dict[str, Any]]) -> dict[int, tuple[Related, ...]]:
    """Of each of these rows of `stories` that has company the nearest in time, oldest first."""
    affairs: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for each in db.query(AFFAIRS, {"affairs": json({row["affair"] for row in rows})}):
        affairs[each["affair"]].append(each)
    chosen = {row["id"]: nearest(row["id"], affairs[row["affair"]]) for row in rows}
    wanted = {number for numbers in chosen.values() for number in numbers}
    if not wanted:
        return {}
    named = {each["number"]: one(each) for each in db.query(NAMED, {"stories": json(wanted)})}
    return {story: tuple(named[number] for number in numbers) for story, numbers in chosen.items()}


def nearest(story: int, affair: list[dict[str, Any]]) -> list[int]:
    """Numbers, in the order of the affair; of two that are equally near the older."""
    place = next((place for place, each in enumerate(affair) if each["id"] == story), None)
    if place is None or len(affair) == 1:
        return []
    own = moment(affair[place]["published"])
    first = max(0, place - MOST)
    around = [at for at in range(first, min(len(affair), place + MOST + 1)) if at != place]
    around.sort(key=lambda at: (abs(moment(affair[at]["published"]) - own), at))
    return [affair[at]["id"] for at in sorted(around[:MOST])]


def one(row: dict[str, Any]) -> Related:
    return Related(
        number=row["number"],
        guid=row["guid"],
        title=row["title"] or " ".join(row["lede"].split()[:12]) or "Untitled",
        url=row["url"],
        source=row["source"],
        published=moment(row["published"]),
        language=row["language"],
    )
