"""THE path: claim, harvest, keep, place, publish. Daemon, command and tests all come through here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aggregator import plan
from aggregator.errors import PublishError
from aggregator.group import place
from aggregator.model import Harvest, Job, Source, Visit
from aggregator.publish.publish import edition
from aggregator.runtime import Runtime, Summary
from aggregator.store import Kept, Store
from aggregator.visit.notes import with_notes
from aggregator.visit.pool import Finished, gather

Claim = Callable[[Iterable[str], datetime, datetime, int], list[Job]]
ROUND = 1000  # sources claimed at a time: bounds what a killed process leaves on lease
TURNS = 50  # of them of one owner: all of these can time out one after another before the lease ends
LEASE = timedelta(minutes=30)
PAUSE = timedelta(minutes=10)  # for an owner's other sources, when one is told to wait but not how long
UNREACHED = ("dns", "connect")
Since = datetime | None  # when the last visit before a refresh was made; None: there was none


def refresh_due(store: Store, runtime: Runtime) -> Summary:
    """Visits what is due, each source once."""
    return run(store, runtime, [source.name for source in runtime.config.sources], store.sources.claim_due)


def refresh_named(store: Store, runtime: Runtime, names: Iterable[str]) -> Summary:
    """Visits the named sources, due or not, except those another process is visiting."""
    return run(store, runtime, names, store.sources.claim_named)


def refresh_all(store: Store, runtime: Runtime) -> Summary:
    """Visits every source, due or not, but for those that are gone for good."""
    return run(store, runtime, [source.name for source in runtime.config.sources], store.sources.claim_living)


def run(store: Store, runtime: Runtime, names: Iterable[str], claim: Claim) -> Summary:
    """In rounds, until no named source is left to be claimed. Raises StoreError, PublishError."""
    summary, left = Summary(), dict.fromkeys(names)
    with store.present():
        since = store.sources.visits.latest()
        with store.writing():
            store.sources.sync(runtime.config.sources, runtime.clock())
        while left and not runtime.stop.is_set():
            now = runtime.clock()
            with store.writing():
                jobs = claim(left, now, now + LEASE, ROUND)
            if not jobs:
                break
            for done in visit_all(store, runtime, jobs, summary, since):
                left.pop(done, None)
        settle(store, runtime, summary, since)
    if summary.trouble:
        raise summary.trouble
    return summary


def visit_all(store: Store, runtime: Runtime, jobs: list[Job], summary: Summary, since: Since) -> set[str]:
    """One round; gives the sources it was through with.

    When nothing comes for a moment, what has come is published: no source delays the rest.
    """
    sources = {source.name: source for source in runtime.config.sources}
    bundles = [bundle[:TURNS] for bundle in plan.bundles(jobs)]
    runtime.watcher.expect(sum(map(len, bundles)))
    round_ = Round(store, runtime, sources, summary, since)
    for step in gather(bundles, runtime.workers()):
        if step is None:
            round_.settle()
        else:
            round_.take(step)
    round_.close()
    with store.writing():
        store.sources.release([job.source for job in jobs])
    return round_.done


@dataclass(slots=True)
class Round:
    """What has come in one round."""

    store: Store
    runtime: Runtime
    sources: dict[str, Source]
    summary: Summary
    since: Since
    done: set[str] = field(default_factory=set)
    unreachable: list[Harvest] = field(default_factory=list)
    """Whose fault that was, the round as a whole will tell."""
    reached: bool = False
    settled: bool = True

    def take(self, step: Finished) -> None:
        visit = step.harvest.visit
        self.done |= {visit.source, *(job.source for job in step.rest)}
        if visit.fault in UNREACHED:
            self.unreachable.append(step.harvest)
            return
        self.reached = self.reached or bool(visit.status)
        self.settled = False
        self.keep(step.harvest)
        self.postpone(visit)

    def keep(self, harvest: Harvest, offline: bool = False) -> None:
        """Entries, validators, log line and next visit in one transaction: all of a visit, or nothing."""
        visit, store, now = harvest.visit, self.store, self.runtime.clock()
        source = self.sources[visit.source]
        with store.writing():
            harvest = with_notes(harvest, store.sources.visits.notes(visit.source))
            kept = store.entries.keep(visit.source, harvest.entries, visit.at)
            memory = store.sources.memory(visit.source)
            if offline:
                coming = plan.offline(source, memory, now)
            else:
                pushed = self.relies_on_hub(harvest, kept, now)
                coming = plan.next_visit(source, memory, harvest, now, kept.added, pushed)
            store.sources.visited(harvest, coming, kept)
        self.summary.count(visit, kept)
        self.runtime.watcher.visited(visit)

    def relies_on_hub(self, harvest: Harvest, kept: Kept, now: datetime) -> bool:
        """Notes the hub that the source names, and what it should have pushed and has not."""
        source, subscriptions = harvest.visit.source, self.store.subscriptions
        if harvest.hub is not None:
            subscriptions.offered(source, harvest.hub, now)
        if kept.added:
            subscriptions.missed(source)
        return self.runtime.config.fetch.websub and subscriptions.live(source, now)

    def postpone(self, visit: Visit) -> None:
        """Whom a pause concerns that one source was told: those of this round and those due later."""
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

    def settle(self) -> None:
        if not self.settled:
            settle(self.store, self.runtime, self.summary, self.since)
            self.settled = True

    def close(self) -> None:
        """Where nothing was reached, our own network is down, unless others have answered meanwhile."""
        offline = not self.reached and len(self.unreachable) > 1
        for harvest in self.unreachable:
            online = self.store.sources.visits.answers_since(harvest.visit.source)
            self.keep(harvest, offline and not online)


def settle(store: Store, runtime: Runtime, summary: Summary, since: Since = None) -> None:
    """Puts what is new into stories and publishes."""
    placed = place(store, runtime.config, runtime.clock(), since)
    summary.new += placed.new
    summary.grown += placed.grown
    try:
        names = edition(store, runtime.config)
        summary.published += names
        summary.trouble = None
        if names:
            runtime.published()
    except PublishError as e:
        summary.trouble = e  # told at the end: what is still to come is kept all the same
