"""Dask carries visits to other machines. The only place that knows its library, which is optional."""

import asyncio
import logging
import signal
import sys
import warnings
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from typing import Any

from aggregator import __version__
from aggregator.errors import ClusterError

try:
    import dask
    import distributed
except ImportError as e:
    raise ClusterError("[work] cluster: needs a library: pip install '.[cluster]'") from e

MADE_BY = "aggregator-"
TAG = f"{MADE_BY}{__version__}-python-{sys.version_info.major}.{sys.version_info.minor}"
"""A resource of each worker, which every visit needs: so no visit reaches a worker of another version, not
even one that joins later."""
JOINING = 10.0  # seconds within which the scheduler must answer
REPEATS = 1  # times that a visit is begun again when its worker ends in the middle; Dask's default is 3

WorkerLost = distributed.scheduler.KilledWorker


class SchedulerLink:
    """A connection to a scheduler. Raises ClusterError when there is none."""

    def __init__(self, address: str) -> None:
        quieten()
        try:
            self.client = distributed.Client(
                address, timeout=JOINING, set_as_default=False, direct_to_workers=True
            )
            self.workers()
        except (OSError, RuntimeError, ValueError) as e:
            raise ClusterError(f"[work] cluster: no scheduler answers at {address}: {excerpt(e)}") from e
        self.executor = self.client.get_executor(pure=False, retries=0, resources={TAG: 1})

    @property
    def connected(self) -> bool:
        return bool(self.client.status == "running")

    def workers(self) -> dict[str, str]:
        """Address -> tag of each worker; "" if `aggregator worker` did not start it. Raises ClusterError."""
        if not self.connected:
            raise ClusterError("[work] cluster: the scheduler is gone")
        try:
            found = self.client.run_on_scheduler(looking(REPEATS))
        except (OSError, RuntimeError, ValueError) as e:
            raise ClusterError(f"[work] cluster: the scheduler is gone: {excerpt(e)}") from e
        return {address: tag_of(resources) for address, resources in found.items()}

    def submit(self, act: Callable[..., Any], *args: Any) -> Future[Any]:
        """Raises ClusterError."""
        try:
            sent: Future[Any] = self.executor.submit(act, *args)
        except distributed.client.ClosedClientError as e:
            raise ClusterError("[work] cluster: the scheduler is gone") from e
        return sent

    def close(self) -> None:
        self.client.close(timeout=1)


def tag_of(resources: Iterable[str]) -> str:
    return next((name for name in resources if name.startswith(MADE_BY)), "")


def looking(repeats: int) -> Callable[..., dict[str, list[str]]]:
    """For the scheduler, which need not have our package: a nested function travels as code.

    Limits repeats each time: the scheduler may have been restarted since.
    """

    def look(dask_scheduler: Any) -> dict[str, list[str]]:
        dask_scheduler.allowed_failures = min(dask_scheduler.allowed_failures, repeats)
        return {address: list(each.resources) for address, each in dask_scheduler.workers.items()}

    return look


def work(address: str, threads: int, say: Callable[[str], None]) -> None:
    """Makes visits until SIGTERM, or until the scheduler is gone. Raises ClusterError."""
    quieten()
    # The profiler reads the stack of each thread a hundred times a second.
    with dask.config.set({"distributed.worker.profile.enabled": False}):
        asyncio.run(make_visits(address, threads, say))


async def make_visits(address: str, threads: int, say: Callable[[str], None]) -> None:
    # Without a limit of memory nothing is spilled to disk: harvests are small and leave at once.
    worker = distributed.Worker(
        address, nthreads=threads, resources={TAG: threads}, memory_limit=0, death_timeout=JOINING
    )
    leaving: list[asyncio.Task[None]] = []
    try:
        await worker
    except (OSError, RuntimeError, ValueError) as e:
        raise ClusterError(f"no scheduler answers at {address}: {excerpt(e)}") from e
    say(f"Worker {worker.address} of {address}: {threads} visits at a time")
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, lambda: leaving.append(loop.create_task(worker.close_gracefully())))
    await worker.finished()
    if not leaving:
        raise ClusterError(f"the scheduler at {address} is gone")


def quieten() -> None:
    """Dask logs every lost connection, several lines each; we report what matters in one."""
    for name in [each for each in logging.root.manager.loggerDict if each.startswith("distributed")]:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", category=distributed.versions.VersionMismatchWarning)


def excerpt(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
