"""Files of the output folder, with conditional requests (RFC 9110 §13) and gzip, held in memory."""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".json": "application/feed+json; charset=utf-8",
    ".html": "text/html; charset=utf-8",
}
# The pages need no script and nothing from elsewhere; what a feed smuggles in must not run.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True)
class Copy:
    """One file as it was read, in both encodings."""

    stamp: tuple[int, int, int]
    """Inode, size, time: an equal stamp is the same file."""
    plain: bytes
    gzipped: bytes
    tag: str
    modified: datetime


Linked = Callable[[str], str]
"""The name of a file -> its Link header, or ""."""


def unlinked(_: str) -> str:
    return ""


class Shelf:
    def __init__(self, folder: Path, cache: timedelta, linked: Linked = unlinked) -> None:
        self.folder = folder
        self.cache = cache
        self.linked = linked
        self.copies: dict[str, Copy] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        name = request.path_params["name"] or "index.html"
        copy = await self.copy(name)
        await (self.answer(request, name, copy) if copy else missing(name))(scope, receive, send)

    async def copy(self, name: str) -> Copy | None:
        """The file as it lies there now; None for what we do not publish."""
        path = self.folder / name
        if "/" in name or name.startswith(".") or path.suffix not in TYPES:
            return None
        try:
            found = path.stat()
        except (OSError, ValueError):
            return None
        stamp = (found.st_ino, found.st_size, found.st_mtime_ns)
        held = self.copies.get(name)
        if held is None or held.stamp != stamp:
            try:
                held = await run_in_threadpool(read, path, stamp)
            except OSError:  # a folder, or gone since
                return None
            self.copies[name] = held
        return held

    def answer(self, request: Request, name: str, copy: Copy) -> Response:
        zipped = accepts_gzip(request.headers.get("accept-encoding", ""))
        tag = f'"{copy.tag}-gzip"' if zipped else f'"{copy.tag}"'
        headers = {
            "ETag": tag,
            "Last-Modified": format_datetime(copy.modified, usegmt=True),
            "Cache-Control": f"public, max-age={int(self.cache.total_seconds())}",
            "Vary": "Accept-Encoding",
            "X-Content-Type-Options": "nosniff",
        }
        if link := self.linked(name):
            headers["Link"] = link
        if fresh(request, tag, copy.modified):
            return Response(status_code=304, headers=headers)
        if zipped:
            headers["Content-Encoding"] = "gzip"
        if name.endswith(".html"):
            headers["Content-Security-Policy"] = POLICY
            headers["Referrer-Policy"] = "no-referrer"
        body = copy.gzipped if zipped else copy.plain
        return Response(body, headers=headers, media_type=TYPES[Path(name).suffix])


def read(path: Path, stamp: tuple[int, int, int]) -> Copy:
    body = path.read_bytes()
    return Copy(
        stamp=stamp,
        plain=body,
        gzipped=gzip.compress(body, 6, mtime=0),
        tag=hashlib.sha256(body).hexdigest()[:32],
        modified=datetime.fromtimestamp(stamp[2] // 1_000_000_000, UTC),
    )


def missing(name: str) -> Response:
    # Text, not HTML, and without the name: an address must not be able to write into our page.
    words = "nothing is published yet" if name in ("index.html", "feed.atom") else "there is no such page"
    return PlainTextResponse(words + "\n", status_code=404, headers={"X-Content-Type-Options": "nosniff"})


def accepts_gzip(header: str) -> bool:
    """RFC 9110 §12.5.3; a weight of zero means no."""
    for part in header.lower().split(","):
        coding, _, weight = part.partition(";")
        if coding.strip() in ("gzip", "*"):
            return weight.replace(" ", "").removeprefix("q=") not in ("0", "0.0", "0.00", "0.000")
    return False


def fresh(request: Request, tag: str, modified: datetime) -> bool:
    """If-None-Match decides alone where it is sent (RFC 9110 §13.2.2)."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or tag in [each.strip().removeprefix("W/") for each in tags.split(",")]
    since = request.headers.get("if-modified-since")
    try:
        return since is not None and modified <= parsedate_to_datetime(since).astimezone(UTC)
    except (ValueError, OverflowError):
        return False
