"""Adjusts the database when somebody sets this machine's clock: future times move along with it."""

from datetime import datetime, timedelta

from sqlite_utils import Database

from aggregator.store.source_state import moved
from aggregator.store.stamps import NEVER, moment_of_stamp, stamp

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
FUTURE = "UPDATE {table} SET {column} = :now WHERE {column} > :now"
AHEAD = timedelta(minutes=1)  # another process may log a visit after we have read the clock


class Timeline:
    """Every method needs a transaction."""

    def __init__(self, db: Database) -> None:
        self.db = db

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
        if by < timedelta():
            self.leave_the_future(now)

    def follow(self, now: datetime) -> timedelta:
        """Moves future times back when logged visits are in the future: the clock was then set back while no
        process was running. Returns by how much, or 0."""
        found = self.db.execute("SELECT at FROM visits ORDER BY id DESC LIMIT 1").fetchone()
        latest = moment_of_stamp(found[0]) if found else now
        if latest <= now + AHEAD:
            return timedelta()
        self.clock_set(now - latest, now)
        return now - latest

    def leave_the_future(self, now: datetime) -> None:
        """Sets dates that a clock ahead of time left in the future to now. Ids and order of stories stay."""
        second = {"now": stamp(now.replace(microsecond=0))}
        changed = 0
        for table, column in PAST:
            done = self.db.execute(FUTURE.format(table=table, column=column), second).rowcount
            changed += done if table in ("entries", "stories") else 0
        if changed:
            # The grouping state has the wrong times as well: it is rebuilt from the entries.
            self.db.execute("DELETE FROM window")
