"""Everything that grouping and people did, in order: enough to rebuild the grouping state."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlite_utils import Database

from aggregator.model import Act, Reason, Sketch
from aggregator.store.entries import sketch
from aggregator.store.reasons import reason_of_row

PLACED = """
SELECT entries.id, source, entries.title, lede, page, published, entries.language, dated, authors, more,
    kind, address, sources.url AS site,
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
