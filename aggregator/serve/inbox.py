"""What hubs have said and nobody has worked off yet, never more than fits in."""

import threading
from collections import Counter, deque

from aggregator.websub.letters import Letter, Pushed

LETTERS = 1000
BODIES = 4  # of one subscription at once, those included that are still coming
BODIES_IN_ALL = 50


class Inbox:
    """Filled by the server, emptied by the thread that works it off."""

    def __init__(self, room: int) -> None:
        """`room`: bytes of bodies that are coming or lie here."""
        self.room = room
        self.letters: deque[Letter] = deque()
        self.bodies: Counter[str] = Counter()
        self.changed = threading.Condition()
        self.closed = False

    def open(self, key: str) -> bool:
        """A body begins to come; False when there is no place for it."""
        with self.changed:
            if self.bodies[key] >= BODIES or self.bodies.total() >= BODIES_IN_ALL or self.room <= 0:
                return False
            self.bodies[key] += 1
            return True

    def grow(self, size: int) -> bool:
        """So much more of a body has come; False when that is too much."""
        with self.changed:
            self.room -= size
            return self.room >= 0

    def shut(self, key: str, size: int) -> None:
        """A body is done with."""
        with self.changed:
            self.room += size
            self.bodies[key] -= 1
            if self.bodies[key] <= 0:
                del self.bodies[key]

    def put(self, letter: Letter) -> bool:
        """False when it is full; what a hub has to say it says again."""
        with self.changed:
            if len(self.letters) >= LETTERS or self.closed:
                return False
            self.letters.append(letter)
            self.changed.notify_all()
            return True

    def take(self, seconds: float) -> list[Letter]:
        """All there is; waits that long for the first."""
        with self.changed:
            self.changed.wait_for(lambda: self.letters or self.closed, seconds)
            taken = list(self.letters)
            self.letters.clear()
            return taken

    def done(self, letter: Letter) -> None:
        if isinstance(letter, Pushed):
            self.shut(letter.key, len(letter.document.body))

    def close(self) -> None:
        with self.changed:
            self.closed = True
            self.changed.notify_all()
