"""Connections for httpcore: resolve once, check, connect to the checked address, stop at a fixed moment.

"timeout" here is a moment of the monotonic clock, the end of the whole visit: a timeout per read would
never stop a server that sends one byte per second.
"""

import contextlib
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from aggregator.errors import SourceError
from aggregator.fetch.guard import Guard

Resolver = Callable[[str, int], list[str]]
Options = Iterable[httpcore.SOCKET_OPTION] | None

ATTEMPT_SECONDS = 8.0  # to connect, and again for TLS: a server that needs longer will not answer anyway
OVERHEAD = 1_000_000  # bytes of headers and framing in addition to the body
INCOMPLETE = "its answer was not complete within [fetch] timeout"
ODDITIES = {
    "peer closed": "cut off before its end",
    "Server disconnected": "the connection was closed without an answer",
    "Receive buffer": "endless headers",
    "illegal status": "not HTTP",
    "illegal request": "not HTTP",
    "illegal header": "broken headers",
    "illegal chunk": "chunks without a valid length",
}
"""How h11's messages begin -> what they mean."""


def resolve_host(host: str, port: int) -> list[str]:
    """Numeric addresses in the system's order of preference. Raises OSError or UnicodeError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Backend(httpcore.NetworkBackend):
    """Resolves a name once, checks the addresses, and connects to exactly those."""

    def __init__(self, guard: Guard, size: int, resolve: Resolver, sockets: httpcore.NetworkBackend) -> None:
        self.guard = guard
        self.size = size
        self.resolve = resolve
        self.sockets = sockets

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002  httpcore's signature
        socket_options: Options = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        *spare, last = self.allowed(host, port)
        for address in spare:
            with contextlib.suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return self.connect(address, port, attempt(timeout))
        return self.connect(last, port, attempt(timeout))

    def connect(self, address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        return Line(self.sockets.connect_tcp(address, port, seconds), self.size)

    def allowed(self, host: str, port: int) -> list[str]:
        try:
            addresses = self.resolve(host, port)
        except (OSError, UnicodeError) as e:
            reason = e.strerror if isinstance(e, OSError) else "not a possible host name"
            raise SourceError("dns", f"{host[:80]}: {reason}") from e
        refusals = {address: self.guard.refusal(host, port, address) for address in addresses}
        good = [address for address, refusal in refusals.items() if not refusal]
        if not good:
            first = next(iter(refusals.values()), "no address")
            named = "" if first.startswith(f"{host} ") else f"{host[:80]}: "
            raise SourceError("address" if refusals else "dns", named + first)
        return good


class Line(httpcore.NetworkStream):
    """A connection with a deadline and a maximum number of bytes per response."""

    def __init__(self, inner: httpcore.NetworkStream, size: int) -> None:
        self.inner = inner
        self.size = size
        self.got = 0

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self.inner.read(max_bytes, left(timeout))
        self.got += len(data)
        if self.got > self.size + OVERHEAD:
            raise SourceError("size", f"more than {self.size} bytes")
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.got = 0
        self.inner.write(buffer, left(timeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        try:
            return Line(self.inner.start_tls(ssl_context, server_hostname, attempt(timeout)), self.size)
        except httpcore.ConnectTimeout as e:
            raise SourceError("timeout", "the TLS handshake took too long") from e
        except httpcore.ConnectError as e:
            raise SourceError("tls", error_words(e)) from e

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


def left(until: float | None) -> float:
    """Seconds until then. Raises SourceError("timeout") when none are left."""
    seconds = (until or 0.0) - time.monotonic()
    if seconds <= 0:
        raise SourceError("timeout", INCOMPLETE)
    return seconds


def attempt(until: float | None) -> float:
    return min(left(until), ATTEMPT_SECONDS)


def error_words(error: Exception) -> str:
    """The reason alone, such as "Connection refused" or "self-signed certificate", without error numbers."""
    cause = error.args[0] if error.args else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return cause.verify_message
    if isinstance(cause, ssl.SSLError):
        return (cause.reason or str(cause)).replace("_", " ").lower()
    return (cause.strerror if isinstance(cause, OSError) else "") or str(error)


def oddity(error: Exception) -> str:
    """Says what is broken about a response, without the bytes that the library quotes."""
    said = str(error)
    return next((words for start, words in ODDITIES.items() if said.startswith(start)), said)
