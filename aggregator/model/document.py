"""The result of a visit before parsing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from aggregator.model.push import NO_HUB, Hub
from aggregator.model.source import KnownFile

Fault = Literal[
    "address",  # not allowed or not usable: scheme, port, private network, outside the folder
    "headers",  # its header_file cannot be read or sent
    "dns",  # the name does not resolve
    "connect",  # refused, reset, unreachable
    "tls",  # certificate or handshake
    "timeout",  # the total deadline passed
    "size",  # more bytes than allowed, as sent or decompressed
    "protocol",  # broken HTTP: truncated, unknown encoding, bad headers, too many redirects
    "status",  # HTTP status 4xx or 5xx
    "gone",  # 410, or a configured file that does not exist
    "format",  # fetched, but neither a feed nor another document that we can read
    "lost",  # two workers of a cluster ended while they visited it
    "slow",  # parsing exceeded its time limit
    "bug",  # our own bug, logged with its traceback
]


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes and their origin."""

    body: bytes
    url: str
    """Final URL, the base of relative links; "" for a local file."""
    content_type: str = ""
    modified: datetime | None = None
    """A local file's own time; None for the web."""
    name: str = ""
    """A local file's path below its folder, for messages."""
    uid: str = ""
    """The remembered entry id of a local file; "" for a new file."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The result of a Job. `documents` is empty if nothing has changed."""

    documents: tuple[Document, ...] = ()
    status: int = 0
    """HTTP status; 0 for files."""
    size: int = 0
    """Bytes read from the network or the disk."""
    etag: str = ""
    modified: str = ""
    answerer: str = ""
    """Final URL after redirects; etag and modified belong to it."""
    digest: str = ""
    moved_to: str = ""
    """Target of the permanent redirects (301, 308) that precede the first temporary one."""
    fresh: timedelta | None = None
    """How long the response stays fresh: Cache-Control less Age, else Expires."""
    files: tuple[KnownFile, ...] = ()
    """Replaces Job.files for the next visit; includes files that are gone."""
    gone: frozenset[str] = frozenset()
    """Paths of the files that are gone; they may come back under the same or another name."""
    notes: tuple[str, ...] = ()
    """One line per file that could not be read; the others were read."""
    hub: Hub = NO_HUB
    """From the Link headers."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for one document; exceeding one drops entries with a note, or fails the visit."""

    seconds: float = 1.3
    """CPU time to parse a document of up to 2 MB; larger ones get proportionally more."""
    entries: int = 5_000
    size: int = 20_000_000
    """Bytes."""
