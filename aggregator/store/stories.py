"""Stories: a layer above the entries. Rows are added and redirected; only pruning removes them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from aggregator.errors import NumberError
from aggregator.model import Duplicate, Fold, Placement, Reason, Story
from aggregator.store.columns import id_list, stamp
from aggregator.store.connection import Database
from aggregator.store.duplicates import Duplicates
from aggregator.store.guids import guids
from aggregator.store.history import note_act
from aggregator.store.leads import settle_leads
from aggregator.store.reasons import member, reason_of_row, reason_words
from aggregator.store.reports import newest_stories, recent, stories_numbered

ADD_MEMBER = """
INSERT INTO members (entry, turn, horizon,
    story, placed, affair, level, score, threshold, other, terms, gap, veto)
VALUES (:entry, (SELECT coalesce(max(turn), 0) + 1 FROM members), (SELECT max(id) FROM entries),
    :story, :story, :affair, :level, :score, :threshold, :other, :terms, :gap, :veto)
"""
MOVE_MEMBER = """
UPDATE members SET story = :story, level = :level, score = :score, threshold = :threshold,
    other = :other, terms = :terms, gap = :gap, veto = :veto
WHERE entry = :entry
"""
# The first story of an affair may have been merged into another since: then that one's affair is meant.
FOUND = """
INSERT INTO stories (id, affair, guid, lead, published, updated, changed)
SELECT :story, coalesce((SELECT affair FROM stories WHERE id = :affair), :affair), :guid, id,
    published, published, :now
FROM entries WHERE id = :entry
"""

ANY_LEAD = "UPDATE stories SET lead = (SELECT min(entry) FROM members WHERE story = id) WHERE id = ?"


class Placed(NamedTuple):
    """The numbers of new stories and of older ones that have grown."""

    new: int
    grown: int


class StoryStore:
    def __init__(self, db: Database) -> None:
        self.db = db
        self._duplicates = Duplicates(db)

    def next_number(self) -> int:
        found = self.db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'stories'").fetchone()
        return int(found[0]) + 1 if found else 1

    def add(self, placements: Sequence[Placement], now: datetime) -> None:
        """Writes what grouping decided; a story without a row gets one. Within a transaction."""
        first = self.next_number()
        founders = {each.story: each for each in reversed(placements) if each.story >= first}
        if founders:
            self.found(founders, now)
        self.db.conn.executemany(ADD_MEMBER, [member(each) for each in placements])

    def found(self, founders: dict[int, Placement], now: datetime) -> None:
        """Inserts new stories, with ids from the entries that founded them."""
        names = guids(self.db, [each.entry for each in founders.values()])
        rows = [
            {
                "story": story,
                "affair": founder.affair or story,
                "guid": names[founder.entry],
                "entry": founder.entry,
                "now": stamp(now),
            }
            for story, founder in sorted(founders.items())
        ]
        self.db.conn.executemany(FOUND, rows)

    def fold(self, fold: Fold, now: datetime) -> None:
        """The younger story becomes an alias; its members move and keep their reasons.

        The affairs of the two are also united, under the older number.
        """
        self.unite(fold.story, fold.into, now)
        if fold.level == "affair":
            note_act(self.db, "unite", fold.story, fold.into)
            return
        row = {"story": fold.story, "into": fold.into, "at": stamp(now), "reason": reason_words(fold.reason)}
        self.db.execute("UPDATE members SET story = :into WHERE story = :story", row)
        self.db.execute("UPDATE aliases SET into_story = :into WHERE into_story = :story", row)
        self.db.execute(
            "INSERT INTO aliases (story, into_story, at, reason) VALUES (:story, :into, :at, :reason)", row
        )
        note_act(self.db, "fold", fold.story, fold.into)

    def unite(self, one: int, two: int, now: datetime) -> None:
        """Unites the affairs of these stories."""
        found = self.db.execute("SELECT DISTINCT affair FROM stories WHERE id IN (?, ?)", [one, two])
        affairs = [each[0] for each in found.fetchall()]
        if len(affairs) > 1:
            self.db.execute(
                "UPDATE stories SET affair = ?, changed = ? WHERE affair = ?",
                [min(affairs), stamp(now), max(affairs)],
            )

    def move(self, placement: Placement, now: datetime) -> None:
        """Moves a placed entry into a new story; if it led its old story, that gets another lead."""
        before = self.of(placement.entry)
        self.found({placement.story: placement}, now)
        self.db.execute(MOVE_MEMBER, member(placement))
        note_act(self.db, "split", placement.entry, before)
        led = self.db.execute("SELECT lead FROM stories WHERE id = ?", [before]).fetchone()[0]
        if led == placement.entry:
            self.db.execute(ANY_LEAD, [before])  # the only one, or until the next line chooses
            settle_leads(self.db, [before], [], now)

    def of(self, entry: int) -> int:
        """The story of an entry. Raises NumberError."""
        found = self.db.execute("SELECT story FROM members WHERE entry = ?", [entry]).fetchone()
        if not found:
            raise NumberError(
                f"there is no entry {entry}: `aggregator explain STORY` names a story's entries"
            )
        return int(found[0])

    def reasons(self, story: int) -> dict[int, Reason]:
        """The reason for each entry of a story, in the order in which they joined it."""
        found = self.db.query("SELECT * FROM members WHERE story = ? ORDER BY turn", [self.resolve(story)])
        return {each["entry"]: reason_of_row(each) for each in found}

    def origins(self, story: int) -> dict[int, int]:
        """The number of the story in which each of its entries was first placed."""
        found = self.db.execute("SELECT entry, placed FROM members WHERE story = ?", [self.resolve(story)])
        return dict(found.fetchall())

    def history(self) -> Iterator[dict[str, Any]]:
        """All placed entries with their stories, in order of placement, as input for group_lines()."""
        return self.db.query(
            "SELECT id, title, lede AS text, published, source, language AS lang, page AS url, dated, story"
            " FROM entries JOIN members ON members.entry = entries.id ORDER BY turn"
        )

    def folded(self, story: int) -> dict[int, str]:
        """The stories merged into this one -> the reason."""
        found = self.db.execute(
            "SELECT story, reason FROM aliases WHERE into_story = ? ORDER BY at, story", [self.resolve(story)]
        )
        return dict(found.fetchall())

    def missing(self, numbers: Iterable[int]) -> set[int]:
        """Those that no story has, or has any more."""
        asked = "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM stories)"
        return {each[0] for each in self.db.execute(asked, [id_list(numbers)]).fetchall()}

    def size(self, story: int) -> int:
        return int(self.db.execute("SELECT count(*) FROM members WHERE story = ?", [story]).fetchone()[0])

    def lead(self, story: int) -> int:
        """The entry that leads a story, whose number may be an alias. Raises NumberError."""
        found = self.db.execute("SELECT lead FROM stories WHERE id = ?", [self.resolve(story)]).fetchone()
        if not found:
            raise NumberError(f"there is no story {story}: `aggregator stories` lists them")
        return int(found[0])

    def settle(self, touched: Iterable[int], first: int, now: datetime) -> Placed:
        """Chooses leads for the stories since `first`; marks all touched stories as changed."""
        left = {self.resolve(story) for story in touched}
        new = {story for story in left if story >= first}
        settle_leads(self.db, new, left - new, now)
        self.db.execute(
            "UPDATE stories SET changed = :now WHERE id IN (SELECT value FROM json_each(:stories))",
            {"stories": id_list(left), "now": stamp(now)},
        )
        return Placed(len(new), len(left - new))

    def duplicates(self, entry: int) -> list[Duplicate]:
        """Placed entries with the same page or text, or with the same source and title: a few of each."""
        return self._duplicates.of(entry)

    def resolve(self, story: int) -> int:
        """The story that a number now stands for."""
        found = self.db.execute("SELECT into_story FROM aliases WHERE story = ?", [story]).fetchone()
        return int(found[0]) if found else story

    def newest(self, limit: int) -> list[Story]:
        """The newest stories with all their reports, newest first."""
        return newest_stories(self.db, limit)

    def recent(
        self, reach: int, *, reports: int = 1, sources: Iterable[str] = (), since: datetime | None = None
    ) -> Iterator[Story]:
        """The newest `reach` stories that have at least `reports` reports, one of `sources`; newest first."""
        return recent(self.db, reach, reports=reports, sources=sources, since=since)

    def numbered(self, first: int, last: int) -> list[Story]:
        """The stories with these numbers, newest first."""
        return stories_numbered(self.db, first, last)

    def state_of(self, first: int, last: int) -> tuple[int, str]:
        """Changes with any of the stories with these numbers."""
        found = self.db.execute(
            "SELECT count(*), coalesce(max(changed), '') FROM stories WHERE id BETWEEN ? AND ?", [first, last]
        )
        count, changed = found.fetchone()
        return count, changed

    def window(self) -> list[bytes]:
        """The grouping state: a full snapshot, then the changes since."""
        return [each[0] for each in self.db.execute("SELECT state FROM window ORDER BY id").fetchall()]

    def keep_window(self, whole: bytes) -> None:
        self.db.execute("DELETE FROM window")
        self.extend_window(whole)

    def extend_window(self, since: bytes) -> None:
        self.db.execute("INSERT INTO window (state) VALUES (?)", [since])
