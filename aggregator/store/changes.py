"""Whether a database has changed: the one question of a reader that keeps what it has made from it."""

import os
import sqlite3
from pathlib import Path

from aggregator.errors import StoreError
from aggregator.store.store import reading_uri


def file_mark(path: Path) -> tuple[int, ...]:
    """Another one: it is another file, or somebody has written to it."""
    try:
        there = path.stat()
    except OSError:
        return ()
    return there.st_dev, there.st_ino, there.st_size, there.st_mtime_ns


class Changes:
    """Keeps a connection open, but no read: it holds back neither a writer nor the write-ahead log."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection: sqlite3.Connection | None = None
        self.file = (0, 0)

    def mark(self) -> object:
        """Equal marks: nothing was written in between. Takes some microseconds. Raises StoreError."""
        try:
            there = os.stat(self.path)  # noqa: PTH116 - for every request, and Path doubles the time
            connection = self.connected((there.st_dev, there.st_ino))
            version = connection.execute("PRAGMA data_version").fetchone()[0]
        except (OSError, sqlite3.Error) as e:
            self.connection = None
            raise StoreError(f"{self.path}: {e}") from e
        # Each connection counts what others do, from a number of its own.
        return id(connection), version, there.st_mtime_ns, there.st_size

    def connected(self, file: tuple[int, int]) -> sqlite3.Connection:
        """To the file that is there now: it may have been replaced."""
        if self.connection is None or self.file != file:
            self.connection = sqlite3.connect(
                reading_uri(self.path),
                uri=True,
                timeout=0,
                isolation_level=None,
                check_same_thread=False,  # used in any thread, but by one at a time
            )
            self.file = file
        return self.connection
