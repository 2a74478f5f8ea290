"""File locks show whether another process is refreshing: the kernel releases them even after kill -9."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def present(path: Path, alone: Callable[[], None]) -> Iterator[None]:
    """Held while refreshing. If nobody else is, first calls `alone`: all leases belong to dead processes."""
    with path.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass
        else:
            alone()
        fcntl.flock(lock, fcntl.LOCK_SH)  # from here on others may enter, and see that they are not alone
        yield


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Whether nobody is refreshing, nor will until this ends."""
    with path.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
