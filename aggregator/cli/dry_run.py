"""`fetch --dry-run`: visits sources and lists what a refresh would store. The database stays as it is."""

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from threading import Event
from typing import Any

from aggregator import plan
from aggregator.cli.common import how_many, now, printable
from aggregator.config import Config, known_sources
from aggregator.model import Entry, Health, Job, Source, Visit
from aggregator.refresh import with_settings
from aggregator.runtime import Runtime, Watcher, new_pool, new_runtime
from aggregator.store import Store
from aggregator.visit.pool import gather


@dataclass(frozen=True, slots=True)
class Sifted:
    """One visit, and what a refresh would store of it."""

    visit: Visit
    added: tuple[Entry, ...]
    edited: tuple[Entry, ...]


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


def dry_run(
    store: Store | None, runtime: Runtime, names: Collection[str], everything: bool
) -> Iterator[Sifted]:
    """Visits the named sources, else all, else those that are due. `store`: None without a database."""
    health = {each.name: each for each in store.sources.health()} if store else {}
    jobs = []
    for source in runtime.config.sources:
        known = health.get(source.name)
        if known and known.address != source.address:
            known = None  # another page, of which we remember nothing
        if source.name in names or (not names and would_visit(known, everything, runtime)):
            jobs.append(unclaimed_job(source, store if known else None))
    runtime.watcher.expect(len(jobs))
    for finished in gather(plan.bundles(jobs), runtime.workers()):
        if finished:
            visit, entries = finished.harvest.visit, finished.harvest.entries
            runtime.watcher.visited(visit)
            added, edited = store.entries.sift(visit.source, entries) if store else (entries, ())
            yield Sifted(visit, tuple(added), tuple(edited))


def would_visit(known: Health | None, everything: bool, runtime: Runtime) -> bool:
    """Whether a refresh would visit it now: never if it is gone permanently."""
    if known is None:
        return True
    return known.due is not None and (everything or known.due <= runtime.clock())


def unclaimed_job(source: Source, store: Store | None) -> Job:
    job = store.sources.job_of(source.name) if store else Job(source.name, source.kind, source.address)
    return replace(with_settings(job, source), full_text=False)  # pages of entries that are not stored


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
