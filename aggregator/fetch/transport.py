"""An httpx transport on httpcore's connections, only to where the guard allows."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

import httpcore
import httpx

from aggregator.errors import SourceError
from aggregator.fetch.connection import INCOMPLETE, Backend, Resolver, error_words, oddity, resolve_host
from aggregator.fetch.guard import Guard
from aggregator.fetch.proxy import Proxy, check_target, parsed_proxy, proxied_pool

IDLE_ORIGINS = 32  # kept open for the next source on the same host; more would only use up descriptors
IDLE_SECONDS = 15.0
SWEEP_SECONDS = 5.0  # between two looks for connections that have been idle so long
CONNECTIONS = 2  # to one origin at the same time
Link = httpcore.HTTPConnection | httpcore.ConnectionPool
"""Used by one request at a time; a pool, of one connection, only behind a proxy."""
BUSY = "other visits to its host took until the deadline"


@dataclass(frozen=True, slots=True)
class Route:
    origin: httpcore.Origin
    proxy: Proxy | None = None

    @property
    def key(self) -> tuple[str, Proxy | None]:
        return str(self.origin), self.proxy


class Wire(httpx.BaseTransport):
    """Raises SourceError, never httpx's errors. Expects the deadline in request.extensions["until"]; "proxy"
    there is the address of one, "" for none, None for the usual one.

    Without httpcore's pool: it takes as long as the rest of a request, and for all hosts at once time in
    proportion to its connections.
    """

    def __init__(
        self,
        guard: Guard,
        size: int,
        resolve: Resolver = resolve_host,
        sockets: httpcore.NetworkBackend | None = None,
        proxy: str = "",
    ) -> None:
        self.proxy = proxy
        self.backend = Backend(guard, size, resolve, sockets or httpcore.SyncBackend())
        self.tls = httpx.create_ssl_context()
        self.free = threading.Condition()
        self.idle: OrderedDict[object, Link] = OrderedDict()
        self.busy: dict[object, int] = {}
        """Key of a route -> connections in use."""
        self.sweeper: threading.Timer | None = None

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
        route = self.route(request, url.origin)
        link = self.take(route, until)
        try:
            answer = None
            if usable(link) and request.method == "GET":
                answer = translated(answer_if_open, link, asked)
                if answer is None:
                    link.close()
                    link = self.link(route)
            answer = answer or translated(link.handle_request, asked)
        except BaseException:
            self.give(route, link, failed=True)
            raise
        stream = BodyStream(answer, lambda: self.give(route, link))
        return httpx.Response(answer.status, headers=answer.headers, stream=stream)

    def route(self, request: httpx.Request, origin: httpcore.Origin) -> Route:
        given = request.extensions.get("proxy")
        proxy = self.proxy if given is None else given
        if not proxy:
            return Route(origin)
        via = parsed_proxy(proxy)
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        check_target(via, self.backend, request.url.raw_host.decode("ascii"), port)
        return Route(origin, via)

    def take(self, route: Route, until: float) -> Link:
        """The idle connection, if it is still open, or a new one, not connected yet."""
        with self.free:
            while self.busy.get(route.key, 0) >= CONNECTIONS:
                if not self.free.wait(max(until - time.monotonic(), 0)):
                    raise SourceError("timeout", BUSY)
            self.busy[route.key] = self.busy.get(route.key, 0) + 1
            kept = self.idle.pop(route.key, None)
        if kept and not expired(kept):
            return kept
        if kept:
            kept.close()
        return self.link(route)

    def link(self, route: Route) -> Link:
        if route.proxy:
            return proxied_pool(route.proxy, self.backend, self.tls, 1, IDLE_SECONDS)
        return httpcore.HTTPConnection(
            route.origin, ssl_context=self.tls, keepalive_expiry=IDLE_SECONDS, network_backend=self.backend
        )

    def give(self, route: Route, link: Link, failed: bool = False) -> None:
        surplus: list[Link] = [link]
        with self.free:
            self.busy[route.key] -= 1
            if not self.busy[route.key]:
                del self.busy[route.key]
            # httpcore never ends a connection that a proxy has refused.
            if not (failed and route.proxy) and usable(link) and route.key not in self.idle:
                self.idle[route.key] = surplus.pop()
                self.sweep_later()
            if len(self.idle) > IDLE_ORIGINS:
                surplus.append(self.idle.popitem(last=False)[1])
            self.free.notify_all()
        for each in surplus:
            each.close()

    def sweep_later(self) -> None:
        """Call with the lock held."""
        if self.sweeper is None:
            self.sweeper = threading.Timer(SWEEP_SECONDS, self.sweep)
            self.sweeper.daemon = True  # must not hold up the end of a command
            self.sweeper.start()

    def sweep(self) -> None:
        """Closes what nobody has used for a while, or its server has closed, also when no request comes."""
        with self.free:
            old = [self.idle.pop(key) for key, link in [*self.idle.items()] if expired(link)]
            self.sweeper = None
            if self.idle:
                self.sweep_later()
        for each in old:
            each.close()

    def close(self) -> None:
        with self.free:
            idle = [*self.idle.values()]
            self.idle.clear()
            if self.sweeper:
                self.sweeper.cancel()
        for each in idle:
            each.close()


def expired(link: Link) -> bool:
    """Whether it has been idle for too long, or its server has closed it."""
    if isinstance(link, httpcore.HTTPConnection):
        return link.has_expired()
    return all(each.has_expired() for each in link.connections)


def usable(link: Link) -> bool:
    """Whether it may serve another request."""
    if isinstance(link, httpcore.HTTPConnection):
        return link.is_idle() and not link.is_closed()
    return bool(link.connections)


def answer_if_open(link: Link, asked: httpcore.Request) -> httpcore.Response | None:
    """None: its server has closed it, as it may at any time, also while we send (RFC 9112, 9.3.1 and 9.5)."""
    try:
        return link.handle_request(asked)
    except (httpcore.NetworkError, httpcore.RemoteProtocolError):
        return None


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
            try:
                self.answer.close()
            finally:
                self.done()


def translated(act: Callable[..., Any], *given: Any) -> Any:
    """Returns act(*given); turns httpcore's errors into SourceError."""
    try:
        return act(*given)
    except httpcore.TimeoutException as e:
        raise SourceError("timeout", late_words(e)) from e
    except httpcore.ProxyError as e:
        raise SourceError("connect", f"the proxy answered {e}") from e
    except httpcore.NetworkError as e:
        raise SourceError("connect", error_words(e)) from e
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as e:
        raise SourceError("protocol", oddity(e)) from e


def late_words(error: httpcore.TimeoutException) -> str:
    return "connecting took too long" if isinstance(error, httpcore.ConnectTimeout) else INCOMPLETE
