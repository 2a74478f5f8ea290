"""One SQLite database, opened by one thread at a time."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType

from sqlite_utils import Database

from aggregator.errors import StoreError
from aggregator.store.entries import Entries
from aggregator.store.presence import present
from aggregator.store.rulings import Rulings
from aggregator.store.schema import MIGRATIONS
from aggregator.store.sources import Sources
from aggregator.store.stories import Stories

BUSY_SECONDS = 30  # a writer waits this long for another process's write to end


class Store:
    """`sources`, `entries`, `stories` and `rulings` over one connection. Raises StoreError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self.told():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as e:
                raise StoreError(f"{path.parent}: {os.strerror(e.errno or 0)}") from e
            self.db = Database(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None))
            self.prepare()
        self.sources = Sources(self.db)
        self.entries = Entries(self.db)
        self.stories = Stories(self.db)
        self.rulings = Rulings(self.db)

    def prepare(self) -> None:
        self.db.execute("PRAGMA journal_mode = WAL")
        # NORMAL cannot corrupt under WAL; a power cut may lose the last refresh, which is fetched again.
        self.db.execute("PRAGMA synchronous = NORMAL")
        self.db.execute("PRAGMA foreign_keys = ON")
        known = {migration.name for migration in MIGRATIONS.pending(self.db)}
        applied = {migration.name for migration in MIGRATIONS.applied(self.db)}
        if not known and not self.newer(applied):
            return
        if self.newer(applied):
            raise StoreError(f"{self.path}: written by a newer version of this program: upgrade it")
        with self.writing():
            MIGRATIONS.apply(self.db)

    @staticmethod
    def newer(applied: set[str]) -> bool:
        return bool(applied - {migration.name for migration in MIGRATIONS._migrations})

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction that takes the write lock at once.

        IMMEDIATE, because a reader that turns into a writer under WAL fails at once, whatever the timeout.
        """
        with self.told():
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self.db.conn.in_transaction:
                    self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")

    @contextmanager
    def told(self) -> Iterator[None]:
        """SQLite's errors as one line that names the file and what to do."""
        try:
            yield
        except sqlite3.OperationalError as e:
            raise StoreError(f"{self.path}: {e}{advice(str(e))}") from e
        except sqlite3.DatabaseError as e:
            raise StoreError(f"{self.path}: {e}: restore a copy, or move the file away to start anew") from e

    def present(self) -> AbstractContextManager[None]:
        """Held while refreshing. Leases that nobody living can hold end here."""
        return present(self.path.with_name(f".{self.path.name}.refresh"), self.release_all)

    def release_all(self) -> None:
        with self.writing():
            self.sources.release_all()

    def close(self) -> None:
        self.db.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def advice(error: str) -> str:
    for sign, words in (
        ("unable to open", ": is the folder there and writable?"),
        ("readonly", ": make the file and its folder writable"),
        ("locked", ": another program holds it; try again"),
        ("full", ": make room on the disk"),
    ):
        if sign in error:
            return words
    return ""
