"""Rulings by people: kept permanently, as pairs of entries, because stories change and entries do not."""

from datetime import datetime
from typing import Literal, NamedTuple

from sqlite_utils import Database

from aggregator.store.stamps import stamp

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
