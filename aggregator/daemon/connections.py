"""How many connections there may be, and how long each may keep us waiting.

uvicorn 0.54 ends those that are idle between two requests; one that never sends a request, sends half of one,
or never takes its answer stays, and 1,300 of them took every file descriptor of the process.
"""

import asyncio
import fcntl
import resource
import sys
import termios
from typing import Any

from aggregator.daemon.protocol import HeaderLimit

LOOK = 2.0  # seconds between two looks at a connection
SLOW = 10.0  # seconds that a request may take to come: none, its head, or what it sends besides
STALLED = 30.0  # seconds in which nothing of an answer is taken; a slow reader takes a little
MOST = 512  # connections
LEAST = 16  # connections, however few descriptors there are
KEPT = 300  # descriptors for the database (3 for each of 40 pages), files, and a burst of connections
PER_WORKER = 2  # descriptors of a visit
BACKLOG = 128  # connections that the kernel holds: all of them can come before we drop the first


def room(workers: int) -> int:
    """How many connections leave descriptors for visits and the database."""
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if limit == resource.RLIM_INFINITY:
        return MOST
    return max(LEAST, min(MOST, limit - KEPT - PER_WORKER * workers))


class BoundedConnection(HeaderLimit):
    """Looks at itself every LOOK seconds; where there are too many, the one that waits longest is dropped."""

    most = MOST
    requests = 0  # that have come in full
    progress: tuple[int, int, int] = (0, 0, 0)
    since = 0.0  # when there was progress, by the loop's clock
    next_look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.since = self.loop.time()
        self.next_look = self.loop.call_later(LOOK, self.look)
        if len(self.connections) > self.most:
            self.make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        if self.next_look:
            self.next_look.cancel()
        super().connection_lost(exc)

    def on_message_complete(self) -> None:
        self.requests += 1
        super().on_message_complete()

    def make_room(self) -> None:
        waiting = [each for each in self.connections if isinstance(each, BoundedConnection) and each.idle()]
        oldest = min(waiting, key=lambda each: each.since, default=self)
        oldest.drop()

    def drop(self) -> None:
        self.connections.discard(self)  # until the loop has told us that it is lost
        self.transport.abort()

    def idle(self) -> bool:
        """It is the client's turn: to send, or to take what it is sent."""
        return self.cycle is None or self.cycle.response_complete

    def queued(self) -> int:
        """Bytes that the kernel holds for the client. It asks us for more only when a third of its buffer is
        free, so a slow reader shows here first; 0 where the system does not say."""
        try:
            descriptor = self.transport.get_extra_info("socket").fileno()
            held = fcntl.ioctl(descriptor, termios.TIOCOUTQ, bytes(4))
        except (OSError, AttributeError):
            return 0
        return int.from_bytes(held, sys.byteorder)

    def look(self) -> None:
        now, unsent = self.loop.time(), self.transport.get_write_buffer_size()
        progress = (self.requests, unsent, self.queued())
        if progress != self.progress or not (unsent or self.idle()):
            self.progress, self.since = progress, now
        if now - self.since >= (STALLED if unsent else SLOW):
            self.drop()
        else:
            self.next_look = self.loop.call_later(LOOK, self.look)


def bounded(most: int) -> Any:
    """The protocol with so many connections; uvicorn makes one object for each."""
    return type("Connection", (BoundedConnection,), {"most": most})
