"""An httpx transport on httpcore's connections, only to where the guard allows."""

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
BUSY = "other visits to its host took until the deadline"


class Wire(httpx.BaseTransport):
    """Expects the deadline in request.extensions["until"]. Raises SourceError, never httpx's errors.

    Without httpcore's pool: it takes as long as the rest of a request, and for all hosts at once time in
    proportion to its connections.
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
        self.free = threading.Condition()
        self.idle: OrderedDict[str, httpcore.HTTPConnection] = OrderedDict()
        self.busy: dict[str, int] = {}
        """Origin -> connections in use."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        until = request.extensions["until"]
        asked = httpcore.Request(
            request.method,
            url,
            headers=request.headers.raw,
            content=request.read(),
            extensions={"timeout": {"connect": until, "read": until, "write": until}},
        )
        connection = self.take(url.origin, until)
        try:
            answer = translated(connection.handle_request, asked)
        except BaseException:
            self.give(url.origin, connection)
            raise
        stream = BodyStream(answer, lambda: self.give(url.origin, connection))
        return httpx.Response(answer.status, headers=answer.headers, stream=stream)

    def take(self, origin: httpcore.Origin, until: float) -> httpcore.HTTPConnection:
        """The idle connection, if it is still open, or a new one, not connected yet."""
        key = str(origin)
        with self.free:
            while self.busy.get(key, 0) >= CONNECTIONS:
                if not self.free.wait(max(until - time.monotonic(), 0)):
                    raise SourceError("timeout", BUSY)
            self.busy[key] = self.busy.get(key, 0) + 1
            kept = self.idle.pop(key, None)
        if kept and not kept.has_expired():
            return kept
        if kept:
            kept.close()
        return httpcore.HTTPConnection(
            origin, ssl_context=self.tls, keepalive_expiry=IDLE_SECONDS, network_backend=self.backend
        )

    def give(self, origin: httpcore.Origin, connection: httpcore.HTTPConnection) -> None:
        key, surplus = str(origin), [connection]
        with self.free:
            self.busy[key] -= 1
            if not self.busy[key]:
                del self.busy[key]
            if connection.is_idle() and not connection.is_closed() and key not in self.idle:
                self.idle[key] = surplus.pop()
            if len(self.idle) > IDLE_ORIGINS:
                surplus.append(self.idle.popitem(last=False)[1])
            self.free.notify_all()
        for each in surplus:
            each.close()

    def close(self) -> None:
        with self.free:
            idle = [*self.idle.values()]
            self.idle.clear()
        for each in idle:
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
        raise SourceError("timeout", late_words(e)) from e
    except httpcore.NetworkError as e:
        raise SourceError("connect", error_words(e)) from e
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as e:
        raise SourceError("protocol", oddity(e)) from e


def late_words(error: httpcore.TimeoutException) -> str:
    return "connecting took too long" if isinstance(error, httpcore.ConnectTimeout) else INCOMPLETE
