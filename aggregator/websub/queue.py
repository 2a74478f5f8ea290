"""Events from hubs waiting to be processed, limited in number and bytes."""

import threading
from collections import Counter, deque
from collections.abc import Callable
from datetime import datetime

from aggregator.websub.events import Event, Pushed

EVENTS = 1000
BODIES = 4  # of one subscription simultaneously, including those still arriving
BODIES_IN_ALL = 50
A_MINUTE = 30  # bodies of one subscription: a misbehaving hub must not keep the machine busy


class EventQueue:
    """Filled by the server, emptied by the thread that processes the events."""

    def __init__(self, room: int, added: Callable[[], None]) -> None:
        """`room`: most bytes of all arriving and waiting bodies. `added`: called after each new event."""
        self.room = room
        self.added = added
        self.events: deque[Event] = deque()
        self.bodies: Counter[str] = Counter()
        self.minute: datetime | None = None
        self.come: Counter[str] = Counter()
        self.lock = threading.Lock()

    def open(self, key: str, now: datetime) -> bool:
        """Admits a body that begins to arrive; False when there is no room for it."""
        with self.lock:
            if self.minute != now.replace(second=0, microsecond=0):
                self.minute = now.replace(second=0, microsecond=0)
                self.come.clear()
            many = self.bodies[key] >= BODIES or self.come[key] >= A_MINUTE
            if many or self.bodies.total() >= BODIES_IN_ALL or self.room <= 0:
                return False
            self.bodies[key] += 1
            self.come[key] += 1
            return True

    def grow(self, size: int) -> bool:
        """Counts `size` more bytes of an arriving body; False when they are too many."""
        with self.lock:
            self.room -= size
            return self.room >= 0

    def shut(self, key: str, size: int) -> None:
        """Frees the room of a body of `size` bytes."""
        with self.lock:
            self.room += size
            self.bodies[key] -= 1
            if self.bodies[key] <= 0:
                del self.bodies[key]

    def put(self, event: Event) -> bool:
        """False when the queue is full; the hub will try again."""
        with self.lock:
            if len(self.events) >= EVENTS:
                return False
            self.events.append(event)
        self.added()
        return True

    def take(self) -> list[Event]:
        with self.lock:
            taken = list(self.events)
            self.events.clear()
            return taken

    def done(self, event: Event) -> None:
        if isinstance(event, Pushed):
            self.shut(event.key, len(event.document.body))
