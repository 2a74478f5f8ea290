"""One SQLite database, opened by one thread at a time."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from types import TracebackType

from aggregator.errors import DamagedError, StoreError
from aggregator.store.articles import Articles
from aggregator.store.compressed import add_functions
from aggregator.store.connection import Database
from aggregator.store.counts import Counts
from aggregator.store.details import StoryDetails
from aggregator.store.dues import Dues
from aggregator.store.entries import Entries
from aggregator.store.former import FORMER, adopt_former, is_former
from aggregator.store.history import Past, Rulings
from aggregator.store.integrity import Integrity
from aggregator.store.lock import present
from aggregator.store.log import WriteAheadLog
from aggregator.store.migrate import NAMES, applied, migrate, pending
from aggregator.store.parts import StoryParts
from aggregator.store.pings import Pings
from aggregator.store.problems import Problems
from aggregator.store.published import Published
from aggregator.store.retention import Retention
from aggregator.store.search import Search
from aggregator.store.sources import Sources
from aggregator.store.status import SourceStatuses
from aggregator.store.stories import StoryStore
from aggregator.store.subscriptions import Subscriptions
from aggregator.store.timeline import Timeline

BUSY_SECONDS = 30  # a writer waits this long for another process's write to end
RESCUE = "restore a copy, or save what can be read: `aggregator repair NEW`"
NOT_OURS = ": not a database of this program, or a damaged one: restore a copy, or move the file away"


class Store:
    """One connection, with its queries by subject. Raises StoreError."""

    def __init__(self, path: Path) -> None:
        """Creates the database if it is missing, and brings its schema up to date."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as e:
            raise StoreError(f"{path.parent}: {os.strerror(e.errno or 0)}") from e
        if not path.exists():
            refresh_lock(path).unlink(missing_ok=True)  # left by a database that somebody removed
        refuse_emptied(path)
        self.open(path, str(path))
        with self.translating_errors():
            self.integrity.touch()  # before the first write, which would change a damaged file
            # Takes effect in a new file only, so before anything is written to it.
            self.db.execute("PRAGMA auto_vacuum = INCREMENTAL")
            self.db.execute("PRAGMA journal_mode = WAL")
            # NORMAL cannot corrupt under WAL; a power cut may lose the last refresh, fetched again.
            self.db.execute("PRAGMA synchronous = NORMAL")
            self.log.bound()
            self.migrate()

    @classmethod
    def reading(cls, path: Path) -> "Store":
        """Opens read-only: creates and changes nothing, so that a copy on a read-only disk works."""
        if not path.exists():
            raise StoreError(f"{path}: there is no database yet: `aggregator fetch` makes it")
        refuse_emptied(path)
        store = cls.__new__(cls)
        store.open(path, reading_uri(path))
        with store.translating_errors():
            store.refuse_others()
        return store

    def open(self, path: Path, uri: str) -> None:
        self.path = path
        with self.translating_errors():
            connection = sqlite3.connect(
                uri, timeout=BUSY_SECONDS, isolation_level=None, uri=uri.startswith("file:")
            )
            add_functions(connection)
            self.db = Database(connection)
            self.db.execute("PRAGMA foreign_keys = ON")
            self.db.execute("PRAGMA recursive_triggers = ON")  # so that REPLACE fires the triggers of DELETE
            # A container with a read-only file system has no folder for temporary files.
            self.db.execute("PRAGMA temp_store = MEMORY")
        self.log = WriteAheadLog(self.db, path)
        self.sources = Sources(self.db)
        self.entries = Entries(self.db)
        self.articles = Articles(self.db)
        self.stories = StoryStore(self.db)
        self.rulings = Rulings(self.db)
        self.parts = StoryParts(self.db)
        self.past = Past(self.db)
        self.subscriptions = Subscriptions(self.db)
        self.pings = Pings(self.db)
        self.dues = Dues(self.db)
        self.problems = Problems(self.db)
        self.published = Published(self.db)
        self.details = StoryDetails(self.db)
        self.statuses = SourceStatuses(self.db)
        self.search = Search(self.db)
        self.timeline = Timeline(self.db)
        self.integrity = Integrity(self.db)
        self.counts = Counts(self.db)
        self.retention = Retention(self.db)

    def migrate(self) -> None:
        self.refuse_newer()
        if pending(self.db):
            self.db.execute("PRAGMA foreign_keys = OFF")  # has no effect within a transaction
            with self.writing():
                if is_former(self.db):
                    adopt_former(self.db)
                migrate(self.db)
            self.db.execute("PRAGMA foreign_keys = ON")
            self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the log may be as large as the database

    def refuse_others(self) -> None:
        """Raises StoreError for a database of another version or another program."""
        self.refuse_newer()
        if pending(self.db):
            raise StoreError(f"{self.path}: of an older version: `aggregator fetch` brings it up to date")

    def refuse_newer(self) -> None:
        if not applied(self.db) <= {*NAMES, *FORMER}:
            raise StoreError(f"{self.path}: written by a newer version of this program: upgrade it")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction that takes the write lock from its beginning.

        IMMEDIATE, because a reader that becomes a writer under WAL fails immediately, whatever the timeout.
        """
        with self.translating_errors():
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self.db.conn.in_transaction:
                    self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")
            self.log.trim()

    def hurry(self) -> None:
        """Makes writes fail immediately instead of waiting for another writer: for work that can wait."""
        self.db.execute("PRAGMA busy_timeout = 0")

    @contextmanager
    def translating_errors(self) -> Iterator[None]:
        """Turns SQLite's errors into a StoreError of one line that names the file and the remedy."""
        try:
            yield
        except sqlite3.OperationalError as e:
            raise StoreError(f"{self.path}: {e}{advice_on_error(str(e))}") from e
        except sqlite3.IntegrityError as e:
            raise StoreError(f"{self.path}: {e}: {RESCUE}") from e
        except sqlite3.DatabaseError as e:
            raise DamagedError(f"{self.path}: {e}: {RESCUE}") from e

    def present(self) -> AbstractContextManager[None]:
        """Held while refreshing. Ends the leases of dead processes."""
        return present(refresh_lock(self.path), self.release_all)

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
        """Any read may reveal that the database is damaged or not ours."""
        with self.translating_errors():
            with suppress(sqlite3.Error):  # a damaged database may not even close
                self.close()
            if isinstance(error, sqlite3.Error):
                raise error


def reading_uri(path: Path) -> str:
    """A folder that nobody can write to has no writer: lock files are neither needed nor possible."""
    log = path.with_name(f"{path.name}-wal")
    alone = not os.access(path.parent, os.W_OK) and not (log.exists() and log.stat().st_size)
    mode = "immutable=1" if alone else "mode=ro"
    return f"{path.absolute().as_uri()}?{mode}"


def refresh_lock(path: Path) -> Path:
    """The lock file stays after a refresh, as a sign that there was one."""
    return path.with_name(f".{path.name}.refresh")


def refuse_emptied(path: Path) -> None:
    """Raises StoreError for an empty file after an earlier refresh: its content was lost, it is not new."""
    if path.exists() and not path.stat().st_size and refresh_lock(path).exists():
        raise StoreError(f"{path}: has lost all its data: restore a copy, or remove the file to start over")


def advice_on_error(error: str) -> str:
    for sign, words in (
        ("unable to open", ": is the folder there and writable?"),
        ("readonly", ": make the file and its folder writable"),
        ("locked", ": another program holds it; try again"),
        ("full", ": make room on the disk"),
        ("I/O error", ": the disk is full or failing: make room on it, or look into its log"),
        ("not decode", f": it is damaged: {RESCUE}"),
        ("no such", NOT_OURS),
        ("already exists", NOT_OURS),
        ("duplicate column", NOT_OURS),
    ):
        if sign in error:
            return words
    return ""
