"""Limits the number of connections, and how long each may keep us waiting.

uvicorn 0.54 closes connections that are idle between two requests. One that never sends a request, sends half
of one, or never reads its answer stays open: 1,300 of them used up the process's file descriptors.
"""

import asyncio
import fcntl
import resource
import sys
import termios
from typing import Any

from aggregator.daemon.protocol import HeaderLimit

LOOK = 2.0  # seconds between two checks of a connection
SLOW = 10.0  # seconds that a client may take to send a whole request
STALLED = 30.0  # seconds in which the client reads nothing of an answer; a slow reader reads a little
MOST = 512  # connections
LEAST = 16  # connections, even with few descriptors
KEPT = 300  # descriptors for the database (3 for each of 40 pages), files, and a burst of connections
PER_WORKER = 2  # descriptors per visit
BACKLOG = 128  # connections waiting in the kernel: all of them can arrive before we drop the first


def room(workers: int) -> int:
    """The number of connections that leaves descriptors for visits and the database."""
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if limit == resource.RLIM_INFINITY:
        return MOST
    return max(LEAST, min(MOST, limit - KEPT - PER_WORKER * workers))


class BoundedConnection(HeaderLimit):
    """Checks itself every LOOK seconds; above `most`, drops the connection that has waited longest."""

    most = MOST
    requests = 0  # received in full
    progress: tuple[int, int, int] = (0, 0, 0)
    since = 0.0  # time of the last progress, by the loop's clock
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
        self.connections.discard(self)  # without waiting until the loop reports it lost
        self.transport.abort()

    def idle(self) -> bool:
        """Whether it is the client's turn to send or to read."""
        return self.cycle is None or self.cycle.response_complete

    def queued(self) -> int:
        """Bytes that the kernel holds for the client; 0 if unknown. It takes more from us only when a third
        of its buffer is free, so a slow reader shows here first."""
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
    """The protocol class with this limit; uvicorn creates an instance per connection."""
    return type("Connection", (BoundedConnection,), {"most": most})
