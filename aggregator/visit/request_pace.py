"""Pauses between requests to one owner that happen within visits; the pool makes those between visits."""

import threading
from collections.abc import Callable
from datetime import timedelta

from aggregator.errors import SourceError

OWNERS = 10_000  # remembered; the pauses of all others have long passed


class RequestPace:
    """Shared by the visits of one process. `wait`: sleeps for that many seconds."""

    def __init__(self, pause: timedelta, clock: Callable[[], float], wait: Callable[[float], None]) -> None:
        self.pause = pause.total_seconds()
        self.clock = clock
        self.wait = wait
        self.lock = threading.Lock()
        self.next: dict[str, float] = {}

    def turn(self, owner: str, until: float) -> None:
        """Waits until `owner` may be asked again. Raises SourceError("timeout") if that is after `until`."""
        with self.lock:
            now = self.clock()
            if len(self.next) > OWNERS:
                self.next = {name: at for name, at in self.next.items() if at > now}
            at = max(now, self.next.get(owner, now))
            if at > until:
                raise SourceError("timeout", "other requests to its site took all the time")
            self.next[owner] = at + self.pause
        if at > now:
            self.wait(at - now)

    def asked(self, owner: str) -> None:
        """A request to `owner` has just been made."""
        with self.lock:
            self.next[owner] = max(self.next.get(owner, 0.0), self.clock() + self.pause)
