"""Checks that the database is sound, that readers can find every entry, and that files are as written.

Changes nothing.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aggregator.config import Config
from aggregator.model import Finding, Story
from aggregator.publish.compose import invisible
from aggregator.publish.publish import lies, publish_lock
from aggregator.store import Store

CHUNK = 500  # stories in memory at a time
REPAIR = "restore a copy, or save what can be read: `aggregator repair NEW`"
REGROUP = "`aggregator repair NEW` makes a database in which they are grouped again"
REWRITE = "the next refresh writes them again"


@dataclass(frozen=True, slots=True)
class Verified:
    """All numbers are 0 if the database is not sound enough to count."""

    entries: int = 0
    waiting: int = 0
    """The entries among them that the next refresh will place."""
    stories: int = 0
    invisible: tuple[int, ...] = ()
    """Row numbers of entries that are not an item, are not listed in one, and have no newer version."""
    findings: tuple[Finding, ...] = ()


def verify_store(store: Store, config: Config) -> Verified:
    """Checks all entries, whatever the limits of the outputs."""
    if unsound := list(unsoundness(store)):
        return Verified(findings=tuple(unsound))
    entries = store.entries.numbers()
    waiting = store.entries.count_unplaced()
    left, stories = set(entries[: len(entries) - waiting]), 0
    for some in in_chunks(store):
        left = invisible(left, some)
        stories += len(some)
    findings = [*missed(len(left)), *changed_files(store, config)]
    return Verified(len(entries), waiting, stories, tuple(sorted(left)), tuple(findings))


def in_chunks(store: Store) -> Iterator[list[Story]]:
    for first in range(1, store.stories.next_number(), CHUNK):
        yield store.stories.numbered(first, first + CHUNK - 1)


def unsoundness(store: Store) -> Iterator[Finding]:
    """After which stories cannot be read."""
    if damages := store.integrity.damages():
        yield damaged(damages)
    else:
        yield from contradictions(store)


def damaged(damages: list[str]) -> Finding:
    """SQLite's first fault stands for all."""
    first = damages[0].removeprefix("*** in database main ***\n").splitlines()[0]
    faults = "1 fault" if len(damages) == 1 else f"{len(damages)} faults"
    return Finding(f"the database is damaged: {faults}, the first: {first}", REPAIR)


def contradictions(store: Store) -> Iterator[Finding]:
    for each in store.integrity.dangling():
        yield Finding(
            f"rows of {each.table} that refer to {each.missing} that are not there: {each.rows}", REPAIR
        )
    if misled := store.integrity.misled():
        yield Finding(f"stories that are led by a report of another one: {misled}", REPAIR)


def missed(entries: int) -> Iterator[Finding]:
    if entries:
        yield Finding(f"entries that are in no story: {entries}", REGROUP)


def changed_files(store: Store, config: Config) -> Iterator[Finding]:
    """Files that are not as we left them: deleted, cut off, overwritten."""
    with unpublished(publish_lock(store)):
        for folder in (config.publish.folder, config.publish.private):
            known = store.published.files(folder)
            changed = sorted(name for name, each in known.items() if not lies(folder, each))
            if changed:
                files = "1 file" if len(changed) == 1 else f"{len(changed)} files"
                yield Finding(f"{folder}: {files} not as written, the first: {changed[0]}", REWRITE)


@contextmanager
def unpublished(lock: Path) -> Iterator[None]:
    """While nobody publishes; makes no lock where there is none."""
    try:
        held = lock.open()
    except OSError:
        yield
        return
    with held:
        fcntl.flock(held, fcntl.LOCK_SH)
        yield
