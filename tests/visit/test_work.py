"""All visits of a process share one context."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from aggregator.visit.worker import VisitContext, VisitOptions, context

TOGETHER = 8


def test_workers_that_begin_at_one_moment_share_one_web() -> None:
    start = Barrier(TOGETHER)
    options = VisitOptions("a test of workers that begin at one moment")

    def worker(_: int) -> VisitContext:
        start.wait(10)
        return context(options)

    with ThreadPoolExecutor(TOGETHER) as pool:
        contexts = list(pool.map(worker, range(TOGETHER)))

    assert len({id(each.web) for each in contexts}) == 1
