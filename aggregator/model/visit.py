"""What a visit brought, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from aggregator.model.document import Fault, Fetched
from aggregator.model.draft import Rhythm
from aggregator.model.entry import Entry
from aggregator.model.push import Hub

VisitResult = Literal["fresh", "same", "failed"]


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
    """What the server asked for with Retry-After."""


@dataclass(frozen=True, slots=True)
class Harvest:
    """What one visit brought home. Crosses process and machine borders: plain values only."""

    visit: Visit
    entries: tuple[Entry, ...] = ()
    """What is new or changed since the last visit, perhaps more."""
    fetched: Fetched = field(default_factory=Fetched)
    """Without its documents: validators, digest, freshness, files."""
    title: str = ""
    url: str = ""
    language: str = ""
    rhythm: Rhythm = field(default_factory=Rhythm)
    kept: tuple[datetime | None, ...] = ()
    """When the document's other entries were published, which are kept as they are."""
    known: bytes | None = None
    """For the next Job; None: no document was read, and it stays as it was."""
    hub: Hub | None = None
    """None: nothing was read that could name one."""

    @property
    def dates(self) -> tuple[datetime | None, ...]:
        """Of all entries of the document, in no order."""
        return (*(entry.published for entry in self.entries), *self.kept)


@dataclass(frozen=True, slots=True)
class SourceState:
    """What a source's visits have taught us, besides validators and files. New for a new address."""

    answered: datetime | None = None
    """Its last visit that did not fail."""
    failures: int = 0
    """In a row since."""
    gap: timedelta | None = None
    """Between one entry and the next, going by their dates."""
    newest: datetime | None = None
    """When something new last appeared."""
    rhythm: Rhythm = field(default_factory=Rhythm)
    """Of the last document that was read: a 304 has none."""
    address: str = ""
    """Where it has moved to for good: visited in place of the configured address."""
    moved_to: str = ""
    """Where permanent redirects have led since `moved_since`, `moved_seen` times; not adopted yet."""
    moved_since: datetime | None = None
    moved_seen: int = 0
    ended: str = ""
    """Why it is never visited again."""


@dataclass(frozen=True, slots=True)
class Next:
    """The decision after a visit."""

    memory: SourceState
    due: datetime | None
    """None: never."""
    reason: str
    """A short sentence for the person who wonders why nothing comes."""


@dataclass(frozen=True, slots=True)
class Health:
    """How a source is doing, for people."""

    name: str
    address: str
    title: str
    due: datetime | None
    """None: never again."""
    reason: str
    """Why the next visit is then."""
    visited: datetime | None = None
    succeeded: datetime | None = None
    result: VisitResult | Literal[""] = ""
    fault: str = ""
    notes: tuple[str, ...] = ()
    entries: int = 0
    hub: str = ""
    """How it stands with its hub; "" where that is nothing to tell."""
