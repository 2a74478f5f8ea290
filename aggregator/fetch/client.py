"""What all visits of one process share: the way out, its limits, and how much may be in memory at once."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import httpx

from aggregator.errors import SourceError

LARGE = 1_000_000  # bytes; hardly a feed has more
LARGE_BODIES = 4  # in memory at once: fifty bombs in fifty threads would otherwise be 750 MB


@dataclass(frozen=True, slots=True)
class Caps:
    deadline: timedelta = timedelta(seconds=15)
    """For the whole visit, redirects included."""
    size: int = 15_000_000
    """Bytes as sent and, counted again, as inflated. Also of one local file."""
    redirects: int = 10


class Web:
    """One per process; safe to use from many threads."""

    def __init__(
        self,
        transport: httpx.BaseTransport,
        agent: str,
        caps: Caps | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.transport = transport
        self.agent = agent
        self.caps = caps or Caps()
        self.clock = clock
        self.seats = threading.BoundedSemaphore(LARGE_BODIES)

    def __enter__(self) -> "Web":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.transport.close()


class Counted:
    """The raw bytes, stopped at the deadline and at the size limit."""

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
    """Taken when a body turns out to be large, given back at the end."""

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
