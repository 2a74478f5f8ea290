"""A day of very many sources through the claims, the bundles and the planner, at pretend time; no network.

    python benchmarks/million.py [--sources 100000] [--hours 24] [--platforms 0.1] [--workers 500] [--behind]

Sources publish at intervals around three days (log-normal, sigma 1.6); one in ten is dead, half of these by a
time-out. `--platforms`: share of the sources that belong to four large owners; all others have an owner each.
`--workers`: visits at the same time. A visit takes 0.4 s, a time-out 15 s. The writer takes no pretend time;
its CPU time is printed instead. At the start, each source is somewhere between two of its visits; with
`--behind` all are due at once, and the visits a second show what rounds of visits can carry.

Prints visits a source and day, what they found and how late they were, for sources of the four owners and for
the others, and CPU microseconds of a claim, of keeping the result of a visit without its entries, and of a
look whether anything is due.
"""

import argparse
import random
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from heapq import heapify, heappop, heappush
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import process_time

from aggregator import plan
from aggregator.model import Fetched, Harvest, Job, Source, SourceState, Visit
from aggregator.refresh import LEASE, TURNS, round_size
from aggregator.store import KeptCounts, Store

START = datetime(2026, 1, 2, tzinfo=UTC)
DAY = timedelta(days=1)
BEAT = timedelta(seconds=10)
PAUSE = timedelta(seconds=1)
TOOK, TIMED_OUT = timedelta(seconds=0.4), timedelta(seconds=15)
LISTED = 20  # entries of a document
OWNERS = 4


@dataclass(slots=True)
class Site:
    """Posts regularly, from `phase` on. `trouble`: fault of every visit, or ""."""

    source: Source
    gap: timedelta
    phase: datetime
    trouble: str = ""
    seen: int = 0

    def visit(self, now: datetime) -> tuple[Harvest, int]:
        """What a visit finds, and how many entries are new."""
        name = self.source.name
        if self.trouble:
            return Harvest(Visit(name, now, 0, "failed", fault=self.trouble)), 0  # type: ignore[arg-type]
        posts = (now - self.phase) // self.gap
        added, self.seen = min(posts - self.seen, LISTED), posts
        if not added:
            return Harvest(Visit(name, now, 0, "same", 304)), 0
        dates = tuple(self.phase + self.gap * (posts - place) for place in range(LISTED))
        return Harvest(Visit(name, now, 0, "fresh", 200), fetched=Fetched(digest="d"), kept=dates), added


def made_sites(count: int, platforms: float) -> dict[str, Site]:
    chance, sites = random.Random(1), {}
    for number in range(count):
        name = f"S{number}"
        host = (
            f"s{number}.owner{number % OWNERS}.example"
            if chance.random() < platforms
            else f"s{number}.example"
        )
        gap = timedelta(days=3) * chance.lognormvariate(0, 1.6)
        trouble = chance.choice(("timeout", "dns")) if chance.random() < 0.1 else ""
        source = Source(name, "url", f"https://{host}/feed")
        sites[name] = Site(source, gap, START - (LISTED + chance.random()) * gap - DAY, trouble)
    return sites


def made_visits(
    bundles: list[list[Job]], sites: dict[str, Site], now: datetime, workers: int
) -> Iterator[tuple[str, datetime, datetime]]:
    """(source, begin, end): as visit/pool.py makes them."""
    slots = [now] * workers
    ready = [(now, number, deque(bundle)) for number, bundle in enumerate(bundles)]
    heapify(ready)
    while ready:
        at, number, bundle = heappop(ready)
        begin = max(at, heappop(slots))
        name = bundle.popleft().source
        end = begin + (TIMED_OUT if sites[name].trouble == "timeout" else TOOK)
        heappush(slots, end)
        yield name, begin, end
        if bundle:
            heappush(ready, (end + PAUSE, number, bundle))


@dataclass(slots=True)
class Simulation:
    store: Store
    sites: dict[str, Site]
    dues: dict[str, datetime] = field(default_factory=dict)
    late: dict[bool, list[float]] = field(default_factory=lambda: {True: [], False: []})
    """Seconds between due and begun; True: sources of the large owners."""
    found: Counter[str] = field(default_factory=Counter)
    cpu: Counter[str] = field(default_factory=Counter)
    times: Counter[str] = field(default_factory=Counter)

    def begin(self, behind: bool) -> None:
        """Each source has been visited once, and dead ones for a week."""
        with self.store.writing():
            self.store.sources.sync([each.source for each in self.sites.values()], START - DAY)
            chance = random.Random(2)
            for name, site in self.sites.items():
                memory = SourceState(failures=7 if site.trouble else 0)
                harvest, added = replace(site).visit(START)
                due = plan.next_visit(site.source, memory, harvest, START, added).due or START
                self.keep(name, START - (due - START) * (1.1 if behind else chance.random()), memory)

    def keep(self, name: str, now: datetime, memory: SourceState | None = None) -> None:
        """As refresh.Round.keep, without entries."""
        site, sources = self.sites[name], self.store.sources
        harvest, added = site.visit(now)
        coming = plan.next_visit(site.source, memory or sources.memory(name), harvest, now, added)
        sources.visited(harvest, coming, KeptCounts(added, 0))
        if coming.due:
            self.dues[name] = coming.due
        self.found[harvest.visit.result] += 1
        self.found["entries"] += added

    def spent(self, what: str, since: float) -> None:
        self.cpu[what] += process_time() - since
        self.times[what] += 1

    def run(self, until: datetime, workers: int) -> None:
        now, names = START, self.sites
        while now < until:
            start = process_time()
            with self.store.writing():
                jobs = self.store.sources.claim_due(names, now, now + LEASE, round_size(workers))
            self.spent("claim", start)
            now = self.round(jobs, now, workers) if jobs else now + BEAT

    def round(self, jobs: list[Job], now: datetime, workers: int) -> datetime:
        last = now
        bundles = [bundle[:TURNS] for bundle in plan.bundles(jobs)]
        for name, begin, end in made_visits(bundles, self.sites, now, workers):
            self.late[".owner" in self.sites[name].source.address].append(
                (begin - self.dues[name]).total_seconds()
            )
            start = process_time()
            with self.store.writing():
                self.keep(name, end)
            self.spent("keep", start)
            last = max(last, end)
        with self.store.writing():
            self.store.sources.release([job.source for job in jobs])
        return last

    def look(self) -> None:
        """What each beat does before it knows that nothing is due."""
        start = process_time()
        self.store.sources.sync([each.source for each in self.sites.values()], START)
        self.store.sources.next_due()
        self.spent("look", start)


def report(done: Simulation, hours: float) -> Iterator[str]:
    visits = sum(map(len, done.late.values()))
    share = 24 / hours / len(done.sites)
    yield f"visits a second {visits / hours / 3600:.1f}, a source and day {visits * share:.2f}"
    yield f"entries a source and day {done.found['entries'] * share:.2f}"
    yield ", ".join(f"{what} {done.found[what] / visits:.0%}" for what in ("fresh", "same", "failed"))
    for large, name in ((False, "an owner each"), (True, f"{OWNERS} owners")):
        if len(done.late[large]) > 1:
            marks = quantiles(done.late[large], n=100)
            yield f"{len(done.late[large])} visits, {name}: late {marks[49]:.0f} s, p99 {marks[98]:.0f} s"
    for what, times in done.times.items():
        yield f"{what}: {1e6 * done.cpu[what] / times:.0f} µs of CPU each, {times} times"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sources", type=int, default=100_000)
    parser.add_argument("--hours", type=float, default=24)
    parser.add_argument("--platforms", type=float, default=0.1)
    parser.add_argument("--workers", type=int, default=500)
    parser.add_argument("--behind", action="store_true")
    given = parser.parse_args()
    with TemporaryDirectory() as folder, Store(Path(folder) / "a.db") as store:
        simulation = Simulation(store, made_sites(given.sources, given.platforms))
        simulation.begin(given.behind)
        simulation.found.clear()
        simulation.run(START + timedelta(hours=given.hours), given.workers)
        simulation.look()
        print("\n".join(report(simulation, given.hours)))


if __name__ == "__main__":
    main()
