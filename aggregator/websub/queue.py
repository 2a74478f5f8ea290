"""What hubs have said and nobody has worked off yet, never more than fits in."""

import threading
from collections import Counter, deque
from collections.abc import Callable
from datetime import datetime

from aggregator.websub.events import Letter, Pushed

LETTERS = 1000
BODIES = 4  # of one subscription at once, those included that are still coming
BODIES_IN_ALL = 50
A_MINUTE = 30  # bodies of one subscription: a hub gone mad must not keep the machine busy


class Inbox:
    """Filled by the server, emptied by the thread that works it off."""

    def __init__(self, room: int, rung: Callable[[], None]) -> None:
        """`room`: bytes of bodies that are coming or lie here. `rung`: told of every letter."""
        self.room = room
        self.rung = rung
        self.letters: deque[Letter] = deque()
        self.bodies: Counter[str] = Counter()
        self.minute: datetime | None = None
        self.come: Counter[str] = Counter()
        self.lock = threading.Lock()

    def open(self, key: str, now: datetime) -> bool:
        """A body begins to come; False when there is no place for it."""
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
        """So much more of a body has come; False when that is too much."""
        with self.lock:
            self.room -= size
            return self.room >= 0

    def shut(self, key: str, size: int) -> None:
        """A body is done with."""
        with self.lock:
            self.room += size
            self.bodies[key] -= 1
            if self.bodies[key] <= 0:
                del self.bodies[key]

    def put(self, letter: Letter) -> bool:
        """False when it is full; what a hub has to say it says again."""
        with self.lock:
            if len(self.letters) >= LETTERS:
                return False
            self.letters.append(letter)
        self.rung()
        return True

    def take(self) -> list[Letter]:
        with self.lock:
            taken = list(self.letters)
            self.letters.clear()
            return taken

    def done(self, letter: Letter) -> None:
        if isinstance(letter, Pushed):
            self.shut(letter.key, len(letter.document.body))
