"""Adjusts the database when somebody sets this machine's clock: future times move along with it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aggregator.store.columns import NEVER, moment_of_stamp, stamp
from aggregator.store.connection import Database
from aggregator.store.source_state import moved

TO_COME = (
    ("sources", "due"),
    ("sources", "lease"),
    ("pings", "due"),
    ("subscriptions", "due"),
    ("subscriptions", "lease"),
)
MOVE = """
UPDATE {table} SET {column} = coalesce(strftime('%Y-%m-%dT%H:%M:%f', {column}, :by) || '000Z', {column})
WHERE {column} <> '' AND {column} <> :never
"""
PAST = (
    ("visits", "at"),
    ("sources", "succeeded"),
    ("entries", "seen"),
    ("entries", "changed"),
    ("entries", "published"),
    ("entries", "updated"),
    ("stories", "published"),
    ("stories", "updated"),
    ("stories", "changed"),
    ("problems", "began"),
    ("problems", "ended"),
)
# Moved like future times, not set to now: the order stays, and unique values stay unique.
BACK = MOVE.replace("UPDATE", "UPDATE OR IGNORE") + " AND {column} > :now"
WITNESSES = "SELECT count(DISTINCT source) FROM entries WHERE dated AND published > :now"
JUMP = timedelta(minutes=1)  # a smaller step is a correction, not a newly set clock
DRIFT = timedelta(seconds=10)  # recorded, so that many small corrections do not add up to a jump
SKEW = timedelta(days=1)  # publishers use their own time zone, and some dates are slightly ahead
FIRST_MINUTES = timedelta(minutes=10)  # after a boot: a machine without a clock asks for the time then


@dataclass(frozen=True, slots=True)
class ClockReading:
    """Both clocks. `elapsed`: seconds since the boot that `boot` identifies; "": the system has no id."""

    wall: datetime
    elapsed: float
    boot: str


class Timeline:
    """Every method needs a transaction."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def follow(self, now: ClockReading) -> timedelta:
        """Moves future times by as much as the clock was set since any process checked, and returns that
        (0 if less than a minute). The table `clock` makes each jump count once, whichever process sees it.
        """
        before = next(self.db.query("SELECT * FROM clock"), None)
        ahead = now.wall.timestamp() - now.elapsed
        same_boot = now.boot if before and before["boot"] == now.boot else ""
        if before and same_boot:
            jump = timedelta(seconds=ahead - before["ahead"])
        else:
            jump = self.back_since_boot(before, now.wall)
        was_set = abs(jump) >= JUMP
        if was_set:
            self.clock_set(self.to_move(jump, before, now), now.wall)
        if was_set or before is None or before["boot"] != now.boot or abs(jump) >= DRIFT:
            owed = max(-jump, timedelta()).total_seconds() if not same_boot else 0
            row = {"boot": now.boot, "ahead": ahead, "wall": stamp(now.wall), "owed": owed}
            self.db.table("clock").delete_where()
            self.db.table("clock").insert(row)
        return jump if was_set else timedelta()

    def back_since_boot(self, before: dict[str, Any] | None, now: datetime) -> timedelta:
        """After a boot the elapsed time is unknown, so only times in the future reveal a jump."""
        visits = self.db.execute("SELECT at FROM visits ORDER BY id DESC LIMIT 1").fetchone()
        known = [before["wall"]] if before else []
        latest = max((moment_of_stamp(at) for at in (*known, *(visits or ()))), default=now)
        return min(now - latest, timedelta())

    def to_move(self, jump: timedelta, before: dict[str, Any] | None, now: ClockReading) -> timedelta:
        """A machine without a hardware clock starts with a past time and asks a time server. That is not a
        jump: the time did pass while it was off."""
        if before and jump > timedelta() and now.elapsed < FIRST_MINUTES.total_seconds():
            return min(jump, timedelta(seconds=before["owed"]))
        return jump

    def clock_set(self, by: timedelta, now: datetime) -> None:
        """The clock was moved `by` and now shows `now`: a source due in an hour stays due in an hour, and one
        silent for a day stays silent for a day."""
        values = {"by": f"{by.total_seconds():+.3f} seconds", "never": NEVER}
        for table, column in TO_COME:
            self.db.execute(MOVE.format(table=table, column=column), values)
        memories = self.db.execute("SELECT name, memory FROM sources").fetchall()
        self.db.conn.executemany(
            "UPDATE sources SET memory = ? WHERE name = ?",
            [(moved(memory, by), name) for name, memory in memories],
        )
        if by < timedelta() and not self.behind(now):
            self.leave_the_future(values | {"now": stamp(now)})

    def behind(self, now: datetime) -> bool:
        """Whether the clock is wrong now: many sources date entries later than it shows."""
        later: int = self.db.execute(WITNESSES, {"now": stamp(now + SKEW)}).fetchone()[0]
        sources: int = self.db.execute("SELECT count(*) FROM sources").fetchone()[0]
        return later > sources / 10

    def leave_the_future(self, values: dict[str, str]) -> None:
        """Moves times that a clock ahead of time left in the future. Ids and the order of stories stay."""
        changed = 0
        for table, column in PAST:
            done = self.db.execute(BACK.format(table=table, column=column), values).rowcount
            changed += done if table in ("entries", "stories") else 0
        if changed:
            # The grouping state has the wrong times as well: it is rebuilt from the entries.
            self.db.execute("DELETE FROM window")
