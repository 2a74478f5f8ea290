"""Later versions of reports, as their places say."""

from collections.abc import Iterable

from sqlite_utils import Database

from aggregator.store.numbers import json
from aggregator.versions import Successor, newest

# Only within a story: what a person has put elsewhere is no version any more.
SUCCESSORS = """
SELECT members.entry, members.other FROM members
JOIN members AS earlier ON earlier.entry = members.other AND earlier.story = members.story
JOIN entries ON entries.id = members.entry
JOIN entries AS old ON old.id = members.other AND old.source = entries.source
WHERE members.story IN (SELECT value FROM json_each(:stories))
AND members.level IN ('same item', 'same page', 'same text') AND earlier.turn < members.turn
ORDER BY members.turn
"""


def versions(db: Database, stories: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Of all reports in these stories that were published again: newest -> earlier ones, oldest first."""
    found = db.execute(SUCCESSORS, {"stories": json(stories)}).fetchall()
    return newest(Successor(*each) for each in found)
