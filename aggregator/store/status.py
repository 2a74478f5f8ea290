"""The sources with their latest visits, for the page of sources."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from aggregator.model import Condition, LoggedVisit, SourceStatus
from aggregator.plan.condition import FAILING, condition
from aggregator.store.columns import NEVER, moment_of_stamp, moment_or_none, stamp
from aggregator.store.connection import Database
from aggregator.store.source_state import load_state

RECORDS = """
SELECT name, kind, title, url, address, due, reason, succeeded, memory FROM sources
WHERE active ORDER BY name
"""
NAMED = """
SELECT name, kind, title, url, address, due, reason, succeeded, memory FROM sources WHERE name = ?
"""
# As plan.condition() decides it.
CONDITION = """
CASE WHEN due = :never THEN 'ended'
    WHEN json_valid(memory) AND memory ->> 'failures' >= :failing THEN 'failing'
    WHEN succeeded IS NULL THEN 'new'
    ELSE 'ok' END
"""
LIMITS = {"never": NEVER, "failing": FAILING}
ILL = """
SELECT * FROM (SELECT name, {condition} AS condition FROM sources WHERE active)
WHERE condition IN ('failing', 'ended') ORDER BY name
"""
MOVED = """
SELECT name, memory ->> 'address' AS address FROM sources
WHERE active AND json_valid(memory) AND memory ->> 'address' <> '' ORDER BY name
"""
# Every entry was new, although a document had been read before; `known` holds eight bytes per entry of the
# last one. A push (status 0) holds only what is new.
OVERFLOWED = """
SELECT name, length(known) / 8 AS listed, count(*) AS visits, max(at) AS latest
FROM sources JOIN visits ON visits.source = name
WHERE active AND kind = 'url' AND status > 0 AND at > :since AND added >= length(known) / 8
    AND length(known) >= 8 * :least
    AND visits.id > (SELECT min(id) FROM visits WHERE source = name AND result = 'fresh')
GROUP BY name ORDER BY name
"""
VISITS = """
SELECT visits.source, visits.at, visits.result, visits.status, visits.added, visits.fault
FROM sources CROSS JOIN visits
WHERE sources.active AND visits.source = sources.name AND visits.id > coalesce(
    (SELECT id FROM visits WHERE source = sources.name ORDER BY id DESC LIMIT 1 OFFSET :latest), 0)
ORDER BY visits.source, visits.id
"""


@dataclass(frozen=True, slots=True)
class Overflow:
    """A document whose entries were all new: others may have come and gone since the visit before."""

    source: str
    listed: int
    visits: int
    latest: datetime


class SourceStatuses:
    def __init__(self, db: Database) -> None:
        self.db = db

    def ill(self) -> list[tuple[str, Condition]]:
        """The sources that are failing or ended, by name."""
        rows = self.db.query(ILL.format(condition=CONDITION), LIMITS)
        return [(each["name"], each["condition"]) for each in rows]

    def moved(self) -> dict[str, str]:
        """Name of an active source -> where it is visited now in place of its configured address."""
        return {each["name"]: each["address"] for each in self.db.query(MOVED)}

    def overflowed(self, since: datetime, least: int) -> list[Overflow]:
        """Web sources of `least` and more entries a document, at visits since then."""
        rows = self.db.query(OVERFLOWED, {"since": stamp(since), "least": least})
        return [
            Overflow(each["name"], each["listed"], each["visits"], moment_of_stamp(each["latest"]))
            for each in rows
        ]

    def pages(self) -> dict[str, str]:
        """Active source -> its web page, for sources whose feeds name one."""
        return {each["name"]: each["url"] for each in self.db.query(RECORDS) if each["url"]}

    def named(self, name: str) -> SourceStatus | None:
        """Without its visits, also when it was removed from the configuration; None for a name nobody had."""
        found = next(iter(self.db.query(NAMED, [name])), None)
        return record(found, ()) if found else None

    def all(self, latest: int) -> list[SourceStatus]:
        """All active sources by name, each with its `latest` latest visits."""
        visits: dict[str, list[LoggedVisit]] = {}
        for each in self.db.query(VISITS, {"latest": latest}):
            visits.setdefault(each["source"], []).append(logged(each))
        return [record(each, tuple(visits.get(each["name"], ()))) for each in self.db.query(RECORDS)]


def logged(row: dict[str, Any]) -> LoggedVisit:
    return LoggedVisit(moment_of_stamp(row["at"]), row["result"], row["status"], row["added"], row["fault"])


def record(row: dict[str, Any], visits: tuple[LoggedVisit, ...]) -> SourceStatus:
    memory, answered = load_state(row["memory"]), moment_or_none(row["succeeded"])
    return SourceStatus(
        name=row["name"],
        title=row["title"],
        url=row["url"],
        host=bare_host(row["address"]) if row["kind"] == "url" else "",
        due=due(row["due"]),
        reason=row["reason"],
        answered=answered,
        failures=memory.failures,
        ended=memory.ended,
        condition=condition(row["due"] == NEVER, memory.failures, answered),
        visits=visits,
    )


def bare_host(address: str) -> str:
    """The host name alone: user, password and query may hold secrets."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def due(text: str) -> datetime | None:
    return None if text == NEVER else moment_of_stamp(text)
