"""`fetch --dry-run`: lists what a refresh would store."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from threading import Event
from typing import Any

from aggregator.cli.common import how_many, now, printable
from aggregator.cli.dry_run import Sifted, dry_run
from aggregator.config import Config, known_sources
from aggregator.model import Entry
from aggregator.runtime import Watcher, new_pool, new_runtime
from aggregator.store import Store


def try_out(
    config: Config, names: tuple[str, ...], everything: bool, watcher: Watcher, stop: Event
) -> list[Sifted]:
    """One for each visit, by the names of the sources. Raises ConfigError, StoreError."""
    known_sources(config, names)
    pool = new_pool(config)
    try:
        with present_store(config) as store:
            runtime = new_runtime(config, pool, now, watcher, stop)
            found = list(dry_run(store, runtime, names, everything))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return sorted(found, key=lambda each: each.visit.source)


def present_store(config: Config) -> AbstractContextManager[Store | None]:
    path = config.store.path
    return Store.reading(path) if path.exists() else nullcontext()


def failed_visits(found: list[Sifted]) -> int:
    return sum(each.visit.result == "failed" for each in found)


def sifted_lines(found: list[Sifted]) -> Iterator[str]:
    """+ for a new entry, ~ for an edited one; then the counts."""
    for each in found:
        for mark, entries in (("+", each.added), ("~", each.edited)):
            for entry in entries:
                yield printable(f"{mark} {each.visit.source}: {entry_title(entry)}")
    visits = f"{how_many(len(found), 'source')} visited, {failed_visits(found)} failed"
    added, edited = sum(len(each.added) for each in found), sum(len(each.edited) for each in found)
    yield f"{visits}; entries: {added} new, {edited} edited; nothing was written"


def entry_title(entry: Entry) -> str:
    return entry.title or entry.lede[:80] or entry.url


def sifted_value(found: Sifted) -> dict[str, Any]:
    return {
        "source": found.visit.source,
        "result": found.visit.result,
        "notes": found.visit.notes,
        "new": [entry_value(each) for each in found.added],
        "edited": [entry_value(each) for each in found.edited],
    }


def entry_value(entry: Entry) -> dict[str, Any]:
    return {"id": entry.uid, "title": entry.title, "url": entry.url, "published": entry.published}
