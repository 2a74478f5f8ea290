"""The write-ahead log: with readers who always overlap, SQLite alone never empties it."""

import os
from pathlib import Path

from aggregator.store.connection import Database

LIMIT = 16_000_000  # bytes; one transaction may exceed it
STEP = 8_000_000  # bytes by which it grows until we try again, if a reader did not end
PATIENCE = 5_000  # milliseconds for readers to end: ours take two seconds at most


class WriteAheadLog:
    def __init__(self, db: Database, path: Path) -> None:
        self.db = db
        self.file = f"{path}-wal"
        self.limit = LIMIT

    def bound(self) -> None:
        """Call once: makes SQLite shorten the file whenever it starts it again."""
        self.db.execute(f"PRAGMA journal_size_limit = {LIMIT}")

    def trim(self) -> None:
        """Call after each commit. Waits for readers of older states; new ones need not wait."""
        try:
            size = os.stat(self.file).st_size  # noqa: PTH116 - at each commit, and Path doubles the time
        except OSError:  # removed by somebody, or unreadable: the next transaction reports it
            return
        if size < self.limit:
            return
        before = self.db.execute("PRAGMA busy_timeout").fetchone()[0]
        self.db.execute(f"PRAGMA busy_timeout = {min(PATIENCE, before)}")
        busy = self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        self.db.execute(f"PRAGMA busy_timeout = {before}")
        self.limit = size + STEP if busy else LIMIT
