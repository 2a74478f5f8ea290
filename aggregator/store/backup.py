"""A copy of the database while others use it: whole or not at all, and checked before it is called one."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from aggregator.errors import ConfigError, StoreError
from aggregator.store.schema import OURS
from aggregator.store.store import BUSY_SECONDS, advice_on_error, reading_uri

STEP = 2_500  # pages copied between two signs of life: 10 MB
MOMENT = "%Y%m%dT%H%M%SZ"


def back_up(database: Path, file: Path, sign: Callable[[], None]) -> int:
    """Copies the database as it is now into one file, which replaces an earlier copy; gives its bytes.

    `sign`: called as the work goes on; what it raises ends it. Raises ConfigError: the file is something
    else, and stays as it is; StoreError.
    """
    if not database.exists():
        raise StoreError(f"{database}: there is no database yet: `aggregator fetch` makes it")
    refuse_others(database, file)
    draft = file.with_name(f".{file.name}.new")
    try:
        draft.unlink(missing_ok=True)  # of a process that was killed
        mode = database.stat().st_mode & 0o666  # addresses in it may have keys: readable for the same people
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
    except OSError as e:
        raise StoreError(f"{file}: {e.strerror}: it must be a file that we can write") from e
    try:
        copy(database, draft, sign)
        check_copy(database, draft)
        put(draft, file)
        return file.stat().st_size
    except OSError as e:
        raise StoreError(f"{file}: {e.strerror}: make room for {database.stat().st_size} bytes") from e
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def copy_name(database: Path, now: datetime) -> str:
    return f"{database.stem}-{now.astimezone(UTC).strftime(MOMENT)}{database.suffix}"


def dated_copies(folder: Path, database: Path) -> dict[datetime, Path]:
    """Those that bear a name of copy_name(), by the moment in it. Raises OSError."""
    found = {}
    for path in folder.iterdir() if folder.is_dir() else ():
        written = path.name.removeprefix(f"{database.stem}-").removesuffix(database.suffix)
        with suppress(ValueError):
            moment = datetime.strptime(written, MOMENT).replace(tzinfo=UTC)
            if path.name == copy_name(database, moment):
                found[moment] = path
    return found


def refuse_others(database: Path, file: Path) -> None:
    """What is no copy of ours is not replaced, nor is a database in use, whose journal would stay behind."""
    if file.is_dir():
        raise ConfigError(f"{file}: is a folder: name the file in it")
    if not file.exists():
        return
    if file.samefile(database):
        raise ConfigError(f"{file}: is the database itself: name another file")
    if file.with_name(f"{file.name}-wal").exists():
        raise ConfigError(f"{file}: is a database in use: name another file")
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
