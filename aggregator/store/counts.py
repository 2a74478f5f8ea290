"""How much there is, and how much of it waits: numbers that cost no more on a large database."""

from typing import get_args

from aggregator.model import Condition, Level
from aggregator.store.connection import Database
from aggregator.store.status import CONDITION, LIMITS

SOURCES = "SELECT {condition}, count(*) FROM sources WHERE active GROUP BY 1"
# The table of places is a fiftieth of that of entries.
PLACED = "SELECT count(*) FROM members"
LEVELS = "SELECT level, count(*) FROM members GROUP BY level"
STORIES = "SELECT (SELECT count(*) FROM stories) - (SELECT count(*) FROM aliases)"
UNPLACED = "SELECT count(*) FROM entries WHERE id > (SELECT coalesce(max(entry), 0) FROM members)"
UNINDEXED = """
SELECT (SELECT count(*) FROM entries WHERE id > (SELECT coalesce(max(entry), 0) FROM searchable))
    + (SELECT count(*) FROM unsearchable)
"""


class Counts:
    def __init__(self, db: Database) -> None:
        self.db = db

    def sources(self) -> dict[str, int]:
        """The number of sources by condition."""
        found = dict(self.db.execute(SOURCES.format(condition=CONDITION), LIMITS).fetchall())
        return {each: found.get(each, 0) for each in get_args(Condition)}

    def entries(self) -> int:
        return self.number(PLACED) + self.unplaced()

    def placed(self) -> dict[str, int]:
        """Entries in stories, by level."""
        found = dict(self.db.execute(LEVELS).fetchall())
        return {level: found.get(level, 0) for level in get_args(Level)}

    def stories(self) -> int:
        return self.number(STORIES)

    def unplaced(self) -> int:
        """Entries that the next refresh puts into stories."""
        return self.number(UNPLACED)

    def unindexed(self) -> int:
        """Entries that the search does not find yet, or finds as they were."""
        return self.number(UNINDEXED)

    def number(self, asked: str) -> int:
        return int(self.db.execute(asked).fetchone()[0])
