"""What a refresh would find: visits sources and compares with the store, which stays as it is."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from aggregator import plan
from aggregator.model import Entry, Health, Job, Source, Visit
from aggregator.refresh import with_settings
from aggregator.runtime import Runtime
from aggregator.store import Store
from aggregator.visit.pool import gather


@dataclass(frozen=True, slots=True)
class Sifted:
    """One visit, and what a refresh would store of it."""

    visit: Visit
    added: tuple[Entry, ...]
    edited: tuple[Entry, ...]


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
