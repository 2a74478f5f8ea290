"""The last bytes of our feeds that each hub was pinged about; a ping is due when they have changed."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from aggregator.model import Ping, Reply
from aggregator.plan.leases import retry
from aggregator.store.columns import moment_or_none, stamp
from aggregator.store.connection import Database

# New content does not shorten the back-off of a failing hub.
NOTE = """
INSERT INTO pings (hub, topic, digest, due) VALUES (:hub, :topic, :digest, :now)
ON CONFLICT (hub, topic) DO UPDATE SET digest = :digest, due = iif(attempts = 0, :now, due)
    WHERE digest <> :digest
"""
LONGEST = timedelta(hours=6)
WAITING = "SELECT hub, topic, digest, attempts FROM pings WHERE digest <> told AND due <= :now"


class Pings:
    def __init__(self, db: Database) -> None:
        self.db = db

    def news(self, hubs: Iterable[str], digests: Mapping[str, str]) -> bool:
        """Whether `note` would change anything. `digests`: of the published bytes, by topic."""
        known = {
            (each[0], each[1]): each[2] for each in self.db.execute("SELECT hub, topic, digest FROM pings")
        }
        return known != {(hub, topic): digest for hub in hubs for topic, digest in digests.items()}

    def note(self, hubs: Iterable[str], digests: Mapping[str, str], now: datetime) -> None:
        """Records what is published now; drops hubs and topics no longer ours. Within a transaction."""
        hubs = list(hubs)
        self.db.execute(
            "DELETE FROM pings WHERE hub NOT IN (SELECT value FROM json_each(:hubs))"
            " OR topic NOT IN (SELECT value FROM json_each(:topics))",
            {"hubs": json.dumps(hubs), "topics": json.dumps(list(digests))},
        )
        rows = [
            {"hub": hub, "topic": topic, "digest": digest, "now": stamp(now)}
            for hub in hubs
            for topic, digest in digests.items()
        ]
        self.db.conn.executemany(NOTE, rows)

    def next_due(self) -> datetime | None:
        found = self.db.execute("SELECT min(due) FROM pings WHERE digest <> told").fetchone()[0]
        return moment_or_none(found)

    def claim(self, now: datetime) -> list[Ping]:
        """The pings to send now; they come up again unless an answer is recorded. Within a transaction."""
        found = [Ping(**row) for row in self.db.query(WAITING, {"now": stamp(now)})]
        self.db.conn.executemany(
            "UPDATE pings SET due = :due WHERE hub = :hub AND topic = :topic",
            [
                {
                    "hub": each.hub,
                    "topic": each.topic,
                    "due": stamp(retry(now, each.attempts + 1, each.topic, LONGEST)),
                }
                for each in found
            ],
        )
        return found

    def answered(self, ping: Ping, reply: Reply, now: datetime) -> None:
        row = {"hub": ping.hub, "topic": ping.topic, "digest": ping.digest, "note": reply.note}
        row["at"] = stamp(now + (reply.wait or timedelta()))
        if reply.good:
            change = "told = :digest, attempts = 0, due = :at, note = ''"
        else:
            change = "attempts = attempts + 1, due = max(due, :at), note = :note"
        self.db.execute(f"UPDATE pings SET {change} WHERE hub = :hub AND topic = :topic", row)  # noqa: S608
