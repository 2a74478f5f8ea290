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

LULL = 1.0  # seconds without an answer that are told, so that what has come can be published
BUSY = (429, 503)
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
    """The owner's other sources, not visited because he asked for a pause."""


def gather(bundles: Iterable[list[Job]], gang: Gang) -> Iterator[Step | None]:
    """Visits as they end; None for a lull. Ends early when the gang is told to stop.

    A bundle has all jobs of one owner. No more visits are under way than the gang has members, which bounds
    the memory; politeness needs no locks, because an owner's next visit is sent off here.
    """
    ready = [(0.0, number, deque(bundle)) for number, bundle in enumerate(bundles)]
    running: dict[Future[Harvest], tuple[int, deque[Job]]] = {}
    heard = time.monotonic()
    while (ready or running) and not gang.stop.is_set():
        send(ready, running, gang)
        for future in ended(ready, running, gang):
            number, bundle = running.pop(future)
            heard = time.monotonic()
            yield step(future.result(), bundle)
            if bundle:
                heappush(ready, (heard + gang.pause.total_seconds(), number, bundle))
        if time.monotonic() - heard >= LULL:
            heard = time.monotonic()
            yield None
    for future in running:
        future.cancel()


def send(
    ready: list[tuple[float, int, deque[Job]]],
    running: dict[Future[Harvest], tuple[int, deque[Job]]],
    gang: Gang,
) -> None:
    while ready and len(running) < gang.size and ready[0][0] <= time.monotonic():
        _, number, bundle = heappop(ready)
        running[gang.pool.submit(gang.visit, bundle.popleft(), gang.clock())] = number, bundle


def ended(
    ready: list[tuple[float, int, deque[Job]]],
    running: dict[Future[Harvest], tuple[int, deque[Job]]],
    gang: Gang,
) -> set[Future[Harvest]]:
    """Those that have ended, waiting no longer than until the next owner may be asked again."""
    waiting = LULL
    if ready and len(running) < gang.size:
        waiting = min(LULL, max(ready[0][0] - time.monotonic(), 0.01))
    if running:
        return wait(running, timeout=waiting, return_when=FIRST_COMPLETED).done
    gang.stop.wait(waiting)
    return set()


def step(harvest: Harvest, bundle: deque[Job]) -> Step:
    """What an owner asks of one of his sources holds for the rest, too."""
    if harvest.visit.status not in BUSY:
        return Step(harvest)
    rest = tuple(bundle)
    bundle.clear()
    return Step(harvest, rest)
