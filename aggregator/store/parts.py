"""What an output needs to divide stories: how their reports came together, and ids for the parts."""

from collections.abc import Collection, Iterable

from sqlite_utils import Database

from aggregator.model import Membership, Report
from aggregator.store.guids import guids, parts_of
from aggregator.store.numbers import json
from aggregator.store.reports import reports_of
from aggregator.store.stamps import moment_of_stamp

# Only a story that went into another is founded by an entry that lies elsewhere now, alone as it came.
MEMBERS = """
SELECT members.entry, members.story, entries.seen,
    CASE WHEN level IN ('same item', 'same page', 'same text') THEN other END AS twin,
    coalesce(founded.guid, '') AS guid, coalesce(founded.lead, 0) AS lead
FROM members
JOIN entries ON entries.id = members.entry
LEFT JOIN stories AS founded
    ON founded.id = members.placed AND founded.id <> members.story AND level = 'alone'
WHERE members.story IN (SELECT value FROM json_each(:stories))
ORDER BY turn
"""
MERGED = """
SELECT one, two FROM rulings WHERE kind = 'merge'
AND one IN (SELECT value FROM json_each(:entries)) AND two IN (SELECT value FROM json_each(:entries))
"""
LATELY = """
SELECT DISTINCT story FROM members WHERE turn > (SELECT coalesce(max(turn), 0) FROM members) - ?
"""


class StoryParts:
    def __init__(self, db: Database) -> None:
        self.db = db

    def members(self, stories: Iterable[int]) -> list[Membership]:
        """Of all these stories, in the order in which they came."""
        return [
            Membership(
                entry=each["entry"],
                story=each["story"],
                twin=each["twin"],
                came=moment_of_stamp(each["seen"]),
                guid=each["guid"],
                lead=each["lead"],
            )
            for each in self.db.query(MEMBERS, {"stories": json(stories)})
        ]

    def reports(self, stories: Iterable[int]) -> dict[int, list[Report]]:
        """Every one, the earlier versions of others as well."""
        return reports_of(self.db, stories, {})

    def merged(self, entries: Iterable[int]) -> list[tuple[int, int]]:
        """Pairs of these that stand for stories which a person made one."""
        return self.db.execute(MERGED, {"entries": json(entries)}).fetchall()

    def lately(self, entries: int) -> set[int]:
        """The stories of the latest so many entries."""
        return {each[0] for each in self.db.execute(LATELY, [entries]).fetchall()}

    def names(self, entries: Collection[int]) -> dict[int, str]:
        """The ids of the parts that begin with these entries, as far as they have been given."""
        return parts_of(self.db, entries)

    def name(self, entries: Collection[int]) -> dict[int, str]:
        """Gives each an id as if it had founded a story, and keeps it. Within a transaction."""
        new = set(entries) - self.names(entries).keys()
        self.db.conn.executemany("INSERT INTO parts (entry, guid) VALUES (?, ?)", guids(self.db, new).items())
        return self.names(entries)
