"""Our subscriptions at WebSub hubs, and their state."""

import json
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from aggregator.model import Hub, Reply, Subscription
from aggregator.plan.leases import AFTER_A_NO, renewal, retry
from aggregator.store.columns import moment_of_stamp, moment_or_none, stamp
from aggregator.store.connection import Database

ADD = """
INSERT INTO subscriptions (key, source, hub, topic, secret, due, note)
VALUES (:key, :source, :hub, :topic, :secret, :due, :note)
"""
# If no hub was ever asked for it, no hub needs an unsubscribe request.
DROP = "DELETE FROM subscriptions WHERE asked IS NULL AND lease IS NULL AND base = '' AND {which}"
LEAVE = """
UPDATE subscriptions SET state = 'leaving', asked = NULL, attempts = 0, due = :now, note = ''
WHERE state <> 'leaving' AND {which}
"""
REPLACED = "source = :source AND NOT (hub = :hub AND topic = :topic)"
UNLISTED = "source IN (SELECT name FROM sources WHERE NOT active)"
ANY = "SELECT 1 FROM subscriptions WHERE source = ?"
CLAIM = "SELECT * FROM subscriptions WHERE due <= :now ORDER BY due, key LIMIT :limit"
FAREWELLS = 5  # unsubscribe requests; after that the hub may notice by itself
MISSES = 2  # visits in a row that found entries the hub had not pushed: it is no longer relied on
BYTES = 32  # random bytes of a secret and of the last part of a callback's address
OFFENCES = 3  # in a row: the secret is known to others, or the hub does not know it
SEEN = 20  # digests of bodies remembered, to recognise repeats


class Subscriptions:
    def __init__(self, db: Database) -> None:
        self.db = db

    def offered(self, source: str, hub: Hub, now: datetime) -> None:
        """Records which hub, if any, the source's document names now. Within a transaction."""
        if not hub.url and not self.db.execute(ANY, [source]).fetchone():
            return  # as for nearly all sources
        row = {"source": source, "hub": hub.url, "topic": hub.topic, "now": stamp(now)}
        self.leave(REPLACED, row)
        if not hub.url:
            return
        known = self.db.execute(
            "UPDATE subscriptions SET state = iif(lease > :now, 'live', 'wanted'),"
            " due = iif(state = 'leaving', :now, due)"
            " WHERE source = :source AND hub = :hub AND topic = :topic",
            row,
        )
        if not known.rowcount:
            self.add(source, hub, now)

    def add(self, source: str, hub: Hub, due: datetime, note: str = "") -> None:
        row = {"source": source, "hub": hub.url, "topic": hub.topic, "due": stamp(due), "note": note}
        self.db.execute(ADD, row | {"key": token_urlsafe(BYTES), "secret": token_urlsafe(BYTES)})

    def leave(self, which: str, row: dict[str, str]) -> None:
        self.db.execute(DROP.format(which=which), row)
        self.db.execute(LEAVE.format(which=which), row)

    def leave_unlisted(self, now: datetime) -> None:
        """Ends the subscriptions of sources that are no longer configured."""
        self.leave(UNLISTED, {"now": stamp(now)})

    def find(self, key: str) -> Subscription | None:
        found = list(self.db.query("SELECT * FROM subscriptions WHERE key = ?", [key]))
        return subscription(found[0]) if found else None

    def claim(self, now: datetime, base: str, limit: int) -> list[Subscription]:
        """Subscriptions to request now, marked as asked; they come up again unless the hub confirms.

        `base`: our public address. Subscriptions made under another address are requested again.
        """
        self.db.execute(
            "UPDATE subscriptions SET due = :now WHERE base <> :base AND base <> '' AND state = 'live'"
            " AND due > :now",
            {"now": stamp(now), "base": base},
        )
        self.db.execute(
            "DELETE FROM subscriptions WHERE state = 'leaving' AND due <= :now AND attempts >= :most",
            {"now": stamp(now), "most": FAREWELLS},
        )
        found = [subscription(row) for row in self.db.query(CLAIM, {"now": stamp(now), "limit": limit})]
        self.db.conn.executemany(
            "UPDATE subscriptions SET asked = :now, attempts = attempts + 1, due = :due,"
            " base = iif(state = 'leaving', base, :base),"
            " note = iif(state = 'wanted', 'its hub was asked to push, and has not confirmed it', '')"
            " WHERE key = :key",
            [
                {
                    "key": each.key,
                    "now": stamp(now),
                    "due": stamp(retry(now, each.attempts + 1, each.key)),
                    "base": base,
                }
                for each in found
            ],
        )
        return found

    def refused(self, key: str, reply: Reply, now: datetime) -> None:
        """The request failed. Ignored if the hub has confirmed nevertheless."""
        self.db.execute(
            "UPDATE subscriptions SET asked = NULL, note = :note, due = max(due, :due)"
            " WHERE key = :key AND asked IS NOT NULL",
            {"key": key, "note": reply.note, "due": stamp(now + (reply.wait or timedelta()))},
        )

    def confirmed(self, key: str, lease: timedelta, now: datetime) -> str:
        """Returns the source; "" when we had not asked."""
        row = {"key": key, "lease": stamp(now + lease), "due": stamp(renewal(now, lease, key))}
        found = self.db.execute(
            "UPDATE subscriptions SET state = 'live', asked = NULL, attempts = 0, misses = 0, offences = 0,"
            " lease = :lease, due = :due, note = '' WHERE key = :key AND asked IS NOT NULL"
            " AND state <> 'leaving' RETURNING source",
            row,
        ).fetchall()
        return str(found[0][0]) if found else ""

    def left(self, key: str) -> None:
        self.db.execute("DELETE FROM subscriptions WHERE key = ? AND state = 'leaving'", [key])

    def denied(self, key: str, reason: str, now: datetime) -> str:
        """The hub refuses to push, or stops: we ask again in a week. Returns the source if that is new."""
        note = f"its hub does not push it{': ' if reason else ''}{reason}"
        found = self.db.execute(
            "UPDATE subscriptions SET state = 'wanted', asked = NULL, lease = NULL, due = :due, note = :note"
            " WHERE key = :key AND state <> 'leaving' AND note <> :note RETURNING source",
            {"key": key, "note": note, "due": stamp(now + AFTER_A_NO)},
        ).fetchall()
        return str(found[0][0]) if found else ""

    def knows(self, key: str, digest: str) -> bool:
        """Whether this subscription has received that body before."""
        return digest in self.seen(key)

    def pushed(self, key: str, digest: str) -> None:
        """Records a body that was new and readable."""
        self.db.execute(
            "UPDATE subscriptions SET misses = 0, offences = 0, seen = :seen WHERE key = :key",
            {"key": key, "seen": json.dumps([*self.seen(key), digest][-SEEN:])},
        )

    def seen(self, key: str) -> list[str]:
        row = self.db.execute("SELECT seen FROM subscriptions WHERE key = ?", [key]).fetchone()
        try:
            found = json.loads(row[0]) if row else []
        except ValueError:  # damaged: a repeated body is read once more, and changes nothing
            return []
        return found if isinstance(found, list) else []

    def distrust(self, key: str, now: datetime) -> bool:
        """Counts a wrong signature or hostile body; True for one too many, when we subscribe afresh."""
        self.db.execute("UPDATE subscriptions SET offences = offences + 1 WHERE key = ?", [key])
        found = list(self.db.query("SELECT * FROM subscriptions WHERE key = ?", [key]))
        if not found or found[0]["offences"] < OFFENCES or found[0]["state"] == "leaving":
            return False
        row = found[0]
        self.db.execute("DELETE FROM subscriptions WHERE key = ?", [key])
        note = "what came in the name of its hub was not signed as agreed, or meant to harm"
        self.add(row["source"], Hub(row["hub"], row["topic"]), retry(now, OFFENCES, key), note)
        return True

    def missed(self, source: str) -> None:
        """A visit found entries that the hub should have pushed."""
        self.db.execute(
            "UPDATE subscriptions SET misses = misses + 1 WHERE source = ? AND state = 'live'", [source]
        )

    def live(self, source: str, now: datetime) -> bool:
        """Whether its hub can be relied on."""
        found = self.db.execute(
            "SELECT 1 FROM subscriptions WHERE source = :source AND state = 'live' AND lease > :now"
            " AND misses < :misses",
            {"source": source, "now": stamp(now), "misses": MISSES},
        )
        return found.fetchone() is not None

    def lapse(self, now: datetime) -> list[str]:
        """Ends subscriptions whose lease is over; returns their sources."""
        found = self.db.execute(
            "UPDATE subscriptions SET state = 'wanted', lease = NULL, due = min(due, :now),"
            " note = 'the lease of its hub has ended'"
            " WHERE state = 'live' AND lease <= :now RETURNING source",
            {"now": stamp(now)},
        )
        return [each[0] for each in found.fetchall()]

    def forget(self, now: datetime) -> None:
        """For when WebSub is switched off: hubs reach nobody. Due immediately when it is on again."""
        self.db.execute("DELETE FROM subscriptions WHERE state = 'leaving'")
        self.db.execute(
            "UPDATE subscriptions SET state = 'wanted', asked = NULL, lease = NULL, base = '', attempts = 0,"
            " note = '', due = :now WHERE lease IS NOT NULL OR asked IS NOT NULL",
            {"now": stamp(now)},
        )

    def relied_on(self) -> list[str]:
        """The sources whose hub has ever confirmed a lease that we still hold on record."""
        return [
            each[0] for each in self.db.execute("SELECT source FROM subscriptions WHERE lease IS NOT NULL")
        ]


def subscription(row: dict[str, Any]) -> Subscription:
    return Subscription(
        key=row["key"],
        source=row["source"],
        hub=Hub(row["hub"], row["topic"]),
        secret=row["secret"],
        state=row["state"],
        asked=moment_or_none(row["asked"]),
        lease=moment_of_stamp(row["lease"]) if row["lease"] else None,
        attempts=row["attempts"],
        base=row["base"],
    )
