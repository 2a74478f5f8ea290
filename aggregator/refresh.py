"""THE path: claim, harvest, keep, place, publish. Daemon, command and tests all come through here."""

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from threading import Event
from typing import Protocol

from aggregator import plan
from aggregator.config import Config
from aggregator.deliver import Carrier, Post
from aggregator.edition import edition
from aggregator.errors import PublishError
from aggregator.gather import Gang, Step, Visitor, gather
from aggregator.model import Harvest, Job, Source, Visit
from aggregator.notes import with_notes
from aggregator.place import place
from aggregator.store import Kept, Store

Claim = Callable[[Iterable[str], datetime, datetime, int], list[Job]]
ROUND = 1000  # sources claimed at a time: bounds what a killed process leaves on lease
TURNS = 50  # of them of one owner: all of these can time out one after another before the lease ends
LEASE = timedelta(minutes=30)
PAUSE = timedelta(minutes=10)  # for an owner's other sources, when one is told to wait but not how long
UNREACHED = ("dns", "connect")
Since = datetime | None  # when the last visit before a refresh was made; None: there was none


class Watcher(Protocol):
    """Who is told how a refresh goes on."""

    def expect(self, jobs: int) -> None: ...

    def visited(self, visit: Visit) -> None: ...


@dataclass(slots=True)
class Summary:
    """What a refresh did."""

    ok: int = 0
    unchanged: int = 0
    failed: int = 0
    added: int = 0
    edited: int = 0
    new: int = 0
    grown: int = 0
    published: list[str] = field(default_factory=list)
    trouble: PublishError | None = None

    @property
    def visits(self) -> int:
        return self.ok + self.unchanged + self.failed

    @property
    def changed(self) -> bool:
        return bool(self.added or self.edited)

    def counts(self) -> dict[str, int | list[str]]:
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "trouble"}

    def count(self, visit: Visit, kept: Kept) -> None:
        self.added += kept.added
        self.edited += kept.edited
        if visit.result == "fresh":
            self.ok += 1
        elif visit.result == "same":
            self.unchanged += 1
        else:
            self.failed += 1


def nobody() -> None:
    pass


@dataclass(frozen=True, slots=True)
class Means:
    """What a refresh works with; the daemon, the command and the tests differ in nothing else."""

    config: Config
    visit: Visitor
    pool: Executor
    clock: Callable[[], datetime]
    watcher: Watcher
    stop: Event = field(default_factory=Event)
    post: Post | None = None
    """To hubs; without it none is told anything."""
    published: Callable[[], None] = nobody
    """Told when new bytes are live."""

    def carrier(self, pool: Executor) -> Carrier | None:
        pause = self.config.fetch.pause
        return Carrier(self.post, pool, pause, self.clock, self.stop) if self.post else None

    def gang(self) -> Gang:
        fetch = self.config.fetch
        return Gang(self.visit, self.pool, fetch.workers, fetch.pause, self.clock, self.stop)


def refresh_due(store: Store, means: Means) -> Summary:
    """Visits what is due, each source once."""
    return run(store, means, [source.name for source in means.config.sources], store.sources.claim_due)


def refresh_named(store: Store, means: Means, names: Iterable[str]) -> Summary:
    """Visits the named sources, due or not, except those another process is visiting."""
    return run(store, means, names, store.sources.claim_named)


def refresh_all(store: Store, means: Means) -> Summary:
    """Visits every source, due or not, but for those that are gone for good."""
    return run(store, means, [source.name for source in means.config.sources], store.sources.claim_living)


def run(store: Store, means: Means, names: Iterable[str], claim: Claim) -> Summary:
    """In rounds, until no named source is left to be claimed. Raises StoreError, PublishError."""
    summary, left = Summary(), dict.fromkeys(names)
    with store.present():
        since = store.sources.visits.latest()
        with store.writing():
            store.sources.sync(means.config.sources, means.clock())
        while left and not means.stop.is_set():
            now = means.clock()
            with store.writing():
                jobs = claim(left, now, now + LEASE, ROUND)
            if not jobs:
                break
            for done in visit_all(store, means, jobs, summary, since):
                left.pop(done, None)
        settle(store, means, summary, since)
    if summary.trouble:
        raise summary.trouble
    return summary


def visit_all(store: Store, means: Means, jobs: list[Job], summary: Summary, since: Since) -> set[str]:
    """One round; gives the sources it was through with.

    When nothing comes for a moment, what has come is published: no source delays the rest.
    """
    sources = {source.name: source for source in means.config.sources}
    bundles = [bundle[:TURNS] for bundle in plan.bundles(jobs)]
    means.watcher.expect(sum(map(len, bundles)))
    round_ = Round(store, means, sources, summary, since)
    for step in gather(bundles, means.gang()):
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
    means: Means
    sources: dict[str, Source]
    summary: Summary
    since: Since
    done: set[str] = field(default_factory=set)
    unreachable: list[Harvest] = field(default_factory=list)
    """Whose fault that was, the round as a whole will tell."""
    reached: bool = False
    settled: bool = True

    def take(self, step: Step) -> None:
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
        visit, store, now = harvest.visit, self.store, self.means.clock()
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
        self.means.watcher.visited(visit)

    def relies_on_hub(self, harvest: Harvest, kept: Kept, now: datetime) -> bool:
        """Notes the hub that the source names, and what it should have pushed and has not."""
        source, subscriptions = harvest.visit.source, self.store.subscriptions
        if harvest.hub is not None:
            subscriptions.offered(source, harvest.hub, now)
        if kept.added:
            subscriptions.missed(source)
        return self.means.config.fetch.websub and subscriptions.live(source, now)

    def postpone(self, visit: Visit) -> None:
        """Whom a pause concerns that one source was told: those of this round and those due later."""
        if visit.status not in plan.PAUSES:
            return
        asked, now = self.sources[visit.source].address, self.means.clock()
        waiting = [
            each
            for each in self.means.config.sources
            if each.name != visit.source and plan.concerns(visit.status, asked, each.address)
        ]
        with self.store.writing():
            for each in waiting:
                memory = self.store.sources.memory(each.name)
                self.store.sources.postpone(each.name, plan.postponed(each, memory, visit.wait or PAUSE, now))

    def settle(self) -> None:
        if not self.settled:
            settle(self.store, self.means, self.summary, self.since)
            self.settled = True

    def close(self) -> None:
        """Where nothing was reached, our own network is down, unless others have answered meanwhile."""
        offline = not self.reached and len(self.unreachable) > 1
        for harvest in self.unreachable:
            online = self.store.sources.visits.answers_since(harvest.visit.source)
            self.keep(harvest, offline and not online)


def settle(store: Store, means: Means, summary: Summary, since: Since = None) -> None:
    """Puts what is new into stories and publishes."""
    placed = place(store, means.config, means.clock(), since)
    summary.new += placed.new
    summary.grown += placed.grown
    try:
        names = edition(store, means.config)
        summary.published += names
        summary.trouble = None
        if names:
            means.published()
    except PublishError as e:
        summary.trouble = e  # told at the end: what is still to come is kept all the same
