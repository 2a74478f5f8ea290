"""Story -> a mark of all that its page shows: the page is made again only when the mark is another one.

Made of digests and times in the database, without reading the stories: each publication looks at a thousand
pages, of which two or three have changed.
"""

from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from aggregator.store.columns import id_list
from aggregator.store.connection import Database

OWN = "SELECT * FROM stories WHERE id IN (SELECT value FROM json_each(:stories))"
# `other`: the report that this one was compared with, whose headline the page names.
REPORTS = """
SELECT members.story, members.*, entries.digest, entries.changed, other.digest AS compared,
    sources.title, sources.url, sources.address, sources.tags
FROM members
JOIN entries ON entries.id = members.entry
JOIN sources ON sources.name = entries.source
LEFT JOIN entries AS other ON other.id = members.other
WHERE members.story IN (SELECT value FROM json_each(:stories))
ORDER BY members.story, members.entry
"""
JOINED = """
SELECT into_story AS story, aliases.story AS number, at, reason FROM aliases
WHERE into_story IN (SELECT value FROM json_each(:stories)) ORDER BY aliases.story
"""
# The page names some stories of its affair: any change of any of them counts.
AFFAIRS = """
SELECT affair AS story, count(*), max(changed), max(updated), max(published), total(lead) FROM stories
WHERE affair IN (SELECT affair FROM stories WHERE id IN (SELECT value FROM json_each(:stories)))
AND id NOT IN (SELECT story FROM aliases)
GROUP BY affair
"""


SOURCES = "SELECT name, title, tags FROM sources ORDER BY name"
"""Related stories are named with their sources, and the filters of an output ask for tags."""


class PageMark(NamedTuple):
    mark: str
    affair: int
    joined: tuple[int, ...]
    """Numbers of the stories that went into this one."""


def page_marks(db: Database, stories: Iterable[int]) -> dict[int, PageMark]:
    """Only for stories that exist and have reports."""
    asked = {"stories": id_list(stories)}
    facts: defaultdict[int, list[object]] = defaultdict(list)
    for row in db.execute(REPORTS, asked):
        facts[row[0]].append(row)
    sources = sha256(repr(db.execute(SOURCES).fetchall()).encode()).hexdigest()
    affairs = {row[0]: (row, sources if row[1] > 1 else "") for row in db.execute(AFFAIRS, asked)}
    joined: defaultdict[int, list[int]] = defaultdict(list)
    for row in db.execute(JOINED, asked):
        facts[row[0]].append(row)
        joined[row[0]].append(row[1])
    return {
        row["id"]: PageMark(
            sha256(repr((row, affairs.get(row["affair"]), facts[row["id"]])).encode()).hexdigest(),
            row["affair"],
            tuple(joined[row["id"]]),
        )
        for row in db.query(OWN, asked)
        if row["id"] in facts
    }
