"""Which stories are old enough to be pruned, and how one is: whole, with all its reports."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from aggregator.store.burial import bury
from aggregator.store.columns import id_list, moment_of_stamp, stamp
from aggregator.store.connection import Database

NEAR = timedelta(days=31)
LEAST = 50  # newest entries of a source that stay, where its document had fewer
INCREMENTAL = 2  # of PRAGMA auto_vacuum
SMALL = 64_000_000  # bytes
FREE, FREE_SHARE = 1_000, 10  # pages, and share of them, that may stay free
DIGEST = 8  # bytes in `known` for each entry of a document; before `listed` was recorded
NEXT = """
SELECT count(*), max(entry), min(seen) FROM (
    SELECT entry, seen FROM members JOIN entries ON entries.id = entry
    WHERE entry > :after ORDER BY entry LIMIT :most
)
"""
OLD = """
SELECT story FROM members JOIN entries ON entries.id = members.entry
WHERE story IN (SELECT story FROM members WHERE entry > :after AND entry <= :last)
GROUP BY story HAVING max(seen) < :before AND max(entry) <= :until
"""
# What a person ruled on; the newest of all, whose numbers must not be given again.
NEEDED = """
SELECT story FROM members WHERE entry IN (SELECT one FROM rulings UNION SELECT two FROM rulings)
OR entry = (SELECT max(entry) FROM members) OR turn = (SELECT max(turn) FROM members)
OR entry = (SELECT max(id) FROM entries)
"""
# Publishers' clocks against ours. Of many entries in a row, some have a date.
DATED_LATELY = """
SELECT EXISTS (
    SELECT 1 FROM sources WHERE EXISTS (
        SELECT 1 FROM entries WHERE source = name AND published > :since AND published <= :now AND dated
    )
) OR NOT EXISTS (SELECT 1 FROM (SELECT dated FROM entries ORDER BY id DESC LIMIT 1000) WHERE dated)
"""
OF_STORIES = """
SELECT story, source, published FROM members JOIN entries ON entries.id = entry
WHERE story IN (SELECT value FROM json_each(?))
"""
SOURCE = """
SELECT active AND kind = 'folder', max(listed, length(known) / :digest, :least) FROM sources
WHERE name = :source
"""
OLDEST_LISTED = """
SELECT published FROM entries WHERE source = ? ORDER BY published DESC, title DESC LIMIT 1 OFFSET ?
"""
SEEN = """
SELECT stories.lead, stories.guid FROM stories WHERE id IN (SELECT value FROM json_each(:stories))
UNION ALL
SELECT entry, guid FROM parts WHERE entry IN (SELECT value FROM json_each(:entries))
"""
# With these go the stories merged into them, and those that have nothing left but a report of theirs to lead.
WITH_THEM = """
SELECT value FROM json_each(:stories)
UNION SELECT story FROM aliases WHERE into_story IN (SELECT value FROM json_each(:stories))
UNION SELECT id FROM stories WHERE lead IN (SELECT value FROM json_each(:entries))
AND id NOT IN (SELECT story FROM members) AND id NOT IN (SELECT story FROM aliases)
"""
# A person's split may have left other stories led by one of these reports.
LED_BY = """
UPDATE stories SET lead = coalesce(
    (SELECT min(entry) FROM members WHERE story = stories.id),
    (SELECT kept.lead FROM aliases JOIN stories AS kept ON kept.id = into_story
    WHERE aliases.story = stories.id)
)
WHERE lead IN (SELECT value FROM json_each(:entries)) AND id NOT IN (SELECT value FROM json_each(:stories))
"""
REMOVE = (
    "UPDATE pruning SET turn = max(turn, coalesce((SELECT max(turn) FROM members"
    " WHERE entry IN (SELECT value FROM json_each(:entries))), 0))",
    LED_BY,
    "DELETE FROM members WHERE entry IN (SELECT value FROM json_each(:entries))",
    "DELETE FROM parts WHERE entry IN (SELECT value FROM json_each(:entries))",
    "DELETE FROM aliases WHERE story IN (SELECT value FROM json_each(:stories))",
    "DELETE FROM stories WHERE id IN (SELECT value FROM json_each(:stories))",
)


class OldStories(NamedTuple):
    stories: set[int]
    after: int
    """Where to go on."""
    more: bool
    """Whether there may be further ones."""


class Retention:
    def __init__(self, db: Database) -> None:
        self.db = db

    def old(self, before: datetime, until: int, after: int, most: int) -> OldStories:
        """Stories with one of the `most` entries behind `after` whose last report came before then, and is
        not newer than `until`.

        Without those that a person ruled on, or of which a source's document may still have an entry.
        """
        limit = stamp(before)
        count, last, seen = self.db.execute(NEXT, {"after": after, "most": most}).fetchone()
        if not count or seen >= limit:
            return OldStories(set(), after, more=False)
        asked = {"after": after, "last": last, "before": limit, "until": until}
        old = {each[0] for each in self.db.execute(OLD, asked).fetchall()}
        old -= {each[0] for each in self.db.execute(NEEDED).fetchall()} if old else set()
        return OldStories(old - self.listed(old), last, count == most)

    def listed(self, stories: Collection[int]) -> set[int]:
        """Those with a report that is among the newest of its source, or a file that is there."""
        oldest: dict[str, str] = {}
        found = set()
        for story, source, published in self.db.execute(OF_STORIES, [id_list(stories)]).fetchall():
            if source not in oldest:
                oldest[source] = self.oldest_listed(source)
            if published >= oldest[source]:
                found.add(story)
        return found

    def oldest_listed(self, source: str) -> str:
        """From this date on, the source's document may still have its entries; "": it has all of them."""
        asked = {"source": source, "digest": DIGEST, "least": LEAST}
        whole, count = self.db.execute(SOURCE, asked).fetchone()
        found = None if whole else self.db.execute(OLDEST_LISTED, [source, count - 1]).fetchone()
        return str(found[0]) if found else ""

    def prune(self, stories: Iterable[int]) -> int:
        """Removes stories with their reports; returns how many reports. Within a transaction."""
        given = id_list(stories)
        members = self.db.execute(
            "SELECT entry FROM members WHERE story IN (SELECT value FROM json_each(?))", [given]
        ).fetchall()
        entries = {each[0] for each in members}
        if not entries:
            return 0
        asked = {"stories": given, "entries": id_list(entries)}
        asked["stories"] = id_list(each[0] for each in self.db.execute(WITH_THEM, asked).fetchall())
        seen = self.db.execute(SEEN, asked).fetchall()
        for statement in REMOVE:
            self.db.execute(statement, asked)
        bury(self.db, entries, ((lead if lead in entries else min(entries), guid) for lead, guid in seen))
        return len(entries)

    def bury(self, entries: Collection[int]) -> None:
        """Prunes entries that were not placed. Within a transaction."""
        if entries:
            bury(self.db, entries)

    def oldest(self) -> datetime | None:
        """When the oldest entry came."""
        found = self.db.execute("SELECT seen FROM entries ORDER BY id LIMIT 1").fetchone()
        return moment_of_stamp(found[0]) if found else None

    def confirms(self, now: datetime) -> bool:
        """Whether any publisher dates its news near `now`; a clock that is years ahead makes all look old."""
        asked = {"since": stamp(now - NEAR), "now": stamp(now)}
        return bool(self.db.execute(DATED_LATELY, asked).fetchone()[0])

    def size(self) -> int:
        """Bytes in use, in the file or in its log; the file may be larger."""
        pages, free = self.number("page_count"), self.number("freelist_count")
        return (pages - free) * self.number("page_size")

    def shrink(self, pages: int) -> bool:
        """Takes some free pages from the end of the file when there are many, and the file was made for it;
        returns whether there are still many. Within a transaction."""
        if self.number("auto_vacuum") != INCREMENTAL or not self.many_free():
            return False
        self.db.execute(f"PRAGMA incremental_vacuum({pages})").fetchall()
        return self.many_free()

    def make_shrinkable(self) -> None:
        """Rewrites a file that cannot shrink, if it is small: a few seconds. Without a transaction."""
        small = self.number("page_count") * self.number("page_size") <= SMALL
        if small and self.number("auto_vacuum") != INCREMENTAL:
            self.db.execute("PRAGMA auto_vacuum = INCREMENTAL")
            self.db.execute("VACUUM")

    def shrinks(self) -> bool:
        """False: it cannot, and has reason to."""
        return self.number("auto_vacuum") == INCREMENTAL or not self.many_free()

    def many_free(self) -> bool:
        """More than the next days need."""
        return self.number("freelist_count") > max(FREE, self.number("page_count") // FREE_SHARE)

    def number(self, pragma: str) -> int:
        return int(self.db.execute(f"PRAGMA {pragma}").fetchone()[0])

    def last_gap(self) -> int:
        """The latest turn of a pruned entry; 0 when none was pruned."""
        return int(self.db.execute("SELECT coalesce(max(turn), 0) FROM pruning").fetchone()[0])
