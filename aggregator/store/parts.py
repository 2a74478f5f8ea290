"""The data with which an output divides stories: how their reports came together, and ids for the parts."""

from collections.abc import Collection, Iterable

from aggregator.model import Membership, Report
from aggregator.store.columns import id_list, moment_of_stamp
from aggregator.store.connection import Database
from aggregator.store.guids import guids, parts_of
from aggregator.store.reports import reports_of

# An entry placed "alone" that is now in another story founded a story that was merged into that one.
MEMBERS = """
SELECT members.entry, members.story, entries.seen,
    CASE WHEN level IN ('same item', 'same page', 'same text') THEN other END AS duplicate,
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
        """Members of all these stories, in order of arrival."""
        return [
            Membership(
                entry=each["entry"],
                story=each["story"],
                duplicate_of=each["duplicate"],
                came=moment_of_stamp(each["seen"]),
                guid=each["guid"],
                lead=each["lead"],
            )
            for each in self.db.query(MEMBERS, {"stories": id_list(stories)})
        ]

    def reports(self, stories: Iterable[int]) -> dict[int, list[Report]]:
        """All reports, including earlier versions of others."""
        return reports_of(self.db, stories, {})

    def merged(self, entries: Iterable[int]) -> list[tuple[int, int]]:
        """Pairs of these entries whose stories a person merged."""
        return self.db.execute(MERGED, {"entries": id_list(entries)}).fetchall()

    def lately(self, entries: int) -> set[int]:
        """The stories of the latest `entries` entries."""
        return {each[0] for each in self.db.execute(LATELY, [entries]).fetchall()}

    def names(self, entries: Collection[int]) -> dict[int, str]:
        """The ids of the parts that begin with these entries, where they have one."""
        return parts_of(self.db, entries)

    def name(self, entries: Collection[int]) -> dict[int, str]:
        """Gives each entry an id as if it had founded a story, and stores it. Within a transaction."""
        new = set(entries) - self.names(entries).keys()
        self.db.conn.executemany("INSERT INTO parts (entry, guid) VALUES (?, ?)", guids(self.db, new).items())
        return self.names(entries)
