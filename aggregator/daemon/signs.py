"""Signs of life, from which /healthz knows whether beats continue."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from aggregator.model import Visit
from aggregator.runtime import Watcher

LATE = 60  # seconds between two beats that mean trouble
STUCK = 900  # seconds in which a beat finishes no step; grouping a first import takes minutes


class Signs:
    """When the last beat began, and when it last made progress."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.monotonic = monotonic
        self.last = monotonic()
        self.patience = LATE
        self.beat: datetime | None = None
        self.visits: Counter[str] = Counter()
        """By result."""
        self.refresh_seconds: float | None = None
        """What the last refresh took."""
        self.stage_seconds: defaultdict[str, float] = defaultdict(float)
        """Of all refreshes: "visit", "group", "publish"."""

    def begin(self, now: datetime) -> None:
        self.beat, self.patience = now, STUCK
        self.sign()

    def sign(self) -> None:
        self.last = self.monotonic()

    def end(self) -> None:
        self.sign()
        self.patience = LATE

    @contextmanager
    def refreshing(self) -> Iterator[dict[str, float]]:
        """Takes the seconds of its other stages; the rest are visits."""
        start = self.monotonic()
        stages: dict[str, float] = {}
        yield stages
        self.refresh_seconds = self.monotonic() - start
        stages["visit"] = max(0, self.refresh_seconds - sum(stages.values()))
        for stage, seconds in stages.items():
            self.stage_seconds[stage] += seconds

    def overdue(self) -> bool:
        return self.monotonic() - self.last > self.patience


class SignOfLife:
    """A watcher that counts every visit as a sign of life."""

    def __init__(self, watcher: Watcher, signs: Signs) -> None:
        self.watcher = watcher
        self.signs = signs

    def expect(self, jobs: int) -> None:
        self.watcher.expect(jobs)

    def visited(self, visit: Visit) -> None:
        self.signs.sign()
        self.signs.visits[visit.result] += 1
        self.watcher.visited(visit)
