"""How long visits rest when their results cannot be stored: each would ask its source for the same again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from aggregator.errors import StoreError

FIRST = timedelta(seconds=20)
LONGEST = timedelta(minutes=10)


class Respite:
    """Twice as long after each failure in a row."""

    def __init__(self) -> None:
        self.length = timedelta()
        self.end: datetime | None = None

    def lasts(self, now: datetime) -> bool:
        """The clock may have been set back meanwhile."""
        return self.end is not None and self.end - self.length <= now < self.end

    @contextmanager
    def after_failure(self, clock: Callable[[], datetime]) -> Iterator[None]:
        try:
            yield
        except StoreError:
            self.length = min(max(2 * self.length, FIRST), LONGEST)
            self.end = clock() + self.length
            raise
        self.length, self.end = timedelta(), None
