"""Later versions of reports, derived from their placements."""

from collections.abc import Iterable

from aggregator.store.columns import id_list
from aggregator.store.connection import Database
from aggregator.stories.versions import Successor, newest_versions
from aggregator.text.domains import publisher_name_of

# Only within a story: a report that a person moved elsewhere is not a version any more. Nor are two files.
SUCCESSORS = """
SELECT members.entry, members.other,
    CASE WHEN json_valid(entries.more) THEN entries.more ->> 'via_url' END,
    CASE WHEN json_valid(old.more) THEN old.more ->> 'via_url' END
FROM members
JOIN members AS earlier ON earlier.entry = members.other AND earlier.story = members.story
JOIN entries ON entries.id = members.entry
JOIN entries AS old ON old.id = members.other AND old.source = entries.source
JOIN sources ON sources.name = entries.source AND sources.kind <> 'folder'
WHERE members.story IN (SELECT value FROM json_each(:stories))
AND members.level IN ('same item', 'same page', 'same text') AND earlier.turn < members.turn
ORDER BY members.turn
"""


def versions(db: Database, stories: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Reports of these stories that were published again: newest -> earlier versions, oldest first."""
    found = db.execute(SUCCESSORS, {"stories": id_list(stories)}).fetchall()
    return newest_versions(Successor(entry, other) for entry, other, via, old in found if of_one(via, old))


def of_one(via: str | None, old: str | None) -> bool:
    """False for two publishers' reports that the source merely relays."""
    return publisher_name_of(via or "") == publisher_name_of(old or "") or not (via and old)
