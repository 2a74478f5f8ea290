"""The daemon's clock: wall time that never jumps during a beat."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

JUMP = timedelta(minutes=1)  # a smaller step is a correction, not a newly set clock


def elapsed() -> float:
    """Seconds elapsed since some fixed moment, including those of a suspend."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)  # Linux; its monotonic clock stops during a suspend
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class SteadyClock:
    """Continues from one reading of the wall clock until set() reads it again."""

    def __init__(self, wall: Callable[[], datetime], elapsed: Callable[[], float] = elapsed) -> None:
        self.wall = wall
        self.elapsed = elapsed
        self.start = wall(), elapsed()

    def __call__(self) -> datetime:
        moment, since = self.start
        return moment + timedelta(seconds=self.elapsed() - since)

    def jump(self) -> timedelta:
        """How far the wall clock was set ahead, or back (negative), since we last set ours."""
        difference = self.wall() - self()
        return difference if abs(difference) >= JUMP else timedelta()

    def set(self) -> None:
        self.start = self.wall(), self.elapsed()
