"""Published files ready to send: in both encodings, with all headers, in memory."""

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
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
}
# Browsers show a feed as bare text, but XML with its stylesheet. Only browsers announce that they are
# about to show a document, so only they receive it as XML.
XML = "application/xml; charset=utf-8"
SHOWN = {".atom": XML, ".rss": XML}
ROOM = 64_000_000  # bytes of files held; with their compressed copies less than twice as much

Headers = list[tuple[bytes, bytes]]
Stamp = tuple[int, int, int]
"""Inode, size, mtime in ns: an equal stamp means the same file."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One encoding of a file."""

    tag: bytes
    body: bytes
    headers: Headers
    shown: Headers
    """Headers for a browser that is about to show it."""
    unchanged: Headers
    """Headers of "304 Not Modified" (RFC 9110 §15.4.5)."""


@dataclass(frozen=True, slots=True)
class Copy:
    stamp: Stamp
    modified: datetime
    plain: Variant
    zipped: Variant


class Copies:
    """The files read last, as many as there is room for."""

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


def read_copy(path: Path, stamp: Stamp, caching: str, link: str, policy: str) -> Copy:
    """Raises OSError."""
    return copy_of(path.read_bytes(), path.suffix, stamp, caching, link, policy)


def copy_of(body: bytes, suffix: str, stamp: Stamp, caching: str, link: str, policy: str) -> Copy:
    modified = datetime.fromtimestamp(stamp[2] // 1_000_000_000, UTC)
    tag = hashlib.sha256(body).hexdigest()[:32]
    common = {
        "last-modified": format_datetime(modified, usegmt=True),
        "cache-control": caching,
        "vary": "Accept-Encoding, Sec-Fetch-Dest",
        "x-content-type-options": "nosniff",
        "link": link,
    }
    always = {"content-security-policy": policy, "referrer-policy": "no-referrer"}
    zipped = {"content-encoding": "gzip"}
    type = TYPES[suffix]
    types = type, SHOWN.get(suffix, type)
    return Copy(
        stamp,
        modified,
        variant(f'"{tag}"', body, types, common, always),
        variant(f'"{tag}-gzip"', gzip.compress(body, 6, mtime=0), types, common, always | zipped),
    )


def variant(
    tag: str, body: bytes, types: tuple[str, str], common: dict[str, str], more: dict[str, str]
) -> Variant:
    first = {"etag": tag} | common
    whole = first | more | {"content-length": str(len(body))}
    usual, shown = (raw(whole | {"content-type": type}) for type in types)
    return Variant(tag.encode(), body, usual, shown, raw(first))


def raw(headers: dict[str, str]) -> Headers:
    return [(name.encode(), value.encode("latin-1")) for name, value in headers.items() if value]


Linked = Callable[[str], str]
"""The name of a file -> its Link header, or ""."""
