"""A copy of the database while others use it: whole or not at all, and checked before it is called one."""

import fcntl
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from aggregator.errors import ConfigError, StoreError
from aggregator.store.migrate import OURS
from aggregator.store.store import BUSY_SECONDS, advice_on_error, reading_uri

STEP = 2_500  # pages copied between two signs of life: 10 MB
MOMENT = "%Y%m%dT%H%M%SZ"

LAST = datetime.max.replace(tzinfo=UTC)


def back_up(database: Path, file: Path, sign: Callable[[], None]) -> int:
    """Copies the database as it is now into one file, which replaces an earlier copy; gives its bytes.

    `sign`: called as the work goes on; what it raises ends it. Raises ConfigError: the file is something
    else, and stays as it is; StoreError.
    """
    if not database.exists():
        raise StoreError(f"{database}: there is no database yet: `aggregator fetch` makes it")
    refuse_others(database, file)
    draft = file.with_name(f".{file.name}.new")
    mode = database.stat().st_mode & 0o666  # addresses in it may have keys: readable for the same people
    try:
        held = os.open(draft, os.O_CREAT | os.O_RDWR, mode)
    except OSError as e:
        raise StoreError(f"{file}: {e.strerror}: it must be a file that we can write") from e
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not draft.exists() or os.fstat(held).st_ino != draft.stat().st_ino:
            raise BlockingIOError  # its maker has just ended
    except BlockingIOError as e:
        os.close(held)
        raise StoreError(f"{file}: another process is making this copy: try again") from e
    try:
        os.fchmod(held, mode)
        os.truncate(held, 0)  # of a process that was killed
        copy(database, draft, sign)
        check_copy(database, draft)
        put(draft, file)
        return file.stat().st_size
    except OSError as e:
        raise StoreError(f"{file}: {e.strerror}: make room for {database.stat().st_size} bytes") from e
    finally:
        with suppress(OSError):
            if draft.exists() and os.fstat(held).st_ino == draft.stat().st_ino:
                draft.unlink()
        os.close(held)


def copy_name(database: Path, now: datetime) -> str:
    return f"{database.stem}-{now.astimezone(UTC).strftime(MOMENT)}{database.suffix}"


def dated_copies(folder: Path, database: Path) -> dict[datetime, Path]:
    """The files with a name from copy_name(), by the moment in it. Raises OSError."""
    found = {}
    for path in folder.iterdir() if folder.is_dir() else ():
        written = path.name.removeprefix(f"{database.stem}-").removesuffix(database.suffix)
        with suppress(ValueError):
            moment = datetime.strptime(written, MOMENT).replace(tzinfo=UTC)
            if path.name == copy_name(database, moment):
                found[moment] = path
    return found


def newest_copy(folder: Path, database: Path, until: datetime = LAST) -> datetime | None:
    """Its moment, none after `until`; None if there is none, or if the folder cannot be read."""
    try:
        return max((moment for moment in dated_copies(folder, database) if moment <= until), default=None)
    except OSError:
        return None


def refuse_others(database: Path, file: Path) -> None:
    """Refuses to replace a foreign file, or a database in use, whose journal would stay behind."""
    if file.is_dir():
        raise ConfigError(f"{file}: is a folder: name the file in it")
    if not file.exists():
        return
    if file.samefile(database):
        raise ConfigError(f"{file}: is the database itself: name another file")
    if file.with_name(f"{file.name}-wal").exists():
        raise ConfigError(f"{file}: is a database in use: name another file")
    if file.with_name(f".{file.name}.refresh").exists():
        raise ConfigError(f"{file}: is a database that somebody refreshes: name another file")
    if not is_ours(file):
        raise ConfigError(f"{file}: is no copy of a database of this program: name another file")


def is_ours(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True)) as found:
            return bool(found.execute(OURS).fetchone())
    except sqlite3.Error:
        return False


def copy(database: Path, draft: Path, sign: Callable[[], None]) -> None:
    """All of one moment: the read transaction holds it, while others go on writing."""
    with (
        closing(sqlite3.connect(reading_uri(database), uri=True, timeout=BUSY_SECONDS)) as source,
        closing(sqlite3.connect(draft, isolation_level=None)) as target,
    ):
        try:
            source.execute("BEGIN")
            if not source.execute(OURS).fetchone():
                raise StoreError(f"{database}: this is no database of this program")
            target.execute("PRAGMA synchronous = OFF")  # put() syncs it once
            source.backup(target, pages=STEP, progress=lambda *_: sign())
            # One file, which can be read where nobody can write.
            target.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error as e:
            raise StoreError(f"{draft.parent}: copying {database}: {e}{advice_on_error(str(e))}") from e


def check_copy(database: Path, draft: Path) -> None:
    """So that a damaged one never takes the place of the last one that was well."""
    with closing(sqlite3.connect(draft)) as made:
        try:
            found = made.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as e:
            found = str(e)
    if found != "ok":
        raise StoreError(f"{database}: is damaged, no copy was made: `aggregator verify` says how")


def put(draft: Path, file: Path) -> None:
    """Also after a power cut the earlier copy is there, or the new one."""
    sync(draft)
    draft.replace(file)
    sync(file.parent)


def sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
