"""Stories for their own pages: by number, with reasons and the stories merged into them."""

from collections.abc import Iterable
from datetime import datetime

from aggregator.model import Joined, Reason, Story
from aggregator.store.columns import id_list, moment_of_stamp, stamp
from aggregator.store.connection import Database
from aggregator.store.page_marks import PageMark, page_marks
from aggregator.store.reasons import reason_of_row
from aggregator.store.related import linked_stories
from aggregator.store.reports import with_reports

HIGHEST = 2**63 - 1  # SQLite's largest integer; no story has a larger number
# A story has no reports when a person has moved its only one elsewhere.
SOME = """
SELECT * FROM stories
WHERE id IN (SELECT value FROM json_each(:stories)) AND id IN (SELECT story FROM members)
ORDER BY published DESC, id DESC
"""
PRESENT = """
SELECT id FROM stories
WHERE id IN (SELECT value FROM json_each(?)) AND id IN (SELECT story FROM members)
"""
SINCE = """
SELECT id FROM stories WHERE id >= :first UNION SELECT into_story FROM aliases WHERE story >= :first
"""
BESIDE = """
SELECT (SELECT max(story) FROM members WHERE story < :story),
    (SELECT min(story) FROM members WHERE story > :story)
"""
MOST_REPORTED = """
SELECT stories.id FROM stories
JOIN members ON members.story = stories.id
JOIN entries ON entries.id = members.entry
WHERE stories.published >= :since
GROUP BY stories.id
HAVING count(DISTINCT entries.source) > 1 AND max(entries.published) >= :reported
ORDER BY count(DISTINCT entries.source) DESC, max(entries.published) DESC, stories.id DESC
LIMIT :limit
"""
PLACED_OF_SOURCE = """
SELECT entry, story FROM (
    SELECT id, published, title FROM entries WHERE source = :source
    ORDER BY published DESC, title DESC LIMIT :limit OFFSET :offset
) AS latest JOIN members ON members.entry = latest.id
ORDER BY published DESC, title DESC
"""
PLACED = """
SELECT source, entry, story FROM members JOIN entries ON entries.id = members.entry
WHERE story IN (SELECT value FROM json_each(:stories))
ORDER BY source, published DESC, title DESC, entry
"""
REASONS = "SELECT * FROM members WHERE story IN (SELECT value FROM json_each(:stories))"
JOINED = """
SELECT story, into_story, at, reason FROM aliases
WHERE into_story IN (SELECT value FROM json_each(:stories)) ORDER BY at, story
"""


class StoryDetails:
    def __init__(self, db: Database) -> None:
        self.db = db

    def story(self, number: int) -> Story | None:
        """None when no story has this number of its own."""
        return next(iter(self.stories([number])), None) if 0 < number <= HIGHEST else None

    def into(self, number: int) -> int | None:
        """The story into which this one was merged; None when it is not an alias."""
        if not 0 < number <= HIGHEST:
            return None
        found = self.db.execute("SELECT into_story FROM aliases WHERE story = ?", [number]).fetchone()
        return int(found[0]) if found else None

    def present(self, numbers: Iterable[int]) -> set[int]:
        """The numbers that belong to a story."""
        return {found[0] for found in self.db.execute(PRESENT, [id_list(numbers)]).fetchall()}

    def since(self, number: int) -> set[int]:
        """The stories from this number on, and those into which any of them were merged."""
        return {found[0] for found in self.db.execute(SINCE, {"first": number}).fetchall()}

    def linked(self, numbers: Iterable[int]) -> set[int]:
        """At least all related stories that these list."""
        return linked_stories(self.db, numbers)

    def page_marks(self, numbers: Iterable[int]) -> dict[int, PageMark]:
        return page_marks(self.db, numbers)

    def beside(self, number: int) -> tuple[int | None, int | None]:
        """The stories before and after it by number, where there are any."""
        found = self.db.execute(BESIDE, {"story": number}).fetchone()
        return found[0], found[1]

    def most_reported(self, since: datetime, reported: datetime, limit: int) -> list[int]:
        """Stories of several sources that began and were last reported since then: most sources first."""
        values = {"since": stamp(since), "reported": stamp(reported), "limit": limit}
        return [found[0] for found in self.db.execute(MOST_REPORTED, values).fetchall()]

    def stories(self, numbers: Iterable[int]) -> list[Story]:
        """The stories that exist, newest first."""
        rows = list(self.db.query(SOME, {"stories": id_list(numbers)}))
        return list(with_reports(self.db, rows))

    def placed_of_source(self, source: str, offset: int, limit: int) -> list[tuple[int, int]]:
        """Its latest entries from the `offset`th on, each with the number of its story."""
        values = {"source": source, "offset": offset, "limit": limit}
        return self.db.execute(PLACED_OF_SOURCE, values).fetchall()

    def placed(self, stories: Iterable[int]) -> dict[str, list[tuple[int, int]]]:
        """Source -> its entries in these stories, newest first, each with the number of its story."""
        found: dict[str, list[tuple[int, int]]] = {}
        for source, entry, story in self.db.execute(PLACED, {"stories": id_list(stories)}):
            found.setdefault(source, []).append((entry, story))
        return found

    def reasons(self, stories: Iterable[int]) -> dict[int, Reason]:
        """The reason for each entry in these stories."""
        found = self.db.query(REASONS, {"stories": id_list(stories)})
        return {each["entry"]: reason_of_row(each) for each in found}

    def joined(self, stories: Iterable[int]) -> dict[int, list[Joined]]:
        """The stories merged into each of these."""
        found: dict[int, list[Joined]] = {}
        for each in self.db.query(JOINED, {"stories": id_list(stories)}):
            went = Joined(each["story"], moment_of_stamp(each["at"]), each["reason"])
            found.setdefault(each["into_story"], []).append(went)
        return found

    def titles(self, entries: Iterable[int]) -> dict[int, str]:
        found = self.db.execute(
            "SELECT id, title FROM entries WHERE id IN (SELECT value FROM json_each(?))",
            [id_list(entries)],
        )
        return dict(found.fetchall())
