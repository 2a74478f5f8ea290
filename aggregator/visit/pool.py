"""Visits in progress: many owners in parallel, the sources of one owner one after another."""

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

LONGEST_LULL = 1.0
"""Seconds without a finished visit after which we publish what has arrived; shorter at the start, so that a
source that hangs delays the others by only a fifth of the time so far."""
SHORTEST_LULL = 0.5
"""A first import on a slow machine reads its first documents for this long, and would publish only those."""
Visitor = Callable[[Job, datetime], Harvest]


@dataclass(frozen=True, slots=True)
class WorkerPool:
    """Makes visits, `size` at the same time, with a pause between two requests to one owner."""

    visit: Visitor
    pool: Executor
    size: int
    pause: timedelta
    clock: Callable[[], datetime]
    stop: Event


@dataclass(frozen=True, slots=True)
class Finished:
    """A visit that has ended."""

    harvest: Harvest
    rest: tuple[Job, ...] = ()
    """Sources of the same owner that we do not visit because its server asked for a pause."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A visit in progress, and its owner's remaining jobs."""

    job: Job
    number: int
    bundle: deque[Job]


def gather(bundles: Iterable[list[Job]], workers: WorkerPool) -> Iterator[Finished | None]:
    """Yields visits as they end, and None for a lull. Ends early when `workers.stop` is set.

    A bundle contains all jobs of one owner. Submits no more visits than the pool has workers, which limits
    the memory. Politeness needs no locks, because this function starts each owner's next visit.
    """
    ready = [(0.0, number, deque(bundle)) for number, bundle in enumerate(bundles)]
    running: dict[Future[Harvest], Pending] = {}
    start = heard = time.monotonic()
    try:
        while (ready or running) and not workers.stop.is_set():
            send_ready(ready, running, workers)
            lull = min(max((heard - start) / 5, SHORTEST_LULL), LONGEST_LULL)
            for future in ended(ready, running, workers, lull):
                turn = running.pop(future)
                heard = time.monotonic()
                yield finish(future.result(), turn)
                if turn.bundle:
                    heappush(ready, (heard + workers.pause.total_seconds(), turn.number, turn.bundle))
            if time.monotonic() - heard >= lull:
                heard = time.monotonic()
                yield None
    finally:
        for future in running:
            future.cancel()


def send_ready(
    ready: list[tuple[float, int, deque[Job]]],
    running: dict[Future[Harvest], Pending],
    workers: WorkerPool,
) -> None:
    while ready and len(running) < workers.size and ready[0][0] <= time.monotonic():
        _, number, bundle = heappop(ready)
        turn = Pending(bundle.popleft(), number, bundle)
        running[workers.pool.submit(workers.visit, turn.job, workers.clock())] = turn


def ended(
    ready: list[tuple[float, int, deque[Job]]],
    running: dict[Future[Harvest], Pending],
    workers: WorkerPool,
    lull: float,
) -> set[Future[Harvest]]:
    """Visits that have ended; waits at most `lull` seconds, or until the next owner may be visited again."""
    waiting = lull
    if ready and len(running) < workers.size:
        waiting = min(lull, max(ready[0][0] - time.monotonic(), 0.01))
    if running:
        return wait(running, timeout=waiting, return_when=FIRST_COMPLETED).done
    workers.stop.wait(waiting)
    return set()


def finish(harvest: Harvest, turn: Pending) -> Finished:
    """If the server asked for a pause, sets aside the owner's other sources that it concerns."""
    status = harvest.visit.status
    rest = tuple(job for job in turn.bundle if concerns(status, turn.job.address, job.address))
    for job in rest:
        turn.bundle.remove(job)
    return Finished(harvest, rest)
