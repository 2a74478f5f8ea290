"""What a visit brings before it is parsed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from aggregator.model.push import NO_HUB, Hub
from aggregator.model.source import KnownFile

Fault = Literal[
    "address",  # not an address we may or can use: scheme, port, private network, outside the folder
    "dns",  # the name does not resolve
    "connect",  # refused, reset, unreachable
    "tls",  # certificate or handshake
    "timeout",  # the total deadline passed
    "size",  # more bytes than allowed, as sent or inflated
    "protocol",  # broken HTTP: truncated, unknown encoding, bad headers, too many redirects
    "status",  # an HTTP status that is no answer: 4xx, 5xx
    "gone",  # 410, or a configured file that is not there
    "format",  # fetched, but no feed and no document we can read
    "slow",  # parsing ran over its time
    "bug",  # our own mistake, logged with its traceback
]


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes and where they came from."""

    body: bytes
    url: str
    """Final URL, the base of relative links; "" for a local file."""
    content_type: str = ""
    modified: datetime | None = None
    """A local file's own time; None for the web."""
    name: str = ""
    """A local file's path below its folder, for messages."""
    uid: str = ""
    """The entry id remembered for a local file; "" when it is new."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer to a Job. No documents: nothing has changed."""

    documents: tuple[Document, ...] = ()
    status: int = 0
    """HTTP status; 0 for files."""
    size: int = 0
    """Bytes that came over the wire or from the disk."""
    etag: str = ""
    modified: str = ""
    answerer: str = ""
    """The URL that answered, behind all redirects: etag and modified belong to it."""
    digest: str = ""
    moved_to: str = ""
    """Where the permanent redirects (301, 308) before the first temporary one led."""
    fresh: timedelta | None = None
    """How long the server says this answer stays fresh: Cache-Control less Age, else Expires."""
    files: tuple[KnownFile, ...] = ()
    """What to remember from now on in place of Job.files, which includes files that are gone."""
    gone: frozenset[str] = frozenset()
    """The paths of those: they may come back, here or under another name."""
    notes: tuple[str, ...] = ()
    """A line for each file that could not be read; the others were."""
    hub: Hub = NO_HUB
    """Of the Link headers."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost and hold; what goes over is cut, noted, or ends its parse."""

    seconds: float = 1.3
    """To parse a document of up to 2 MB; larger ones get as much more as they are larger."""
    entries: int = 5_000
    size: int = 20_000_000
    """Bytes."""
