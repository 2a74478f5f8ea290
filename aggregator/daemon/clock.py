"""The daemon's clock: wall time that never jumps while work is under way."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

JUMP = timedelta(minutes=1)  # less is a clock being corrected, not one being set


def elapsed() -> float:
    """Seconds that have really passed since some moment, those of a suspend included."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)  # Linux; its monotonic clock stands still during a suspend
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class SteadyClock:
    """Runs on from one reading of the wall clock, until it is set by the wall clock again."""

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
