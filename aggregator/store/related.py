"""Related stories: for each story, the others of its affair that it lists."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from aggregator.model import Related
from aggregator.store.columns import id_list, moment_of_stamp
from aggregator.store.connection import Database
from aggregator.text.titles import shown_title

MOST = 10  # per story
# Finds each row's neighbours through the index, since an affair may have thousands of stories.
NEAR = """
SELECT own.id AS story, own.published AS own, other.id, other.published
FROM stories AS own JOIN stories AS other ON other.id IN (
    SELECT id FROM stories WHERE affair = own.affair AND (published, id) {than} (own.published, own.id)
    AND id NOT IN (SELECT story FROM aliases) AND id IN (SELECT story FROM members)
    ORDER BY published {order}, id {order} LIMIT :most
)
WHERE own.id IN (SELECT value FROM json_each(:stories))
"""
BEFORE, BEHIND = NEAR.format(than="<", order="DESC"), NEAR.format(than=">", order="ASC")
# If a person moved the lead elsewhere, the first report leads, as in with_reports().
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
    """For each of these rows of `stories` that has related stories, the nearest in time, oldest first."""
    stories = id_list(row["id"] for row in rows)
    near: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for query in (BEFORE, BEHIND):
        for each in db.query(query, {"stories": stories, "most": MOST}):
            near[each["story"]].append(each)
    if not near:
        return {}
    chosen = {story: nearest(found) for story, found in near.items()}
    wanted = {number for numbers in chosen.values() for number in numbers}
    named = {each["number"]: one(each) for each in db.query(NAMED, {"stories": id_list(wanted)})}
    # Another process may have pruned one since.
    return {
        story: tuple(named[each] for each in numbers if each in named) for story, numbers in chosen.items()
    }


def linked_stories(db: Database, stories: Iterable[int]) -> set[int]:
    """At least all that these stories list."""
    asked = {"stories": id_list(stories), "most": MOST}
    return {each["id"] for query in (BEFORE, BEHIND) for each in db.query(query, asked)}


def nearest(found: list[dict[str, Any]]) -> list[int]:
    """Numbers, oldest first; of two equally near stories, the older counts as nearer."""

    def age(each: dict[str, Any]) -> tuple[str, int]:
        return each["published"], each["id"]

    def distance(each: dict[str, Any]) -> tuple[object, ...]:
        return abs(moment_of_stamp(each["published"]) - moment_of_stamp(each["own"])), *age(each)

    return [each["id"] for each in sorted(sorted(found, key=distance)[:MOST], key=age)]


def one(row: dict[str, Any]) -> Related:
    published = moment_of_stamp(row["published"])
    return Related(
        number=row["number"],
        guid=row["guid"],
        title=shown_title(row["title"], row["lede"], row["url"], row["source"], published),
        url=row["url"],
        source=row["source"],
        published=published,
        language=row["language"],
    )
