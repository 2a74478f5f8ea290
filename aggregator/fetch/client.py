"""Shared by all visits of one process: the HTTP client, its limits, and the slots for large bodies."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from aggregator.errors import SourceError

LARGE = 1_000_000  # bytes; very few feeds are larger
LARGE_BODIES = 4  # in memory at the same time: otherwise fifty bombs in fifty threads need 750 MB


@dataclass(frozen=True, slots=True)
class Caps:
    deadline: timedelta = timedelta(seconds=15)
    """For the whole visit, including redirects."""
    size: int = 15_000_000
    """Bytes as sent and, separately, as decompressed. Also for one local file."""
    redirects: int = 10


class Unfollowed(httpx.BaseTransport):
    """Hides Location headers from the client: httpx parses them even when it does not follow redirects, and
    would raise its own errors for invalid ones."""

    def __init__(self, transport: httpx.BaseTransport) -> None:
        self.transport = transport

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self.transport.handle_request(request)
        response.extensions["headers"] = response.headers
        kept = [(name, value) for name, value in response.headers.raw if name.lower() != b"location"]
        response.headers = httpx.Headers(kept)
        return response

    def close(self) -> None:
        self.transport.close()


# httpx logs the address of each request, including any secret in it.
logging.getLogger("httpx").setLevel(logging.WARNING)


class Web:
    """One per process; safe to use from many threads."""

    def __init__(
        self,
        transport: httpx.BaseTransport,
        agent: str,
        caps: Caps | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.client = httpx.Client(
            transport=Unfollowed(transport),
            trust_env=False,  # no proxy and no netrc from the environment
            follow_redirects=False,  # we check each hop ourselves
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        )
        self.agent = agent
        self.caps = caps or Caps()
        self.clock = clock
        self.seats = threading.BoundedSemaphore(LARGE_BODIES)

    def __enter__(self) -> "Web":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.client.close()

    def send(self, request: httpx.Request) -> httpx.Response:
        """Returns the response with its body unread. Raises SourceError, never httpx's errors."""
        try:
            # An empty Auth: otherwise the client sends user and password of any address, even a redirect's.
            response = self.client.send(request, auth=httpx.Auth(), stream=True)
        except httpx.TimeoutException as e:
            raise SourceError("timeout", str(e)) from e
        except httpx.NetworkError as e:
            raise SourceError("connect", str(e)) from e
        except httpx.TransportError as e:
            raise SourceError("protocol", str(e)) from e
        response.headers = response.extensions["headers"]
        return response


class Counted:
    """Passes on the raw bytes; raises SourceError at the deadline and at the size limit."""

    def __init__(self, stream: Iterable[bytes], web: Web, until: float) -> None:
        self.stream = stream
        self.web = web
        self.until = until
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.stream:
            self.size += len(chunk)
            if self.size > self.web.caps.size:
                raise SourceError("size", f"more than {self.web.caps.size} bytes")
            if self.web.clock() > self.until:
                raise late(self.web.caps.deadline)
            yield chunk


class Seat:
    """One of the LARGE_BODIES slots: acquired when a body exceeds LARGE bytes, released on exit.

    Raises SourceError("timeout") when none is free before the deadline.
    """

    def __init__(self, web: Web, until: float) -> None:
        self.web = web
        self.until = until
        self.taken = False

    def __enter__(self) -> "Seat":
        return self

    def __exit__(self, *_: object) -> None:
        if self.taken:
            self.web.seats.release()

    def grown(self, size: int) -> None:
        if size > LARGE and not self.taken:
            left = max(self.until - self.web.clock(), 0)
            if not self.web.seats.acquire(timeout=left):
                raise SourceError("timeout", "too many other large bodies were being read")
            self.taken = True


def late(deadline: timedelta) -> SourceError:
    return SourceError("timeout", f"not complete after {deadline.total_seconds():g} seconds")
