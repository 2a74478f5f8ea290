"""The database, its copies, and whether anybody works with it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from aggregator.config import Config
from aggregator.model import Finding
from aggregator.publish.verify import damaged
from aggregator.store import Store
from aggregator.store.backup import newest_copy

LOG = 64_000_000  # bytes of the write-ahead log; what is usual is 4 MB
LATE = timedelta(hours=1)
AHEAD = timedelta(minutes=5)
MARGIN = 1.2  # the index is cleared in larger steps than the rest


def ill_database(store: Store) -> Iterator[Finding]:
    if damages := store.integrity.quick_damages():
        yield damaged(damages)
    log = store.path.with_name(f"{store.path.name}-wal")
    if log.exists() and log.stat().st_size > LOG:
        size = f"{log}: has grown to {log.stat().st_size / 1e6:.0f} MB"
        yield Finding(size, "end the program that holds the database open, perhaps a `sqlite3`")


def nobody_visits(store: Store, now: datetime) -> Iterator[Finding]:
    """Judges by the latest visit, which also shows whether the clock is wrong."""
    latest, due = store.sources.visits.latest(), store.sources.next_due()
    if latest and latest > now + AHEAD:
        yield Finding(
            f"the last visit was made at {latest:%Y-%m-%d %H:%M} UTC, and it is {now:%Y-%m-%d %H:%M} now",
            "set the clock of this machine, and let it follow a time server: `timedatectl set-ntp true`",
        )
    elif due and due < now - LATE and (latest is None or latest < now - LATE):
        yield Finding(
            f"sources have been due since {due:%Y-%m-%d %H:%M} UTC, and nobody visits them",
            "see whether the service runs: `systemctl status aggregator`, or start `aggregator run`",
        )


def limits_exceeded(store: Store, config: Config) -> Iterator[Finding]:
    """Only where the operator has set a limit."""
    section = config.store
    if section.keep_size and store.retention.size() > section.keep_size * MARGIN:
        used = f"{store.path}: {store.retention.size() / 1e6:.0f} MB are in use"
        yield Finding(
            f"{used}, more than [store] keep_size allows",
            "what is left is shown or needed: raise keep_size, or lower `archives`",
        )
    if (section.keep_size or section.keep) and not store.retention.shrinks():
        yield Finding(
            f"{store.path}: has free pages that it cannot give back, since an older version made it",
            "stop the service, and `sqlite3 FILE 'PRAGMA auto_vacuum = 2; VACUUM'` once; or leave it:"
            " they are filled again",
        )


def copies_overdue(config: Config, now: datetime) -> Iterator[Finding]:
    """Only where the daemon is to make them."""
    section = config.store
    if not section.backup or not section.path.exists():
        return
    newest = newest_copy(section.backup, section.path, now)
    if newest is None or now - newest > 2 * section.backup_every:
        when = f"the newest is of {newest:%Y-%m-%d %H:%M} UTC" if newest else "there is none"
        yield Finding(
            f"{section.backup}: no copy of the database is made any more: {when}",
            "the log of `aggregator run` says why; `aggregator backup FILE` makes one",
        )
