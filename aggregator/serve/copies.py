"""Published files as they are sent: in both encodings, with all their headers, ready in memory."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".json": "application/feed+json; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".xsl": "text/xsl; charset=utf-8",
}
# The pages need no script and nothing from elsewhere; what a feed smuggles in must not run.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
ROOM = 64_000_000  # bytes of files held, and with their zipped copies not twice as much

Headers = list[tuple[bytes, bytes]]
Stamp = tuple[int, int, int]
"""Inode, size, time: an equal stamp is the same file."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One encoding of a file."""

    tag: bytes
    body: bytes
    headers: Headers
    unchanged: Headers
    """What goes with "not modified" (RFC 9110 §15.4.5)."""


@dataclass(frozen=True, slots=True)
class Copy:
    stamp: Stamp
    modified: datetime
    plain: Variant
    zipped: Variant


class Copies:
    """The files that were read last, as many as there is room for."""

    def __init__(self, room: int = ROOM) -> None:
        self.room = room
        self.held: OrderedDict[Path, Copy] = OrderedDict()

    def get(self, path: Path, stamp: Stamp) -> Copy | None:
        copy = self.held.get(path)
        return copy if copy and copy.stamp == stamp else None

    def keep(self, path: Path, copy: Copy) -> None:
        self.room += sum(len(old.plain.body) for old in [self.held.pop(path, None)] if old)
        self.held[path] = copy
        self.room -= len(copy.plain.body)
        while self.room < 0 and len(self.held) > 1:
            _, old = self.held.popitem(last=False)
            self.room += len(old.plain.body)


def read(path: Path, stamp: Stamp, caching: str, link: str, suffix: str) -> Copy:
    """Raises OSError."""
    body = path.read_bytes()
    modified = datetime.fromtimestamp(stamp[2] // 1_000_000_000, UTC)
    tag = hashlib.sha256(body).hexdigest()[:32]
    common = {
        "last-modified": format_datetime(modified, usegmt=True),
        "cache-control": caching,
        "vary": "Accept-Encoding",
        "x-content-type-options": "nosniff",
        "link": link,
    }
    always = {"content-type": TYPES[suffix]} | (PAGE if suffix == ".html" else {})
    zipped = {"content-encoding": "gzip"}
    return Copy(
        stamp,
        modified,
        variant(f'"{tag}"', body, common, always),
        variant(f'"{tag}-gzip"', gzip.compress(body, 6, mtime=0), common, always | zipped),
    )


PAGE = {"content-security-policy": POLICY, "referrer-policy": "no-referrer"}


def variant(tag: str, body: bytes, common: dict[str, str], more: dict[str, str]) -> Variant:
    first = {"etag": tag} | common
    whole = first | more | {"content-length": str(len(body))}
    return Variant(tag.encode(), body, raw(whole), raw(first))


def raw(headers: dict[str, str]) -> Headers:
    return [(name.encode(), value.encode("latin-1")) for name, value in headers.items() if value]


Linked = Callable[[str], str]
"""The name of a file -> its Link header, or ""."""
