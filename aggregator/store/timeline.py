"""What the database does when the clock of this machine is set: times to come move along with it."""

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
AHEAD = timedelta(minutes=1)  # another process's visit may end between our look at the clock and at the log


class Timeline:
    """All within a transaction."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def clock_set(self, by: timedelta, now: datetime) -> None:
        """The clock was set `by` and says `now`: what is due in an hour stays due in an hour, and what was
        silent for a day has been silent for a day."""
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
        """Moves the times to come where visits lie in the future, so that the clock must have been set back
        while nobody was there to see it; by how much, or 0."""
        found = self.db.execute("SELECT at FROM visits ORDER BY id DESC LIMIT 1").fetchone()
        latest = moment_of_stamp(found[0]) if found else now
        if latest <= now + AHEAD:
            return timedelta()
        self.clock_set(now - latest, now)
        return now - latest

    def leave_the_future(self, now: datetime) -> None:
        """What was dated by a clock that was ahead is dated now. Ids, and the order of stories, stay."""
        second = {"now": stamp(now.replace(microsecond=0))}
        changed = 0
        for table, column in PAST:
            done = self.db.execute(FUTURE.format(table=table, column=column), second).rowcount
            changed += done if table in ("entries", "stories") else 0
        if changed:
            # What grouping remembers has the wrong times, too: it is built again from the entries.
            self.db.execute("DELETE FROM window")
