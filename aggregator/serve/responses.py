"""Responses with rendered pages: conditional, compressed on request, and with a strict security policy."""

import gzip
import hashlib
from collections.abc import Callable
from datetime import timedelta
from threading import BoundedSemaphore

from starlette.requests import Request
from starlette.responses import Response

from aggregator.errors import StoreError
from aggregator.model import Site
from aggregator.render import pages
from aggregator.serve.conditional import matches_etag
from aggregator.serve.files import FIRST, accepts_gzip

HTML = "text/html; charset=utf-8"
AT_ONCE = 12  # of Starlette's 40 threads: the others serve the feeds
SMALL = 1_000  # bytes that are not worth compressing

Maker = Callable[[Request], Response]


class Responder:
    """Answers AT_ONCE requests at a time, and asks the others to try again."""

    def __init__(self, site: Site, cache: timedelta) -> None:
        self.site = site
        self.cache = cache
        self.free = BoundedSemaphore(AT_ONCE)

    def __call__(self, make: Maker) -> Maker:
        # A plain function: Starlette runs it in a thread, so a slow disk does not delay other requests.
        def answer(request: Request) -> Response:
            if not self.free.acquire(blocking=False):
                return self.say(request, 503, "Too many requests", "Please try again in a moment.")
            try:
                return make(request)
            except StoreError:
                return self.say(request, 503, "Not now", "The database cannot be read at the moment.")
            finally:
                self.free.release()

        return answer

    def give(self, request: Request, body: bytes, kind: str = HTML) -> Response:
        zipped = len(body) > SMALL and accepts_gzip(header(request, "accept-encoding"))
        mark = hashlib.sha256(body).hexdigest()[:32]
        tag = f'"{mark}-gzip"' if zipped else f'"{mark}"'
        headers = self.headers() | {
            "ETag": tag,
            "Cache-Control": f"public, max-age={int(self.cache.total_seconds())}",
            "Vary": "Accept-Encoding, Sec-Fetch-Dest",
        }
        if matches_etag(header(request, "if-none-match"), tag.encode()):
            return Response(status_code=304, headers=headers)
        if zipped:
            body = gzip.compress(body, 6, mtime=0)
            headers["Content-Encoding"] = "gzip"
        return Response(body, headers=headers, media_type=kind)

    def say(self, request: Request, status: int, heading: str, words: str, begin: bool = False) -> Response:
        """`begin`: with the commands that bring the first stories."""
        root = "../" * (request.url.path.count("/") - 1)  # we may lie below a path of a proxy
        body = pages.plain_page(self.site, heading, words, root, begin)
        headers = self.headers() | {"Cache-Control": "no-store"}
        if status == 503:
            headers["Retry-After"] = "2"
        return Response(body, status, headers, HTML)

    def nothing_here(self, request: Request, _: Exception) -> Response:
        """For an address that has no page, or none yet."""
        if request.scope["path"].removeprefix(request.scope.get("root_path", ""))[1:] in FIRST:
            return self.say(request, 404, "Nothing is published yet", "", begin=True)
        return self.say(request, 404, "No such page", "There is nothing at this address.")

    def policy(self) -> str:
        return f"{pages.policy(self.site)}; frame-ancestors 'none'"

    def headers(self) -> dict[str, str]:
        return {
            "Content-Security-Policy": self.policy(),
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        }


def header(request: Request, name: str) -> bytes:
    return request.headers.get(name, "").encode("latin-1")
