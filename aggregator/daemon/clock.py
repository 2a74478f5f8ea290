"""The daemon's clock: wall time that never jumps during a beat."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aggregator.store import ClockReading


def wall_time() -> datetime:
    return datetime.now(UTC)


def elapsed() -> float:
    """Seconds elapsed since some fixed moment, including those of a suspend."""
    # Linux's monotonic clock stops during a suspend; so does Python's own on macOS.
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def boot_id() -> str:
    """The kernel's id of this boot; "" where the system has none."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def read_clocks(wall: datetime) -> ClockReading:
    return ClockReading(wall, elapsed(), boot_id())


class SteadyClock:
    """Continues from one reading of the wall clock until set() reads it again."""

    def __init__(self, wall: Callable[[], datetime], elapsed: Callable[[], float] = elapsed) -> None:
        self.wall = wall
        self.elapsed = elapsed
        self.boot = boot_id()
        self.start = self.read()

    def __call__(self) -> datetime:
        return self.start.wall + timedelta(seconds=self.elapsed() - self.start.elapsed)

    def read(self) -> ClockReading:
        return ClockReading(self.wall(), self.elapsed(), self.boot)

    def set(self) -> ClockReading:
        self.start = self.read()
        return self.start
