"""An executor that sends visits of web sources to the workers of a cluster; all else runs here."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace
from datetime import datetime
from functools import partial
from threading import Event, Lock, Thread
from typing import Any

from aggregator.errors import ClusterError, SourceError
from aggregator.fetch.request_headers import own_headers
from aggregator.model import Harvest, Job, Visit
from aggregator.visit.cluster import engine

LOG = logging.getLogger("aggregator")
GATHERING = 30.0  # seconds that a start waits for the first worker
LOOK = 10.0  # seconds between two looks for workers
PATIENCE = 60.0  # seconds without any worker after which visits are given up
LOST = "two workers ended while they visited it"


class ClusterPool(Executor):
    """Joins the cluster at once, and again after the scheduler was restarted.

    Futures of visits raise ClusterError only: no scheduler, or no worker for a minute. A visit whose worker
    ends in the middle is made once more; if that worker ends too, its source has failed.
    """

    def __init__(self, address: str, local: Executor, gathering: float = GATHERING) -> None:
        """`gathering`: seconds within which a worker must come. Raises ClusterError."""
        self.address = address
        self.local = local
        self.lock = Lock()
        self.pending: dict[Future[Harvest], Future[Harvest]] = {}
        """Answer that a caller waits for -> what the cluster was sent."""
        self.cluster = engine.SchedulerLink(address)
        self.refused: set[str] = set()
        self.ended = Event()
        self.wait_for_workers(gathering)
        self.watcher = Thread(target=self.watch, name="cluster", daemon=True)
        self.watcher.start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Raises ClusterError."""
        job = args[0] if args else None
        if not isinstance(job, Job) or job.kind != "url":
            return self.local.submit(fn, *args, **kwargs)
        try:
            job = with_headers_read(job)
        except SourceError:
            return self.local.submit(fn, *args, **kwargs)  # fails here, in the same words as without cluster
        return self.send(partial(fn, **kwargs) if kwargs else fn, job, *args[1:])

    def send(self, visit: Callable[..., Harvest], job: Job, now: datetime) -> Future[Harvest]:
        answer: Future[Harvest] = Future()
        with self.lock:
            if not self.cluster.connected:
                self.cluster.close()
                self.cluster = engine.SchedulerLink(self.address)
            sent = self.pending[answer] = self.cluster.submit(visit, job, now)
        sent.add_done_callback(partial(self.receive, answer, job, now))
        answer.add_done_callback(self.withdraw)
        return answer

    def withdraw(self, answer: Future[Harvest]) -> None:
        """Cancels what its caller has cancelled. `answer` must not refer to what was sent: in a cycle, the
        harvest would stay on its worker until the garbage collector comes."""
        if answer.cancelled():
            with self.lock:
                sent = self.pending.pop(answer, None)
            if sent:
                sent.cancel()

    def receive(self, answer: Future[Harvest], job: Job, now: datetime, sent: Future[Harvest]) -> None:
        with self.lock:
            expected = self.pending.pop(answer, None)
        if not expected or not answer.set_running_or_notify_cancel():
            return
        if sent.cancelled():
            answer.set_exception(ClusterError(f"[work] cluster: the scheduler at {self.address} is gone"))
        elif isinstance(fault := sent.exception(), engine.WorkerLost):
            answer.set_result(Harvest(Visit(job.source, now, 0, "failed", fault="lost", notes=(LOST,))))
        elif fault:
            answer.set_exception(ClusterError(f"[work] cluster: {type(fault).__name__}: {fault}"))
        else:
            answer.set_result(sent.result())

    def wait_for_workers(self, gathering: float) -> None:
        until = time.monotonic() + gathering
        while not self.have_workers():
            if time.monotonic() >= until:
                self.cluster.close()
                raise ClusterError(f"[work] cluster: {no_worker(self.address)}")
            self.ended.wait(0.1)
        if self.refused:
            self.cluster.close()
            raise ClusterError(f"[work] cluster: {min(self.refused)}")

    def have_workers(self) -> bool:
        """Whether there are any, of our version or another; notes those of another."""
        found = self.cluster.workers()
        others = {stranger(address, tag) for address, tag in found.items() if tag not in ("", engine.TAG)}
        for line in others - self.refused:
            LOG.warning("[work] cluster: %s", line)
        self.refused |= others
        return any(found.values())

    def watch(self) -> None:
        """Gives visits up when there is nobody to make them: their caller would wait forever."""
        seen = time.monotonic()
        while not self.ended.wait(LOOK):
            try:
                seen = time.monotonic() if self.have_workers() or not self.pending else seen
            except ClusterError:
                continue  # those that wait have been answered
            if time.monotonic() - seen > PATIENCE:
                self.give_up(ClusterError(f"[work] cluster: {no_worker(self.address)}"))

    def give_up(self, fault: ClusterError) -> None:
        with self.lock:
            left, self.pending = self.pending, {}
        for answer, sent in left.items():
            sent.cancel()
            if answer.set_running_or_notify_cancel():
                answer.set_exception(fault)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.ended.set()
        self.local.shutdown(wait, cancel_futures=cancel_futures)
        if cancel_futures:
            self.give_up(ClusterError("[work] cluster: stopped"))
        self.cluster.close()


def with_headers_read(job: Job) -> Job:
    """A worker has no file of ours: the headers travel, with the one visit that needs them.

    Raises SourceError("headers").
    """
    return replace(job, request=replace(job.request, headers=own_headers(job), header_file=""))


def no_worker(address: str) -> str:
    return f"no worker at {address}: start one with `aggregator worker {address}`"


def stranger(address: str, tag: str) -> str:
    theirs, ours = (each.removeprefix(engine.MADE_BY).replace("-", ", ", 1) for each in (tag, engine.TAG))
    return f"the worker {address} has version {theirs}, this machine {ours}: install the same on both"
