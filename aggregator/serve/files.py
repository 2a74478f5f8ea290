"""Files of the output folders, with conditional requests (RFC 9110 §13) and gzip.

Plain ASGI: readers ask for these all day, so we answer without router, request and response objects.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from stat import S_ISREG
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from aggregator.serve.cache import SHOWN, TYPES, Copies, Copy, Headers, Linked, copy_of, read_copy
from aggregator.serve.conditional import not_modified
from aggregator.serve.feed_page import View

SHORTEST = 16  # characters of a secret: fewer can be guessed
FIRST = ("", "index.html", "feed.atom")
FEEDS = tuple(SHOWN)
DOCUMENT = (b"sec-fetch-dest", b"document")
LIVE = ("sources.html", "search.html")  # files for other servers: we render richer pages
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"


def unlinked(_: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Secrets:
    """Outputs that only readers with a secret may fetch."""

    folder: Path
    files: Mapping[str, Path] = field(default_factory=dict)
    """Name of the output -> the file that holds its secret."""

    def guards(self, name: str) -> bool:
        return name.partition(".")[0] in self.files

    def lets_in(self, name: str, query: bytes) -> bool:
        """Reads the secret each time: changing the file locks everybody out immediately."""
        try:
            secret = self.files[name.partition(".")[0]].read_text(encoding="utf-8-sig").strip()
            written = query.decode("ascii")
            # A form encodes a blank as +; somebody who pastes a secret after ?token= means a plus.
            given = [token(written), token(written.replace("+", "%2B"))]
        except (OSError, ValueError):
            return False
        right = [hmac.compare_digest(secret.encode(), each.encode(errors="replace")) for each in given]
        return len(secret) >= SHORTEST and any(right)


def token(query: str) -> str:
    return parse_qs(query, max_num_fields=10).get("token", [""])[0]


NO_SECRETS = Secrets(Path())


class PublishedFiles:
    """Serves the files; passes all other addresses to the application `behind`."""

    def __init__(
        self,
        folder: Path,
        cache: timedelta,
        linked: Linked = unlinked,
        secrets: Secrets = NO_SECRETS,
        policy: str = POLICY,
        behind: ASGIApp | None = None,
        view: View | None = None,
    ) -> None:
        self.folder = folder
        self.age = int(cache.total_seconds())
        self.linked = linked
        self.secrets = secrets
        self.policy = policy
        """Content-Security-Policy of our files: nothing that a feed smuggles in may run."""
        self.behind = behind
        self.view = view
        """Makes the page of a feed for browsers."""
        self.copies = Copies()
        self.pages = Copies()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            # Without the path prefix of a proxy, as in Starlette.
            name = scope["path"].removeprefix(scope.get("root_path", ""))[1:] or "index.html"
            copy = None if self.behind and name in LIVE else await self.copy(name, scope["query_string"])
            if copy and self.view and name.endswith(FEEDS) and DOCUMENT in scope["headers"]:
                copy = await self.page(name, copy, self.view)
            if copy:
                await send_file(copy, scope, send)
                return
            if not self.behind:
                await not_found(name)(scope, receive, send)
                return
        if self.behind:
            await self.behind(scope, receive, send)

    async def copy(self, name: str, query: bytes = b"") -> Copy | None:
        """The present file; None for a file that we do not publish, or not to this reader."""
        dot = name.rfind(".")
        suffix = name[dot:]
        if dot < 1 or suffix not in TYPES or name[0] in "./" or "/." in name or "//" in name:
            return None
        folder, caching = self.folder, f"public, max-age={self.age}"
        if self.secrets.files and self.secrets.guards(name):
            if not await run_in_threadpool(self.secrets.lets_in, name, query):
                return None
            folder, caching = self.secrets.folder, f"private, max-age={self.age}"
        path = folder / name
        try:
            found = path.stat()
        except (OSError, ValueError):
            return None
        stamp = (found.st_ino, found.st_size, found.st_mtime_ns)
        held = self.copies.get(path, stamp)
        if held is None and S_ISREG(found.st_mode):
            try:
                held = await run_in_threadpool(
                    read_copy, path, stamp, caching, self.linked(name), self.policy
                )
            except OSError:  # removed meanwhile
                return None
            self.copies.keep(path, held)
        return held

    async def page(self, name: str, copy: Copy, view: View) -> Copy:
        """The feed as a page; the feed itself where there is none."""
        held = self.pages.get(Path(name), copy.stamp)
        if held is None:
            body = await run_in_threadpool(view, name, copy.plain.body)
            # Some shared caches know no Vary but Accept-Encoding: none may give the page to readers.
            caching = f"private, max-age={self.age}"
            held = copy_of(body, ".html", copy.stamp, caching, "", self.policy) if body else copy
            self.pages.keep(Path(name), held)
        return held


async def send_file(copy: Copy, scope: Scope, send: Send) -> None:
    tags = since = accepted = shown = None
    for name, value in scope["headers"]:
        if name == b"accept-encoding":
            accepted = value
        elif name == b"if-none-match":
            tags = value
        elif name == b"if-modified-since":
            since = value
        elif name == b"sec-fetch-dest":
            shown = value
    chosen = copy.zipped if accepted and accepts_gzip(accepted) else copy.plain
    if not_modified(copy, chosen, tags, since):
        await begin(send, 304, chosen.unchanged)
        await send(END)
        return
    await begin(send, 200, chosen.shown if shown == b"document" else chosen.headers)
    await send(END if scope["method"] == "HEAD" else {"type": "http.response.body", "body": chosen.body})


END = {"type": "http.response.body", "body": b""}


async def begin(send: Send, status: int, headers: Headers) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})


def not_found(name: str) -> Response:
    # Text, not HTML, and without the name: an address must not be able to inject text into our page.
    words = "nothing is published yet" if name in FIRST else "there is no such page"
    return PlainTextResponse(words + "\n", status_code=404, headers={"X-Content-Type-Options": "nosniff"})


def accepts_gzip(header: bytes) -> bool:
    """RFC 9110 §12.5.3; a weight of zero means no."""
    for part in header.lower().split(b","):
        coding, _, weight = part.partition(b";")
        if coding.strip() in (b"gzip", b"*"):
            return weight.replace(b" ", b"").removeprefix(b"q=") not in (b"0", b"0.0", b"0.00", b"0.000")
    return False
