"""Everything that grouping and people did, in order: enough to rebuild the grouping state."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from aggregator.model import Act, Reason, Sketch
from aggregator.store.columns import stamp
from aggregator.store.connection import Database
from aggregator.store.entries import sketch
from aggregator.store.reasons import reason_of_row

PLACED = """
SELECT entries.id, source, entries.title, lede, page, published, entries.language, dated, authors, more,
    upstream, kind, address, sources.url AS site,
    turn, horizon, placed, affair, level, score, threshold, other, terms, gap, veto
FROM members JOIN entries ON entries.id = members.entry JOIN sources ON sources.name = entries.source
WHERE turn > ? ORDER BY turn
"""


class Turn(NamedTuple):
    """An entry's original placement, whatever became of it since."""

    turn: int
    sketch: Sketch
    story: int
    affair: int
    horizon: int
    """The newest entry that existed then."""
    reason: Reason


class Done(NamedTuple):
    """An act on stories, done after the entry of this turn was placed and before the next."""

    turn: int
    act: Act
    one: int
    two: int


class Past:
    def __init__(self, db: Database) -> None:
        self.db = db

    def latest(self) -> tuple[int, int]:
        """The last turn and the entry placed in it; zeros when there is none."""
        found = self.db.execute("SELECT turn, entry FROM members ORDER BY turn DESC LIMIT 1").fetchone()
        return (found[0], found[1]) if found else (0, 0)

    def first_story(self, after: int) -> int:
        """The number of the first story founded after this turn."""
        found = self.db.execute("SELECT max(max(placed, story)) FROM members WHERE turn <= ?", [after])
        return int(found.fetchone()[0] or 0) + 1

    def turns(self, after: int) -> Iterator[Turn]:
        for each in self.db.query(PLACED, [after]):
            yield Turn(
                each["turn"],
                sketch(each),
                each["placed"],
                each["affair"],
                each["horizon"],
                reason_of_row(each),
            )

    def acts(self, after: int) -> dict[int, list[Done]]:
        """Acts by turn, in the order in which they were done."""
        acts: dict[int, list[Done]] = {}
        for row in self.db.execute(
            "SELECT turn, act, one, two FROM acts WHERE turn > ? ORDER BY id", [after]
        ):
            acts.setdefault(row[0], []).append(Done(*row))
        return acts

    def note(self, act: Act, one: int, two: int) -> None:
        note_act(self.db, act, one, two)


def note_act(db: Database, act: Act, one: int, two: int) -> None:
    """`one` and `two` are an entry and its story for `split`, two stories otherwise."""
    db.execute(
        "INSERT INTO acts (turn, act, one, two)"
        " VALUES ((SELECT coalesce(max(turn), 0) FROM members), ?, ?, ?)",
        [act, one, two],
    )


RulingKind = Literal["split", "merge", "never"]


class Ruling(NamedTuple):
    kind: RulingKind
    one: int
    two: int
    turn: int
    """The ruling was made after the entry of this turn was placed and before the next."""


class Rulings:
    def __init__(self, db: Database) -> None:
        self.db = db

    def add(self, kind: RulingKind, one: int, two: int, now: datetime) -> None:
        self.db.execute(
            "INSERT INTO rulings (kind, one, two, turn, at)"
            " VALUES (?, ?, ?, (SELECT coalesce(max(turn), 0) FROM members), ?)",
            [kind, one, two, stamp(now)],
        )

    def between(self, story: int, other: int) -> RulingKind | None:
        """The last ruling on entries that are now in these two stories, which may be the same."""
        found = self.db.execute(
            "SELECT kind FROM rulings JOIN members AS a ON a.entry = one JOIN members AS b ON b.entry = two"
            " WHERE (a.story = :story AND b.story = :other) OR (a.story = :other AND b.story = :story)"
            " ORDER BY rulings.id DESC LIMIT 1",
            {"story": story, "other": other},
        ).fetchone()
        return found[0] if found else None

    def all(self) -> list[Ruling]:
        """In the order in which they were made."""
        found = self.db.execute("SELECT kind, one, two, turn FROM rulings ORDER BY id").fetchall()
        return [Ruling(*each) for each in found]
