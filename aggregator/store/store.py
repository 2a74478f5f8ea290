"""One SQLite database, opened by one thread at a time."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from types import TracebackType

from sqlite_utils import Database

from aggregator.errors import StoreError
from aggregator.store.accounts import Accounts
from aggregator.store.counts import Counts
from aggregator.store.dues import Dues
from aggregator.store.entries import Entries
from aggregator.store.history import Past
from aggregator.store.integrity import Integrity
from aggregator.store.lock import present
from aggregator.store.parts import StoryParts
from aggregator.store.pings import Pings
from aggregator.store.problems import Problems
from aggregator.store.published import Published
from aggregator.store.rulings import Rulings
from aggregator.store.schema import MIGRATIONS, NAMES
from aggregator.store.search import Search
from aggregator.store.sources import Sources
from aggregator.store.status import Records
from aggregator.store.stories import StoryStore
from aggregator.store.subscriptions import Subscriptions
from aggregator.store.timeline import Timeline

BUSY_SECONDS = 30  # a writer waits this long for another process's write to end
RESCUE = "restore a copy, or save what can be read: `aggregator repair NEW`"
NOT_OURS = ": this is no database of this program, or a damaged one: restore a copy, or move the file away"


class Store:
    """One connection and what is asked of it, by subject. Raises StoreError."""

    def __init__(self, path: Path) -> None:
        """Makes the database where there is none, and brings its schema up to date."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as e:
            raise StoreError(f"{path.parent}: {os.strerror(e.errno or 0)}") from e
        refuse_emptied(path)
        self.open(path, str(path))
        with self.told():
            self.db.execute("PRAGMA journal_mode = WAL")
            # NORMAL cannot corrupt under WAL; a power cut may lose the last refresh, fetched again.
            self.db.execute("PRAGMA synchronous = NORMAL")
            self.migrate()

    @classmethod
    def reading(cls, path: Path) -> "Store":
        """Only to look: makes nothing and changes nothing, so that a copy on a read-only disk will do."""
        if not path.exists():
            raise StoreError(f"{path}: there is no database yet: `aggregator fetch` makes it")
        refuse_emptied(path)
        store = cls.__new__(cls)
        store.open(path, reading_uri(path))
        with store.told():
            store.refuse_others()
        return store

    def open(self, path: Path, uri: str) -> None:
        self.path = path
        with self.told():
            connection = sqlite3.connect(
                uri, timeout=BUSY_SECONDS, isolation_level=None, uri=uri.startswith("file:")
            )
            self.db = Database(connection)
            self.db.execute("PRAGMA foreign_keys = ON")
            # A container with a read-only file system has no folder for temporary files.
            self.db.execute("PRAGMA temp_store = MEMORY")
        self.sources = Sources(self.db)
        self.entries = Entries(self.db)
        self.stories = StoryStore(self.db)
        self.rulings = Rulings(self.db)
        self.parts = StoryParts(self.db)
        self.past = Past(self.db)
        self.subscriptions = Subscriptions(self.db)
        self.pings = Pings(self.db)
        self.dues = Dues(self.db)
        self.problems = Problems(self.db)
        self.published = Published(self.db)
        self.accounts = Accounts(self.db)
        self.records = Records(self.db)
        self.search = Search(self.db)
        self.timeline = Timeline(self.db)
        self.integrity = Integrity(self.db)
        self.counts = Counts(self.db)

    def migrate(self) -> None:
        self.refuse_newer()
        if MIGRATIONS.pending(self.db):
            with self.writing():
                MIGRATIONS.apply(self.db)

    def refuse_others(self) -> None:
        """A database that cannot be read as it is: of another version, or of another program."""
        self.refuse_newer()
        if MIGRATIONS.pending(self.db):
            raise StoreError(f"{self.path}: of an older version: `aggregator fetch` brings it up to date")

    def refuse_newer(self) -> None:
        applied = {migration.name for migration in MIGRATIONS.applied(self.db)}
        if not applied <= NAMES:
            raise StoreError(f"{self.path}: written by a newer version of this program: upgrade it")

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

    def hurry(self) -> None:
        """From now on a write that another one is in the way of fails at once: for what can be done later."""
        self.db.execute("PRAGMA busy_timeout = 0")

    @contextmanager
    def told(self) -> Iterator[None]:
        """SQLite's errors as one line that names the file and what to do."""
        try:
            yield
        except sqlite3.OperationalError as e:
            raise StoreError(f"{self.path}: {e}{advice_on_error(str(e))}") from e
        except sqlite3.DatabaseError as e:
            raise StoreError(f"{self.path}: {e}: {RESCUE}") from e

    def present(self) -> AbstractContextManager[None]:
        """Held while refreshing. Leases that nobody living can hold end here."""
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
        """A damaged or foreign database may show at any read."""
        with self.told():
            with suppress(sqlite3.Error):  # what is damaged may not even close
                self.close()
            if isinstance(error, sqlite3.Error):
                raise error


def reading_uri(path: Path) -> str:
    """What lies in a folder that nobody can write to has no writer: no lock files are needed, or possible."""
    mode = "mode=ro" if os.access(path.parent, os.W_OK) else "immutable=1"
    return f"{path.absolute().as_uri()}?{mode}"


def refresh_lock(path: Path) -> Path:
    """It stays when a refresh has ended, and so tells that there was one."""
    return path.with_name(f".{path.name}.refresh")


def refuse_emptied(path: Path) -> None:
    """Empty where a refresh has been: a file system has lost it, and it is no new database."""
    if path.exists() and not path.stat().st_size and refresh_lock(path).exists():
        raise StoreError(
            f"{path}: has lost all that it held: restore a copy, or remove the file to start anew"
        )


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
