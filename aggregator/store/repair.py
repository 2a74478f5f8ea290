"""Copies all readable rows of a damaged database into a new one; only reads the damaged one."""

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from aggregator.errors import ConfigError, StoreError
from aggregator.store.backup import put
from aggregator.store.connection import Database
from aggregator.store.damaged import DamagedFile
from aggregator.store.lock import alone
from aggregator.store.mend import Mended, mend
from aggregator.store.salvage import Salvaged, salvage
from aggregator.store.store import Store, advice_on_error, refresh_lock


@dataclass(frozen=True, slots=True)
class Repaired:
    entries: int
    stories: int
    sources: int
    rows: int
    """In all tables."""
    pages: int
    unreadable_pages: int
    unreadable_rows: int
    """On pages that can be read."""
    lost_entries: int
    """Entries that are known to have existed."""
    renewed_stories: int
    """Stories whose rows are rebuilt, most probably under the same ids."""
    regrouped_entries: int
    """Entries that the next refresh groups again."""


def repair_database(database: Path, new: Path, now: datetime) -> Repaired:
    """Raises ConfigError: `new` exists; StoreError: nothing can be read, or somebody is refreshing."""
    if new.exists():
        raise ConfigError(f"{new}: exists: name a new file")
    database = database.resolve()  # SQLite keeps its log beside the file, not beside a link to it
    draft = new.with_name(f".{new.name}.new")
    try:
        with alone(refresh_lock(database)) as free:
            if not free:
                raise StoreError(f"{database}: a refresh is under way: stop the service first")
            clear_draft(draft)
            mode = database.stat().st_mode & 0o666  # from the beginning: addresses in it may have keys
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
            done = rescue(database, draft, now)
        put(draft, new)
        return done
    except OSError as e:
        raise StoreError(f"{e.filename or new}: {os.strerror(e.errno or 0)}") from e
    except sqlite3.Error as e:
        raise StoreError(f"{new}: {e}{advice_on_error(str(e))}") from e
    finally:
        with suppress(OSError):
            clear_draft(draft)


def clear_draft(draft: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        draft.with_name(draft.name + ending).unlink(missing_ok=True)


def rescue(database: Path, draft: Path, now: datetime) -> Repaired:
    with closing(DamagedFile(database)) as damaged:
        saved = fill_tables(damaged, draft, database)
        with Store(draft) as store, store.translating_errors():  # brings the tables up to date
            store.db.execute("PRAGMA foreign_keys = OFF")
            with store.writing():
                mended = mend(store.db, saved.next_story, now)
            done = repair_report(store, damaged, saved, mended)
            store.db.execute("PRAGMA journal_mode = DELETE")
    return done


def fill_tables(damaged: DamagedFile, draft: Path, database: Path) -> Salvaged:
    with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
        db = Database(connection)
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA auto_vacuum = INCREMENTAL")
        db.execute("BEGIN")
        try:
            saved = salvage(damaged, db)
        except StoreError as e:
            raise StoreError(f"{database}: {e}") from e
        if not saved.saved.total():
            raise StoreError(f"{database}: nothing in it can be read: restore a copy")
        db.execute("COMMIT")
    return saved


def repair_report(store: Store, damaged: DamagedFile, saved: Salvaged, mended: Mended) -> Repaired:
    return Repaired(
        entries=store.entries.count(),
        stories=store.counts.stories(),
        sources=int(store.db.execute("SELECT count(*) FROM sources").fetchone()[0]),
        rows=saved.saved.total(),
        pages=damaged.pages,
        unreadable_pages=len(damaged.unreadable),
        unreadable_rows=saved.torn,
        lost_entries=mended.lost,
        renewed_stories=mended.renamed,
        regrouped_entries=mended.waiting,
    )
