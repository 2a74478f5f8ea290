"""Everything a refresh needs, and its summary. Daemon, command and tests differ only in these."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from threading import Event
from typing import Protocol

from aggregator import __version__
from aggregator.config import Config
from aggregator.errors import PublishError
from aggregator.model import Reply, Visit
from aggregator.store import KeptCounts
from aggregator.visit.pool import Visitor, WorkerPool
from aggregator.visit.worker import VisitOptions, post_with, visit_with

PUBLISHING = 5  # times as long as publishing that a refresh lasts before it publishes again on its way
Post = Callable[[str, bytes, datetime], Reply]


class Watcher(Protocol):
    """Observes the progress of a refresh."""

    def expect(self, jobs: int) -> None: ...

    def visited(self, visit: Visit) -> None: ...


@dataclass(slots=True)
class Summary:
    """Counts what a refresh did."""

    ok: int = 0
    unchanged: int = 0
    failed: int = 0
    added: int = 0
    edited: int = 0
    new: int = 0
    grown: int = 0
    published: list[str] = field(default_factory=list)
    trouble: PublishError | None = None
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    """By stage: "group" and "publish"; the rest of a refresh are its visits."""
    began: float = field(default_factory=time.monotonic)

    @property
    def visits(self) -> int:
        return self.ok + self.unchanged + self.failed

    @property
    def changed(self) -> bool:
        return bool(self.added or self.edited)

    def counts(self) -> dict[str, int]:
        numbers = {each.name: getattr(self, each.name) for each in fields(self) if each.type is int}
        return numbers | {"published": len(self.published)}

    def may_publish(self, now: float) -> bool:
        """Whether publishing has taken so little of the refresh that it may be repeated before its end.

        A first import on a slow machine would otherwise write the same thousand pages at every lull.
        """
        return now - self.began >= PUBLISHING * self.seconds["publish"]

    @contextmanager
    def timing(self, stage: str) -> Iterator[None]:
        start = time.monotonic()
        yield
        self.seconds[stage] += time.monotonic() - start

    def count(self, visit: Visit, kept: KeptCounts) -> None:
        self.added += kept.added
        self.edited += kept.edited
        if visit.result == "fresh":
            self.ok += 1
        elif visit.result == "same":
            self.unchanged += 1
        else:
            self.failed += 1


def do_nothing() -> None:
    pass


@dataclass(frozen=True, slots=True)
class Runtime:
    config: Config
    visit: Visitor
    pool: Executor
    clock: Callable[[], datetime]
    watcher: Watcher
    stop: Event = field(default_factory=Event)
    post: Post | None = None
    """Sends a request to a hub; without it, no hub is pinged or asked."""
    published: Callable[[], None] = do_nothing
    """Called when new bytes have been published."""

    def workers(self) -> WorkerPool:
        fetch = self.config.fetch
        return WorkerPool(self.visit, self.pool, fetch.workers, fetch.pause, self.clock, self.stop)


def new_pool(config: Config) -> Executor:
    """Where visits are made: in threads, or on the workers of a cluster. Raises ClusterError."""
    local = ThreadPoolExecutor(config.fetch.workers)
    if not config.work.cluster:
        return local
    from aggregator.visit.cluster.pool import ClusterPool  # loading its library takes most of a second

    return ClusterPool(config.work.cluster, local)


def new_runtime(
    config: Config, pool: Executor, clock: Callable[[], datetime], watcher: Watcher, stop: Event | None = None
) -> Runtime:
    """The only place that composes a runtime, also for a reloaded configuration."""
    options = visit_options(config)
    visit, post = partial(visit_with, options), partial(post_with, options)
    return Runtime(config, visit, pool, clock, watcher, stop or Event(), post)


def limits_digest(config: Config) -> str:
    """Identifies the settings by which a visit may refuse an address or a document."""
    fetch = config.fetch
    return sha256(repr((fetch.allow_networks, fetch.allow_ports, fetch.max_size)).encode()).hexdigest()[:16]


def reconfigured(runtime: Runtime, config: Config) -> Runtime:
    renewed = new_runtime(config, runtime.pool, runtime.clock, runtime.watcher, runtime.stop)
    return replace(renewed, published=runtime.published)


def visit_options(config: Config) -> VisitOptions:
    fetch = config.fetch
    contact = f" (+{fetch.contact})" if fetch.contact else ""
    return VisitOptions(
        agent=f"aggregator/{__version__}{contact}",
        deadline=fetch.timeout,
        size=fetch.max_size,
        networks=fetch.allow_networks,
        ports=fetch.allow_ports,
        proxy=fetch.proxy,
        pause=fetch.pause,
    )
