"""A fake web for tests of fetching: httpx gets its answers from a function and opens no socket."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import httpx

from aggregator.fetch import Caps, Web

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FEED = b'<rss version="2.0"><channel><title>News</title><item><title>One</title></item></channel></rss>'
AGENT = "test/1 (+https://example.org)"

Handler = Callable[[httpx.Request], httpx.Response]


def web(handler: Handler, caps: Caps | None = None, clock: Callable[[], float] = lambda: 0.0) -> Web:
    return Web(httpx.MockTransport(handler), AGENT, caps, clock)


class Chunks(httpx.SyncByteStream):
    """A body in pieces that httpx has not read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        yield from self.chunks


def raw(chunks: Iterator[bytes], **headers: str) -> httpx.Response:
    pairs = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(200, headers=pairs, stream=Chunks(chunks))
