"""The path: claim due sources, visit them, keep their entries, group new ones, publish changes.

The daemon, the command and the tests all use it.
"""

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from aggregator import plan
from aggregator.errors import ClusterError, PublishError
from aggregator.model import Harvest, Job, Source, Visit
from aggregator.publish.publish import publish
from aggregator.runtime import Runtime, Summary, limits_digest
from aggregator.store import KeptCounts, Store
from aggregator.visit.notes import with_notes
from aggregator.visit.pool import Finished, gather

Claim = Callable[[Collection[str], datetime, datetime, int], list[Job]]
ROUND = 1000  # sources claimed at a time: bounds what a killed process leaves claimed
PER_WORKER = 30  # the same for many workers: a round in which all time out still ends before its lease
TURNS = 50  # sources of one owner per round: all can time out one after another before the lease ends
LEASE = timedelta(minutes=30)
PAUSE = timedelta(minutes=10)  # for an owner's other sources, when its server asks us to wait without a time
UNREACHED = ("dns", "connect")  # faults that our own network may cause
REFUSALS = ("address", "size")  # faults that other settings may undo
Since = datetime | None  # time of the last visit before the refresh; None if there was none


def refresh_due(store: Store, runtime: Runtime) -> Summary:
    """Visits due sources, each once."""
    return refresh(store, runtime, [each.name for each in runtime.config.sources], store.sources.claim_due)


def refresh_named(store: Store, runtime: Runtime, names: Iterable[str]) -> Summary:
    """Visits the named sources, due or not, except those another process is visiting."""
    return refresh(store, runtime, names, store.sources.claim_named)


def refresh_all(store: Store, runtime: Runtime) -> Summary:
    """Visits every source, due or not, except those that are gone permanently."""
    return refresh(store, runtime, [each.name for each in runtime.config.sources], store.sources.claim_living)


def refresh(store: Store, runtime: Runtime, names: Iterable[str], claim: Claim) -> Summary:
    """Visits in rounds until no named source is left. Raises StoreError, PublishError, ClusterError."""
    summary, left = Summary(), dict.fromkeys(names)
    with store.present():
        since = store.sources.visits.latest()
        with store.writing():
            store.sources.sync(runtime.config.sources, runtime.clock())
            store.dues.readmit(limits_digest(runtime.config), runtime.clock())
        while left and not runtime.stop.is_set():
            now = runtime.clock()
            with store.writing():
                jobs = claim(left, now, now + LEASE, round_size(runtime.config.fetch.workers))
            if not jobs:
                break
            for done in visit_round(store, runtime, jobs, summary, since):
                left.pop(done, None)
        group_and_publish(store, runtime, summary, since)
    if summary.trouble:
        raise summary.trouble
    return summary


def round_size(workers: int) -> int:
    """Sources claimed at a time. A round lasts as long as its largest owner: many workers need large ones."""
    return max(ROUND, PER_WORKER * workers)


def visit_round(store: Store, runtime: Runtime, jobs: list[Job], summary: Summary, since: Since) -> set[str]:
    """Visits the sources of one round; returns the names of those that are done.

    When no visit ends for a moment, publishes what has arrived, so that no source delays the others.
    """
    sources = {source.name: source for source in runtime.config.sources}
    jobs = [with_full_text(store, with_settings(job, sources[job.source])) for job in jobs]
    bundles = [bundle[:TURNS] for bundle in plan.bundles(jobs)]
    runtime.watcher.expect(sum(map(len, bundles)))
    round_ = Round(store, runtime, sources, summary, since)
    try:
        for finished in gather(bundles, runtime.workers()):
            if finished is None:
                round_.publish_so_far()
            else:
                round_.receive(finished)
    except ClusterError:
        release(store, jobs)  # no visit is counted: all that is left is due again at once
        raise
    round_.keep_unreachable()
    release(store, jobs)
    return round_.done


def release(store: Store, jobs: Iterable[Job]) -> None:
    with store.writing():
        store.sources.release([job.source for job in jobs])


def with_settings(job: Job, source: Source) -> Job:
    """Adds what is only in the configuration, never in the database: secrets, for instance."""
    return replace(
        job,
        pattern=source.pattern,
        request=source.request,
        home=source.address,
        full_text=source.full_text,
        site=source.site,
    )


def with_full_text(store: Store, job: Job) -> Job:
    return replace(job, has_article=store.articles.asked(job.source)) if job.full_text else job


@dataclass(slots=True)
class Round:
    """Keeps the results of one round."""

    store: Store
    runtime: Runtime
    sources: dict[str, Source]
    summary: Summary
    since: Since
    done: set[str] = field(default_factory=set)
    unreachable: list[Harvest] = field(default_factory=list)
    """Stored at the end of the round: only then do we know whether our own network was down."""
    reached: bool = False
    published: bool = True

    def receive(self, finished: Finished) -> None:
        visit = finished.harvest.visit
        self.done |= {visit.source, *(job.source for job in finished.rest)}
        if visit.fault in UNREACHED:
            self.unreachable.append(finished.harvest)
            return
        self.reached = self.reached or bool(visit.status)
        self.published = False
        self.keep(finished.harvest)
        self.postpone_neighbours(visit)

    def keep(self, harvest: Harvest, offline: bool = False) -> None:
        """Writes entries, validators, log line and next visit in one transaction: all or nothing."""
        visit, store, now = harvest.visit, self.store, self.runtime.clock()
        source = self.sources[visit.source]
        with store.writing():
            harvest = with_notes(harvest, store.sources.visits.notes(visit.source), source.kind == "folder")
            kept = store.entries.keep(visit.source, harvest.entries, visit.at)
            refused = limits_digest(self.runtime.config) if visit.fault in REFUSALS else ""
            memory = replace(store.sources.memory(visit.source), refused=refused)
            if offline:
                coming = plan.offline(source, memory, now)
            else:
                pushed = self.relies_on_hub(harvest, kept, now)
                coming = plan.next_visit(source, memory, harvest, now, kept.added, pushed)
            store.sources.visited(harvest, coming, kept)
        self.summary.count(visit, kept)
        self.runtime.watcher.visited(visit)

    def relies_on_hub(self, harvest: Harvest, kept: KeptCounts, now: datetime) -> bool:
        """Whether its hub pushes new entries. Records the hub it names, and that this failed to push."""
        source, subscriptions = harvest.visit.source, self.store.subscriptions
        if harvest.hub is not None:
            subscriptions.offered(source, harvest.hub, now)
        if kept.added:
            subscriptions.missed(source)
        return self.runtime.config.fetch.websub and subscriptions.live(source, now)

    def postpone_neighbours(self, visit: Visit) -> None:
        """Delays all sources of the same host (503) or owner (429) when its server asks us to wait."""
        if visit.status not in plan.PAUSES:
            return
        asked, now = self.sources[visit.source].address, self.runtime.clock()
        waiting = [
            each
            for each in self.runtime.config.sources
            if each.name != visit.source and plan.concerns(visit.status, asked, each.address)
        ]
        with self.store.writing():
            for each in waiting:
                memory = self.store.sources.memory(each.name)
                self.store.sources.postpone(each.name, plan.postponed(each, memory, visit.wait or PAUSE, now))

    def publish_so_far(self) -> None:
        if not self.published and self.summary.may_publish(time.monotonic()):
            group_and_publish(self.store, self.runtime, self.summary, self.since)
            self.published = True

    def keep_unreachable(self) -> None:
        """Blames our own network where no source was reached, unless one has answered in the meantime."""
        offline = not self.reached and len(self.unreachable) > 1
        for harvest in self.unreachable:
            online = self.store.sources.visits.answers_since(harvest.visit.source)
            self.keep(harvest, offline and not online)


def group_and_publish(store: Store, runtime: Runtime, summary: Summary, since: Since = None) -> None:
    """Puts new entries into stories, and publishes changes."""
    with summary.timing("group"):
        if store.entries.count_unplaced():
            from aggregator.group import group_unplaced  # takes longer to load than a refresh without news

            placed = group_unplaced(store, runtime.config, runtime.clock(), since)
            summary.new += placed.new
            summary.grown += placed.grown
    try:
        with summary.timing("publish"):
            names = publish(store, runtime.config)
        summary.published += names
        summary.trouble = None
        if names:
            runtime.published()
    except PublishError as e:
        summary.trouble = e  # raised at the end: later results are still stored
