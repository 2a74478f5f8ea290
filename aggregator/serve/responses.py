"""Responses with rendered pages: conditional, compressed on request, and with a strict security policy."""

from collections.abc import Awaitable, Callable, Hashable
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from aggregator.errors import StoreError
from aggregator.model import Site
from aggregator.render import pages
from aggregator.serve.conditional import matches_etag
from aggregator.serve.files import FIRST, accepts_gzip
from aggregator.serve.shelf import BusyError, Made, Shelf

HTML = "text/html; charset=utf-8"

Answer = Callable[[Request], Awaitable[Response]]


class Responder:
    """Answers with pages from the shelf, and asks visitors to try again when it has no time for them."""

    def __init__(self, site: Site, cache: timedelta, shelf: Shelf) -> None:
        self.site = site
        self.cache = cache
        self.shelf = shelf

    def __call__(self, answer: Answer) -> Answer:
        async def careful(request: Request) -> Response:
            try:
                return await answer(request)
            except BusyError:
                return self.say(request, 503, "Too many requests", "Please try again in a moment.")
            except StoreError:
                return self.say(request, 503, "Not now", "The database cannot be read at the moment.")

        return careful

    async def give(
        self, request: Request, key: Hashable, make: Callable[[], Made], kind: str = HTML
    ) -> Response:
        """The page with this key, made if need be. Raises BusyError, StoreError, and what `make` raises."""
        page = await self.shelf.page(key, make)
        zipped = bool(page.zipped) and accepts_gzip(header(request, "accept-encoding"))
        tag = f'"{page.tag}-gzip"' if zipped else f'"{page.tag}"'
        headers = self.headers() | {
            "ETag": tag,
            "Cache-Control": f"public, max-age={int(self.cache.total_seconds())}",
            "Vary": "Accept-Encoding, Sec-Fetch-Dest",
        }
        if matches_etag(header(request, "if-none-match"), tag.encode()):
            return Response(status_code=304, headers=headers)
        if zipped:
            headers["Content-Encoding"] = "gzip"
        return Response(page.zipped if zipped else page.plain, headers=headers, media_type=kind)

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
