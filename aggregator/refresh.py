"""THE path: claim, harvest, keep, place, publish. Daemon, command and tests all come through here."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from aggregator import plan
from aggregator.compose import compose
from aggregator.config import Config
from aggregator.model import Harvest, Job, Source, Visit
from aggregator.place import place
from aggregator.publish import publish, publishing
from aggregator.render import RENDERERS
from aggregator.store import Store

ROUND = 1000  # sources claimed at a time: bounds what a killed process leaves on lease
LEASE = timedelta(minutes=30)  # longer than a round can take
PAUSE = timedelta(minutes=10)  # for an owner's other sources, when one is told to wait but not how long
UNREACHED = ("dns", "connect")
LULL = 1.0  # seconds without an answer after which what has come is published

Harvester = Callable[[Sequence[Job], datetime], list[Harvest]]


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

    @property
    def visits(self) -> int:
        return self.ok + self.unchanged + self.failed

    def count(self, visit: Visit) -> None:
        if visit.result == "fresh":
            self.ok += 1
        elif visit.result == "same":
            self.unchanged += 1
        else:
            self.failed += 1


@dataclass(frozen=True, slots=True)
class Means:
    """What a refresh works with; the daemon, the command and the tests differ in nothing else."""

    config: Config
    harvester: Harvester
    pool: Executor
    clock: Callable[[], datetime]
    watcher: Watcher
    stopped: Callable[[], bool] = lambda: False


def refresh_due(store: Store, means: Means) -> Summary:
    """Visits what is due, in rounds, until nothing is."""
    return run(store, means, lambda: claim_due(store, means))


def refresh_named(store: Store, means: Means, names: Sequence[str]) -> Summary:
    """Visits the named sources, due or not, except those another process is visiting."""
    rest = deque(names)

    def claim() -> list[Job] | None:
        if not rest:
            return None
        some = [rest.popleft() for _ in range(min(ROUND, len(rest)))]
        now = means.clock()
        with store.writing():
            return store.sources.claim_named(some, now, now + LEASE)

    return run(store, means, claim)


def claim_due(store: Store, means: Means) -> list[Job] | None:
    now = means.clock()
    with store.writing():
        return store.sources.claim_due(now, now + LEASE, ROUND) or None


def run(store: Store, means: Means, claim: Callable[[], list[Job] | None]) -> Summary:
    summary = Summary()
    with store.present():
        with store.writing():
            store.sources.sync(means.config.sources, means.clock())
        while not means.stopped() and (jobs := claim()) is not None:
            visit_all(store, means, jobs, summary)
        settle(store, means, summary)
    return summary


def visit_all(store: Store, means: Means, jobs: list[Job], summary: Summary) -> None:
    """One round. When nothing comes for a moment, what has come is published: no source delays the rest."""
    means.watcher.expect(len(jobs))
    unreachable: list[Harvest] = []
    reached = False
    settled = True
    for bundle, harvests in gather(plan.bundles(jobs), means):
        if not bundle and not settled:
            settle(store, means, summary)
        settled = not bundle
        for harvest in harvests:
            if harvest.visit.fault in UNREACHED:
                unreachable.append(harvest)  # whose fault it was, the round as a whole will tell
            else:
                reached = reached or bool(harvest.visit.status)
                keep(store, means, harvest, summary)
        postpone(store, means, bundle[len(harvests) :], harvests)
    for harvest in unreachable:
        keep(store, means, harvest, summary, offline=not reached and len(unreachable) > 1)
    with store.writing():
        store.sources.release([job.source for job in jobs])


def gather(bundles: Iterable[list[Job]], means: Means) -> Iterator[tuple[list[Job], list[Harvest]]]:
    """Bundles with their harvests as they come; empty ones for a lull.

    No more are under way than there are workers, which bounds the memory.
    """
    waiting = deque(bundles)
    running: dict[Future[list[Harvest]], list[Job]] = {}
    while (waiting or running) and not means.stopped():
        while waiting and len(running) < means.config.fetch.workers:
            bundle = waiting.popleft()
            running[means.pool.submit(means.harvester, bundle, means.clock())] = bundle
        done, _ = wait(running, timeout=LULL, return_when=FIRST_COMPLETED)
        if not done:
            yield [], []
        for future in done:
            yield running.pop(future), future.result()
    for future in running:
        future.cancel()


def postpone(store: Store, means: Means, jobs: list[Job], harvests: list[Harvest]) -> None:
    """What a bundle left unvisited because its owner asked for a pause."""
    with store.writing():
        for job in jobs:
            asked = harvests[-1].visit.wait or PAUSE
            memory = store.sources.memory(job.source)
            coming = plan.postponed(named(means.config, job.source), memory, asked, means.clock())
            store.sources.reschedule(job.source, coming)


def named(config: Config, name: str) -> Source:
    return next(source for source in config.sources if source.name == name)


def keep(store: Store, means: Means, harvest: Harvest, summary: Summary, offline: bool = False) -> None:
    """Entries, validators, log line and next visit in one transaction: all of a visit, or nothing."""
    visit = harvest.visit
    source = named(means.config, visit.source)
    with store.writing():
        kept = store.entries.keep(visit.source, harvest.entries, visit.at)
        memory = store.sources.memory(visit.source)
        if offline:
            coming = plan.offline(source, memory, means.clock())
        else:
            coming = plan.next_visit(source, memory, harvest, means.clock(), kept.added)
        store.sources.visited(harvest, coming, kept)
    summary.count(visit)
    summary.added += kept.added
    summary.edited += kept.edited
    means.watcher.visited(visit)


def settle(store: Store, means: Means, summary: Summary) -> None:
    """Puts what is new into stories and publishes."""
    placed = place(store, means.config, means.clock())
    summary.new += placed.new
    summary.grown += placed.grown
    summary.published += edition(store, means.config)


def edition(store: Store, config: Config) -> list[str]:
    """Writes the output folder anew; gives the names of the files that differ."""
    feed = config.feed
    with publishing(config.publish.folder):
        composed = compose(
            store.stories.newest(feed.items),
            name="feed",
            title=feed.title,
            description=feed.description,
            link=link(config),
            language=feed.language,
            items=feed.items,
        )
        return publish({name: render(composed) for name, render in RENDERERS.items()}, config.publish.folder)


def link(config: Config) -> str:
    """The public address of the site; without one, where a reader on this machine finds us."""
    host = "127.0.0.1" if config.serve.host in ("0.0.0.0", "::") else config.serve.host  # noqa: S104
    given = config.feed.link or f"http://{host}:{config.serve.port}"
    return given.rstrip("/") + "/"
