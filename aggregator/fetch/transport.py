"""An httpx transport on httpcore's pools that connects only where the guard allows."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

import httpcore
import httpx

from aggregator.errors import SourceError
from aggregator.fetch.connection import INCOMPLETE, Backend, Resolver, error_words, oddity, resolve_host
from aggregator.fetch.guard import Guard

IDLE_ORIGINS = 32  # kept open for the next source on the same host; more would only use up descriptors
IDLE_SECONDS = 15.0
CONNECTIONS = 2  # to one origin at the same time
LATE: dict[type[Exception], str] = {
    httpcore.ConnectTimeout: "connecting took too long",
    httpcore.PoolTimeout: "other visits to its host took until the deadline",
}


class Wire(httpx.BaseTransport):
    """Expects the deadline in request.extensions["until"]. Raises SourceError, never httpx's errors.

    One small pool per origin: a pool for all hosts takes time in proportion to its connections.
    """

    def __init__(
        self,
        guard: Guard,
        size: int,
        resolve: Resolver = resolve_host,
        sockets: httpcore.NetworkBackend | None = None,
    ) -> None:
        self.backend = Backend(guard, size, resolve, sockets or httpcore.SyncBackend())
        self.tls = httpx.create_ssl_context()
        self.lock = threading.Lock()
        self.idle: OrderedDict[str, httpcore.ConnectionPool] = OrderedDict()
        self.busy: dict[str, tuple[httpcore.ConnectionPool, int]] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        until = request.extensions["until"]
        moments = {"connect": until, "read": until, "write": until, "pool": until - time.monotonic()}
        asked = httpcore.Request(
            request.method,
            url,
            headers=request.headers.raw,
            content=request.read(),
            extensions={"timeout": moments},
        )
        origin = str(url.origin)
        pool = self.take(origin)
        try:
            answer = translated(pool.handle_request, asked)
        except BaseException:
            self.give(origin)
            raise
        stream = BodyStream(answer, lambda: self.give(origin))
        return httpx.Response(answer.status, headers=answer.headers, stream=stream)

    def take(self, origin: str) -> httpcore.ConnectionPool:
        with self.lock:
            pool, users = self.busy.get(origin, (None, 0))
            pool = pool or self.idle.pop(origin, None) or self.pool()
            self.busy[origin] = (pool, users + 1)
            return pool

    def give(self, origin: str) -> None:
        surplus: list[httpcore.ConnectionPool] = []
        with self.lock:
            pool, users = self.busy.pop(origin)
            if users > 1:
                self.busy[origin] = (pool, users - 1)
            elif pool.connections:
                self.idle[origin] = pool
            while len(self.idle) > IDLE_ORIGINS:
                surplus.append(self.idle.popitem(last=False)[1])
        for each in surplus:
            each.close()

    def pool(self) -> httpcore.ConnectionPool:
        return httpcore.ConnectionPool(
            ssl_context=self.tls,
            max_connections=CONNECTIONS,
            max_keepalive_connections=1,
            keepalive_expiry=IDLE_SECONDS,
            network_backend=self.backend,
        )

    def close(self) -> None:
        with self.lock:
            pools = [*self.idle.values(), *(pool for pool, _ in self.busy.values())]
            self.idle.clear()
        for each in pools:
            each.close()


class BodyStream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response, done: Callable[[], None]) -> None:
        self.answer = answer
        self.done = done
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        parts = iter(cast(Iterable[bytes], self.answer.stream))
        while (part := translated(next, parts, None)) is not None:
            yield part

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            self.answer.close()
            self.done()


def translated(act: Callable[..., Any], *given: Any) -> Any:
    """Returns act(*given); turns httpcore's errors into SourceError."""
    try:
        return act(*given)
    except httpcore.TimeoutException as e:
        raise SourceError("timeout", LATE.get(type(e), INCOMPLETE)) from e
    except httpcore.NetworkError as e:
        raise SourceError("connect", error_words(e)) from e
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as e:
        raise SourceError("protocol", oddity(e)) from e
