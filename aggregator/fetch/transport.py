"""An httpx transport on httpcore's pools that connects only where the guard allows."""

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
CONNECTIONS = 2  # to one origin at the same time
LATE: dict[type[Exception], str] = {
    httpcore.ConnectTimeout: "connecting took too long",
    httpcore.PoolTimeout: "other visits to its host took until the deadline",
}


@dataclass(frozen=True, slots=True)
class Route:
    origin: str
    proxy: Proxy | None = None


class Wire(httpx.BaseTransport):
    """Raises SourceError, never httpx's errors. Expects the deadline in request.extensions["until"]; "proxy"
    there is the address of one, "" for none, None for the usual one.

    One small pool per origin: a pool for all hosts takes time in proportion to its connections.
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
        self.lock = threading.Lock()
        self.idle: OrderedDict[Route, httpcore.ConnectionPool] = OrderedDict()
        self.busy: dict[Route, tuple[httpcore.ConnectionPool, int]] = {}

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
        route = self.route(request, str(url.origin))
        pool = self.take(route)
        try:
            answer = translated(pool.handle_request, asked)
        except BaseException:
            self.give(route, failed=True)
            raise
        stream = BodyStream(answer, lambda: self.give(route))
        return httpx.Response(answer.status, headers=answer.headers, stream=stream)

    def route(self, request: httpx.Request, origin: str) -> Route:
        given = request.extensions.get("proxy")
        proxy = self.proxy if given is None else given
        if not proxy:
            return Route(origin)
        via = parsed_proxy(proxy)
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        check_target(via, self.backend, request.url.raw_host.decode("ascii"), port)
        return Route(origin, via)

    def take(self, route: Route) -> httpcore.ConnectionPool:
        with self.lock:
            pool, users = self.busy.get(route, (None, 0))
            pool = pool or self.idle.pop(route, None) or self.pool(route.proxy)
            self.busy[route] = (pool, users + 1)
            return pool

    def give(self, route: Route, failed: bool = False) -> None:
        surplus: list[httpcore.ConnectionPool] = []
        with self.lock:
            pool, users = self.busy.pop(route)
            if users > 1:
                self.busy[route] = (pool, users - 1)
            elif failed and route.proxy:
                surplus.append(pool)  # httpcore never ends a connection that a proxy has refused
            elif pool.connections:
                self.idle[route] = pool
            while len(self.idle) > IDLE_ORIGINS:
                surplus.append(self.idle.popitem(last=False)[1])
        for each in surplus:
            each.close()

    def pool(self, proxy: Proxy | None) -> httpcore.ConnectionPool:
        if proxy:
            return proxied_pool(proxy, self.backend, self.tls, CONNECTIONS, IDLE_SECONDS)
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
    except httpcore.ProxyError as e:
        raise SourceError("connect", f"the proxy answered {e}") from e
    except httpcore.NetworkError as e:
        raise SourceError("connect", error_words(e)) from e
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as e:
        raise SourceError("protocol", oddity(e)) from e
