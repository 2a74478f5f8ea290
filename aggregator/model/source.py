"""What is visited, and what a worker needs for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from aggregator.model.document import Document
    from aggregator.model.grouping import Join

Kind = Literal["url", "file", "folder"]


@dataclass(frozen=True, slots=True)
class Source:
    """One `[[source]]` of the configuration. `name` is its identity, the address may change."""

    name: str
    kind: Kind
    address: str
    """http(s) URL, or an absolute path."""
    pattern: str = "*"
    tags: tuple[str, ...] = ()
    every: timedelta = timedelta(hours=1)
    priority: int = 0
    """Of two reports that could lead a story, that of the higher one does."""
    join: Join = "events"


BROKEN = "broken:"
"""Begins the digest remembered of a file that could not be parsed: it is news at every visit."""
AWAY = "away:"
"""Begins the trace of a file that was gone at an earlier visit: none continues it, but it may come back."""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What we remember of a local file, so that neither a touch nor a rename makes a new entry."""

    path: str
    """Relative to the source's folder."""
    size: int
    mtime: int
    """Nanoseconds, as the file system gives it."""
    digest: str
    uid: str
    """Of the entry made from it; "" for a feed file, whose entries have ids of their own."""
    trace: str = ""
    """By what it is known again under another name and with other bytes; "" for a feed file."""


@dataclass(frozen=True, slots=True)
class Job:
    """All that a worker, here or on another machine, needs for one visit."""

    source: str
    kind: Kind
    address: str
    pattern: str = "*"
    etag: str = ""
    """As the server sent it, quotes and W/ included; sent back unchanged."""
    modified: str = ""
    """Last-Modified as the server sent it; sent back unchanged."""
    answerer: str = ""
    """The URL, behind all redirects, that gave etag and modified: no other one is told them."""
    digest: str = ""
    """Of the last body that parsed: an equal body is "same" before it is parsed."""
    known: bytes = b""
    """Digests of the last document's drafts, eight bytes each: these need not be kept again."""
    files: tuple[KnownFile, ...] = ()
    pushed: Document | None = None
    """What its hub has brought: read in place of what is at the address."""
