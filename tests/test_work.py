"""What all visits of a process share."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from aggregator.visit import visit as work

TOGETHER = 8


def test_workers_that_begin_at_one_moment_share_one_web() -> None:
    start = Barrier(TOGETHER)
    manners = work.Manners("a test of workers that begin at one moment")

    def worker(_: int) -> work.Tools:
        start.wait(10)
        return work.tools(manners)

    with ThreadPoolExecutor(TOGETHER) as pool:
        tools = list(pool.map(worker, range(TOGETHER)))

    assert len({id(each.web) for each in tools}) == 1
