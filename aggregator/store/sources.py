"""The configured sources, and what we remember of each."""

import json
from collections.abc import Collection, Iterable
from contextlib import closing
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from aggregator.model import Harvest, Health, Job, Next, Source, SourceState
from aggregator.plan.condition import is_failing
from aggregator.store import source_state
from aggregator.store.columns import NEVER, moment_or_none, stamp
from aggregator.store.connection import Database
from aggregator.store.entries import KeptCounts
from aggregator.store.local_files import known_files, remember_files
from aggregator.store.visits import Visits

# A new address is another page: validators of the old one must not be sent to it.
SYNC = """
INSERT INTO sources (name, kind, address, tags, every, priority, due)
VALUES (:name, :kind, :address, :tags, :every, :priority, :now)
ON CONFLICT (name) DO UPDATE SET active = 1, kind = :kind, address = :address, tags = :tags, every = :every,
    priority = :priority,
    due = CASE
        WHEN address <> :address OR kind <> :kind THEN :now
        WHEN due = :never THEN due
        ELSE min(due, :latest)
    END,
    memory = CASE WHEN address <> :address OR kind <> :kind THEN '{}' ELSE memory END,
    etag = CASE WHEN address <> :address THEN '' ELSE etag END,
    modified = CASE WHEN address <> :address THEN '' ELSE modified END,
    digest = CASE WHEN address <> :address OR kind <> :kind THEN '' ELSE digest END,
    known = CASE WHEN address <> :address OR kind <> :kind THEN x'' ELSE known END
"""
FORGET_FILES = """
DELETE FROM files WHERE source IN (
    SELECT name FROM sources WHERE name = :name AND (address <> :address OR kind <> :kind)
)
"""
LISTED = "SELECT name, kind, address, tags, every, priority FROM sources WHERE active"
# A clock that was wrong once must not park a source permanently.
FURTHEST = timedelta(days=60)
UNPARK = "UPDATE sources SET due = :now WHERE due > :furthest AND due <> :never"
LATEST = 1.2  # times the interval, with jitter: the latest due time after the interval was shortened
CLAIM = """
UPDATE sources SET lease = :until WHERE name IN (
    SELECT name FROM sources
    WHERE active AND lease <= :now AND {which} AND name IN (SELECT value FROM json_each(:names))
    ORDER BY due, name LIMIT :limit
) RETURNING *
"""
DUE = "SELECT name FROM sources WHERE active AND lease <= :now AND due <= :now ORDER BY due, name"
HEALTH = """
SELECT sources.name, address, title, due, reason,
    latest.at AS visited, latest.result, latest.fault, latest.notes,
    succeeded,
    coalesce((SELECT note FROM subscriptions WHERE source = sources.name AND state <> 'leaving'), '') AS hub,
    (SELECT count(*) FROM entries WHERE source = sources.name) AS entries
FROM sources
LEFT JOIN visits AS latest ON latest.id = (SELECT max(id) FROM visits WHERE source = sources.name)
WHERE active ORDER BY sources.name
"""


class Sources:
    def __init__(self, db: Database) -> None:
        self.db = db
        self.visits = Visits(db)

    def sync(self, sources: Iterable[Source], now: datetime) -> None:
        """Makes the table match the configuration. Rows are deactivated, never removed."""
        rows = {source.name: source_row(source) for source in sources}
        known = {each["name"]: each for each in self.db.query(LISTED)}
        self.db.execute(UNPARK, {"now": stamp(now), "furthest": stamp(now + FURTHEST), "never": NEVER})
        if known == rows:
            return
        self.db.execute(
            "UPDATE sources SET active = 0 WHERE name NOT IN (SELECT value FROM json_each(?))",
            [json.dumps(list(rows))],
        )
        changed = [row for name, row in rows.items() if known.get(name) != row]
        self.db.conn.executemany(FORGET_FILES, changed)
        fixed = {"now": stamp(now), "never": NEVER}
        times = [
            {**row, **fixed, "latest": stamp(now + timedelta(seconds=row["every"]) * LATEST)}
            for row in changed
        ]
        self.db.conn.executemany(SYNC, times)

    def claim_due(self, names: Collection[str], now: datetime, until: datetime, limit: int) -> list[Job]:
        """Those of the named sources that are due, longest overdue first, leased to us until `until`.

        Looks only at sources that are due: a claim among a million names costs no more than among few.
        """
        with closing(self.db.execute(DUE, {"now": stamp(now)})) as due:
            chosen = list(islice((name for (name,) in due if name in names), limit))
        return self.claim("TRUE", chosen, now, until, limit)

    def claim_named(self, names: Iterable[str], now: datetime, until: datetime, limit: int) -> list[Job]:
        """The named sources that nobody else is visiting right now."""
        return self.claim("TRUE", names, now, until, limit)

    def claim_living(self, names: Iterable[str], now: datetime, until: datetime, limit: int) -> list[Job]:
        """As claim_named(), without those that are permanently gone."""
        return self.claim("due <> :never", names, now, until, limit)

    def claim(
        self, which: str, names: Iterable[str], now: datetime, until: datetime, limit: int
    ) -> list[Job]:
        """Failing sources last, so that other sources of a host need not wait for them."""
        values = {
            "now": stamp(now),
            "until": stamp(until),
            "limit": limit,
            "names": json.dumps(list(names)),
            "never": NEVER,
        }
        rows = list(self.db.query(CLAIM.format(which=which), values))
        failing = {row["name"]: is_failing(source_state.load_state(row["memory"]).failures) for row in rows}
        return [self.job(row) for row in sorted(rows, key=lambda row: (failing[row["name"]], row["due"]))]

    def job(self, row: dict[str, Any]) -> Job:
        return Job(
            source=row["name"],
            kind=row["kind"],
            address=source_state.load_state(row["memory"]).address or row["address"],
            etag=row["etag"],
            modified=row["modified"],
            answerer=row["answerer"],
            digest=row["digest"],
            known=row["known"],
            files=() if row["kind"] == "url" else known_files(self.db, row["name"]),
            last_site="" if row["kind"] == "url" else row["url"],
        )

    def job_of(self, source: str) -> Job:
        """A job without a claim, for content that a hub pushed."""
        return self.job(next(iter(list(self.db.query("SELECT * FROM sources WHERE name = ?", [source])))))

    def memory(self, source: str) -> SourceState:
        """Planning's state from the visits so far."""
        found = self.db.execute("SELECT memory FROM sources WHERE name = ?", [source]).fetchone()
        return source_state.load_state(found[0])

    def release_all(self) -> None:
        """Call only when nobody else is refreshing: remaining leases belong to dead processes."""
        self.db.execute("UPDATE sources SET lease = '' WHERE lease <> ''")

    def release(self, names: Iterable[str]) -> None:
        """Ends the leases of sources that were claimed but not visited."""
        self.db.execute(
            "UPDATE sources SET lease = '' WHERE name IN (SELECT value FROM json_each(?))",
            [json.dumps(list(names))],
        )

    def visited(self, harvest: Harvest, coming: Next, kept: KeptCounts) -> None:
        """Logs the visit, stores what the server sent, ends the lease. Within a transaction."""
        visit, fetched = harvest.visit, harvest.fetched
        self.visits.log(visit, kept)
        self.reschedule(visit.source, coming)
        if visit.result != "failed":
            self.remember(harvest)
        if fetched.files:
            remember_files(self.db, visit.source, fetched.files)

    def reschedule(self, source: str, coming: Next) -> None:
        """Stores when and why the next visit is due; ends the lease."""
        self.db.execute(
            "UPDATE sources SET due = :due, reason = :reason, memory = :memory, lease = ''"
            " WHERE name = :source",
            {
                "source": source,
                "due": stamp(coming.due) if coming.due else NEVER,
                "reason": coming.reason,
                "memory": source_state.dump(coming.memory),
            },
        )

    def postpone(self, source: str, coming: Next) -> None:
        """Moves the next visit to a later time, never to an earlier one."""
        self.db.execute(
            "UPDATE sources SET due = :due, reason = :reason WHERE name = :source AND due < :due",
            {"source": source, "due": stamp(coming.due) if coming.due else NEVER, "reason": coming.reason},
        )

    def remember(self, harvest: Harvest) -> None:
        """Stores validators and the document's title, page and language; only after a readable answer."""
        fetched = harvest.fetched
        self.db.execute(
            "UPDATE sources SET succeeded = :at, etag = :etag, modified = :modified,"
            " answerer = :answerer, digest = :digest,"
            " known = coalesce(:known, known), listed = coalesce(nullif(:listed, 0), listed),"
            " title = coalesce(nullif(:title, ''), title),"
            " url = CASE WHEN kind = 'url' THEN coalesce(nullif(:url, ''), url) ELSE :url END,"
            " language = coalesce(nullif(:language, ''), language) WHERE name = :source",
            {
                "source": harvest.visit.source,
                "at": stamp(harvest.visit.at),
                "etag": fetched.etag if fetched.digest else "",
                "modified": fetched.modified if fetched.digest else "",
                "answerer": fetched.answerer,
                "digest": fetched.digest,
                "known": harvest.known,
                "listed": len(harvest.entries) + len(harvest.kept),
                "title": harvest.title,
                "url": harvest.url,
                "language": harvest.language,
            },
        )

    def health(self) -> list[Health]:
        """All active sources by name."""
        return [
            Health(
                **{key: each[key] for key in ("name", "address", "title", "reason", "entries", "hub")},
                due=coming(each["due"]),
                visited=moment_or_none(each["visited"]),
                succeeded=moment_or_none(each["succeeded"]),
                result=each["result"] or "",
                fault=each["fault"] or "",
                notes=tuple((each["notes"] or "").splitlines()),
            )
            for each in self.db.query(HEALTH)
        ]

    def next_due(self) -> datetime | None:
        """When the next active source is due; None if none ever is."""
        return coming(self.db.execute("SELECT min(due) FROM sources WHERE active").fetchone()[0])

    def last_success(self) -> datetime | None:
        return moment_or_none(self.db.execute("SELECT max(succeeded) FROM sources").fetchone()[0])


def coming(due: str | None) -> datetime | None:
    return None if due == NEVER else moment_or_none(due)


def source_row(source: Source) -> dict[str, Any]:
    """The columns that come from the configuration."""
    return {
        "name": source.name,
        "kind": source.kind,
        "address": source.address,
        "tags": json.dumps(source.tags, ensure_ascii=False),
        "every": source.every.total_seconds(),
        "priority": source.priority,
    }
