"""The result of a visit, and the decision after it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from aggregator.model.document import Fault, Fetched
from aggregator.model.draft import Rhythm
from aggregator.model.entry import Entry
from aggregator.model.push import Hub

VisitResult = Literal["fresh", "same", "failed"]
Condition = Literal["ok", "failing", "ended", "new"]
"""Of a source, as plan/condition.py decides. "ended": never visited again; "new": never read yet."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One line of the fetch log."""

    source: str
    at: datetime
    seconds: float
    result: VisitResult
    status: int = 0
    size: int = 0
    fault: Fault | Literal[""] = ""
    notes: tuple[str, ...] = ()
    wait: timedelta | None = None
    """Retry-After."""


@dataclass(frozen=True, slots=True)
class Harvest:
    """The result of one visit. Crosses process and machine borders, so it contains only plain values."""

    visit: Visit
    entries: tuple[Entry, ...] = ()
    """Entries that are new or changed since the last visit, and possibly others."""
    fetched: Fetched = field(default_factory=Fetched)
    """Without its documents: validators, digest, freshness, files."""
    title: str = ""
    url: str = ""
    language: str = ""
    rhythm: Rhythm = field(default_factory=Rhythm)
    kept: tuple[datetime | None, ...] = ()
    """Publication times of the document's unchanged entries."""
    read: tuple[str, ...] = ()
    """The local files that were read: those that are new or changed."""
    known: bytes | None = None
    """For the next Job; None: no document was read, so it stays unchanged."""
    hub: Hub | None = None
    """None: we read nothing that could name one."""

    @property
    def dates(self) -> tuple[datetime | None, ...]:
        """Publication times of all entries of the document, unordered."""
        return (*(entry.published for entry in self.entries), *self.kept)


@dataclass(frozen=True, slots=True)
class SourceState:
    """What we learned from a source's visits, besides validators and files. Reset for a new address."""

    answered: datetime | None = None
    """Its last visit that did not fail."""
    failures: int = 0
    """Failures in a row since then."""
    gap: timedelta | None = None
    """Mean time between entries, by their dates."""
    newest: datetime | None = None
    """When something new last appeared."""
    rhythm: Rhythm = field(default_factory=Rhythm)
    """From the last document that we read: a 304 has none."""
    address: str = ""
    """Where it has moved permanently; visited instead of the configured address."""
    moved_to: str = ""
    """Target of permanent redirects since `moved_since`, seen `moved_seen` times; not adopted yet."""
    moved_since: datetime | None = None
    moved_seen: int = 0
    ended: str = ""
    """Why it is no longer visited, or ""."""
    refused: str = ""
    """Identifies the settings that refused its address or its size at the last visit; "": none did."""


@dataclass(frozen=True, slots=True)
class Next:
    """The decision after a visit."""

    memory: SourceState
    due: datetime | None
    """None: never again."""
    reason: str
    """A short explanation for people."""


@dataclass(frozen=True, slots=True)
class Health:
    """The status of a source, for people."""

    name: str
    address: str
    title: str
    due: datetime | None
    """None: never again."""
    reason: str
    """Why the next visit is due then."""
    visited: datetime | None = None
    succeeded: datetime | None = None
    result: VisitResult | Literal[""] = ""
    fault: str = ""
    notes: tuple[str, ...] = ()
    entries: int = 0
    hub: str = ""
    """State of its subscription at its hub, in words; "" if there is nothing to report."""
