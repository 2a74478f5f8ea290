"""Visits under way: many owners at once, the sources of one owner one after another."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush
from threading import Event

from aggregator.model import Harvest, Job
from aggregator.plan import concerns

LULL = (
    1.0  # seconds without an answer that are told, so that what has come can be published; sooner at first,
)
SHORTEST = 0.2  # so that a source that hangs keeps the others back by a fifth
Visitor = Callable[[Job, datetime], Harvest]


@dataclass(frozen=True, slots=True)
class Gang:
    """Who visits, how many at once, and how long one owner is left alone between two requests."""

    visit: Visitor
    pool: Executor
    size: int
    pause: timedelta
    clock: Callable[[], datetime]
    stop: Event


@dataclass(frozen=True, slots=True)
class Step:
    """One visit that has ended."""

    harvest: Harvest
    rest: tuple[Job, ...] = ()
    """Other sources of its owner, not visited because he asked for a pause."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One visit under way, and whose turn is next."""

    job: Job
    number: int
    bundle: deque[Job]


def gather(bundles: Iterable[list[Job]], gang: Gang) -> Iterator[Step | None]:
    """Visits as they end; None for a lull. Ends early when the gang is told to stop.

    A bundle has all jobs of one owner. No more visits are under way than the gang has members, which bounds
    the memory; politeness needs no locks, because an owner's next visit is sent off here.
    """
    ready = [(0.0, number, deque(bundle)) for number, bundle in enumerate(bundles)]
    running: dict[Future[Harvest], Turn] = {}
    start = heard = time.monotonic()
    while (ready or running) and not gang.stop.is_set():
        send(ready, running, gang)
        lull = min(max((heard - start) / 5, SHORTEST), LULL)
        for future in ended(ready, running, gang, lull):
            turn = running.pop(future)
            heard = time.monotonic()
            yield step(future.result(), turn)
            if turn.bundle:
                heappush(ready, (heard + gang.pause.total_seconds(), turn.number, turn.bundle))
        if time.monotonic() - heard >= lull:
            heard = time.monotonic()
            yield None
    for future in running:
        future.cancel()


def send(
    ready: list[tuple[float, int, deque[Job]]],
    running: dict[Future[Harvest], Turn],
    gang: Gang,
) -> None:
    while ready and len(running) < gang.size and ready[0][0] <= time.monotonic():
        _, number, bundle = heappop(ready)
        turn = Turn(bundle.popleft(), number, bundle)
        running[gang.pool.submit(gang.visit, turn.job, gang.clock())] = turn


def ended(
    ready: list[tuple[float, int, deque[Job]]],
    running: dict[Future[Harvest], Turn],
    gang: Gang,
    lull: float,
) -> set[Future[Harvest]]:
    """Those that have ended, waiting no longer than until the next owner may be asked again."""
    waiting = lull
    if ready and len(running) < gang.size:
        waiting = min(lull, max(ready[0][0] - time.monotonic(), 0.01))
    if running:
        return wait(running, timeout=waiting, return_when=FIRST_COMPLETED).done
    gang.stop.wait(waiting)
    return set()


def step(harvest: Harvest, turn: Turn) -> Step:
    """A pause that a server asks for holds for the owner's other sources where it concerns them."""
    status = harvest.visit.status
    rest = tuple(job for job in turn.bundle if concerns(status, turn.job.address, job.address))
    for job in rest:
        turn.bundle.remove(job)
    return Step(harvest, rest)
