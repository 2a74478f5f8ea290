"""Visits before their time: what a hub announces, and what new settings allow."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from aggregator.store.columns import NEVER, moment_of_stamp, stamp
from aggregator.store.connection import Database

GAP = timedelta(minutes=5)
"""The shortest time between two visits, even when a hub announces something new."""
ROWS = """
SELECT name, due, every, (SELECT max(at) FROM visits WHERE source = name) AS visited FROM sources
WHERE active AND due <> :never AND name IN (SELECT value FROM json_each(:names))
"""
ALLOWED = """
UPDATE sources SET due = :now
WHERE active AND due > :now AND due <> :never AND memory LIKE '%"refused"%'
    AND json_valid(memory) AND memory ->> 'refused' <> :settings
"""


class Dues:
    def __init__(self, db: Database) -> None:
        self.db = db

    def catch_up(self, names: Iterable[str], reason: str, now: datetime) -> None:
        """Returns sources that relied on a hub to their usual interval."""
        for row in self.rows(names):
            self.sooner(row, timedelta(seconds=row["every"]), reason, now)

    def hurry(self, name: str, reason: str, now: datetime) -> bool:
        """Makes the source due now, or GAP after its last visit; True when it is due now."""
        return any(self.sooner(row, GAP, reason, now) <= now for row in self.rows([name]))

    def readmit(self, settings: str, now: datetime) -> None:
        """Makes sources due that other settings refused. `settings`: as in SourceState.refused."""
        self.db.execute(ALLOWED, {"settings": settings, "now": stamp(now), "never": NEVER})

    def reason(self, name: str) -> str:
        """The reason for the source's due time."""
        return str(self.db.execute("SELECT reason FROM sources WHERE name = ?", [name]).fetchone()[0])

    def read_anew(self, name: str) -> None:
        """Makes the next visit read the whole document: a push has replaced what the last visit read."""
        self.db.execute("UPDATE sources SET digest = '', known = x'' WHERE name = ?", [name])

    def rows(self, names: Iterable[str]) -> list[dict[str, Any]]:
        return list(self.db.query(ROWS, {"never": NEVER, "names": json.dumps(list(names))}))

    def sooner(self, row: dict[str, Any], gap: timedelta, reason: str, now: datetime) -> datetime:
        due = max(moment_of_stamp(row["visited"]) + gap, now) if row["visited"] else now
        self.db.execute(
            "UPDATE sources SET due = :due, reason = :reason WHERE name = :name AND due > :due",
            {"name": row["name"], "due": stamp(due), "reason": reason},
        )
        return min(due, moment_of_stamp(row["due"]))
