"""A source, and the job for a worker to visit it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from aggregator.model.document import Document
    from aggregator.model.grouping import Join

Kind = Literal["url", "file", "folder"]


@dataclass(frozen=True, slots=True)
class RequestSettings:
    """What the requests to one source carry. It may hold secrets, which are neither stored nor shown."""

    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    header_file: str = ""
    """Absolute path of a file with further headers, read at each visit."""
    user_agent: str = ""
    """"": as for all sources."""
    proxy: str | None = field(default=None, repr=False)
    """Address of a proxy; "": none; None: as for all sources. May contain a password."""


@dataclass(frozen=True, slots=True)
class Source:
    """One `[[source]]` of the configuration. `name` is its identity; the address may change."""

    name: str
    kind: Kind
    address: str
    """http(s) URL, or an absolute path."""
    pattern: str = "*"
    tags: tuple[str, ...] = ()
    every: timedelta = timedelta(hours=1)
    priority: int = 0
    """The source with the higher priority leads a story if both could."""
    join: Join = "events"
    request: RequestSettings = RequestSettings()
    full_text: bool = False
    """Whether the page of each new entry is fetched for its text."""
    site: str = ""
    """Where local files are published, ending in /: the base of their relative links; "" for nowhere."""


BROKEN = "broken:"
"""Prefix of the remembered digest of a file that could not be parsed: it is read at every visit."""
AWAY = "away:"
"""Prefix of the trace of a file that was gone at an earlier visit: it may come back, but no renamed file
continues it."""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What we remember of a local file, so that touching or renaming it does not create a new entry."""

    path: str
    """Relative to the source's folder."""
    size: int
    mtime: int
    """Nanoseconds."""
    digest: str
    uid: str
    """Id of its entry; "" for a feed file, whose entries have ids of their own."""
    trace: str = ""
    """Identifies the file after renaming and editing; "" for a feed file."""


@dataclass(frozen=True, slots=True)
class Job:
    """Everything that a worker, here or on another machine, needs for one visit."""

    source: str
    kind: Kind
    address: str
    pattern: str = "*"
    etag: str = ""
    """As the server sent it, including quotes and W/; sent back unchanged."""
    modified: str = ""
    """Last-Modified as the server sent it; sent back unchanged."""
    answerer: str = ""
    """Final URL after redirects, which sent etag and modified; we send them to no other URL."""
    digest: str = ""
    """Digest of the last parsed body: an equal body is "same" and need not be parsed."""
    known: bytes = b""
    """Digests of the last document's drafts, eight bytes each: no need to store these again."""
    files: tuple[KnownFile, ...] = ()
    pushed: Document | None = None
    """Content pushed by its hub, to be read instead of fetching the address."""
    request: RequestSettings = RequestSettings()
    home: str = ""
    """The configured address: the headers of `request` go only to its origin."""
    site: str = ""
    """As in Source."""
    last_site: str = ""
    """The same at the last visit: once it has changed, all files are read again."""
    full_text: bool = False
    has_article: frozenset[str] = frozenset()
    """Ids of entries whose pages were asked for their texts before."""
