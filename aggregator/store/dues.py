"""When a source is visited next, as far as its hub has to do with it."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from aggregator.store import memory
from aggregator.store.stamps import NEVER, moment, stamp

GAP = timedelta(minutes=5)
"""Between two visits, whoever says that there is something new."""
ROWS = """
SELECT name, due, every, memory, (SELECT max(at) FROM visits WHERE source = name) AS visited FROM sources
WHERE active AND due <> :never AND name IN (SELECT value FROM json_each(:names))
"""


class Dues:
    def __init__(self, db: Database) -> None:
        self.db = db

    def catch_up(self, names: Iterable[str], reason: str, now: datetime) -> None:
        """Back to the usual pace, for who had relied on a hub."""
        for row in self.rows(names):
            self.sooner(row, timedelta(seconds=row["every"]), reason, now)

    def hint(self, name: str, reason: str, now: datetime) -> bool:
        """Something is new there: now, unless we have just been there, or its server wants to be left alone.

        Gives whether it is due at once.
        """
        return any(
            self.sooner(row, GAP, reason, now) <= now
            for row in self.rows([name])
            if not memory.load(row["memory"]).failures
        )

    def rows(self, names: Iterable[str]) -> list[dict[str, Any]]:
        return list(self.db.query(ROWS, {"never": NEVER, "names": json.dumps(list(names))}))

    def sooner(self, row: dict[str, Any], gap: timedelta, reason: str, now: datetime) -> datetime:
        due = max(moment(row["visited"]) + gap, now) if row["visited"] else now
        self.db.execute(
            "UPDATE sources SET due = :due, reason = :reason WHERE name = :name AND due > :due",
            {"name": row["name"], "due": stamp(due), "reason": reason},
        )
        return min(due, moment(row["due"]))
