"""Owners are visited in parallel, the sources of one owner one after another."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from make import NOON

from aggregator.model import Harvest, Job, Visit
from aggregator.visit.pool import Finished, WorkerPool, gather


@dataclass
class Visitor:
    """Records which visits overlap."""

    status: dict[str, int] = field(default_factory=dict)
    under_way: set[str] = field(default_factory=set)
    together: set[frozenset[str]] = field(default_factory=set)
    starts: list[float] = field(default_factory=list)
    gate: threading.Event | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, job: Job, now: datetime) -> Harvest:
        with self.lock:
            self.starts.append(time.monotonic())
            self.under_way.add(job.source)
            self.together.add(frozenset(self.under_way))
        if self.gate:
            self.gate.wait(5)
        with self.lock:
            self.under_way.discard(job.source)
        return Harvest(Visit(job.source, now, 0, "same", self.status.get(job.source, 200)))


@dataclass
class Hanging:
    """Hangs for one source only."""

    hangs: str
    gate: threading.Event = field(default_factory=threading.Event)

    def __call__(self, job: Job, now: datetime) -> Harvest:
        if job.source == self.hangs:
            self.gate.wait(5)
        return Harvest(Visit(job.source, now, 0, "same", 200))


def job(name: str) -> Job:
    return Job(name, "url", f"http://{name}.example/")


def workers(visitor: Visitor | Hanging, pool: ThreadPoolExecutor, pause: float = 0.0) -> WorkerPool:
    return WorkerPool(visitor, pool, 4, timedelta(seconds=pause), lambda: NOON, threading.Event())


def steps(bundles: list[list[Job]], visitor: Visitor, pause: float = 0.0) -> list[Finished]:
    with ThreadPoolExecutor(4) as pool:
        return [step for step in gather(bundles, workers(visitor, pool, pause)) if step]


def test_every_job_is_visited_once() -> None:
    found = steps([[job("a1"), job("a2")], [job("b1")], [job("c1")]], Visitor())
    assert sorted(step.harvest.visit.source for step in found) == ["a1", "a2", "b1", "c1"]


def test_two_sources_of_one_owner_are_never_visited_at_the_same_time() -> None:
    visitor = Visitor()
    steps([[job(f"{owner}{number}") for number in range(8)] for owner in "abcd"], visitor)
    assert all(len({name[0] for name in group}) == len(group) for group in visitor.together)


def test_an_owner_is_left_alone_between_two_visits() -> None:
    visitor = Visitor()
    steps([[job("a1"), job("a2"), job("a3")]], visitor, pause=0.05)
    gaps = [later - earlier for earlier, later in zip(visitor.starts, visitor.starts[1:], strict=False)]
    assert len(gaps) == 2
    assert min(gaps) >= 0.05


def test_an_owner_that_asks_for_a_pause_is_not_visited_again() -> None:
    blogs = [Job(name, "url", f"https://{name}.host.example/") for name in ("a1", "a2", "a3")]
    (step,) = steps([blogs], Visitor(status={"a1": 429}))
    assert [left.source for left in step.rest] == ["a2", "a3"]


def test_a_host_that_is_closed_does_not_speak_for_the_owners_other_hosts() -> None:
    addresses = {"a1": "https://one.host.example/1", "a2": "https://one.host.example/2"}
    jobs = [
        Job(name, "url", each) for name, each in (addresses | {"a3": "https://two.host.example/"}).items()
    ]
    first, second = steps([jobs], Visitor(status={"a1": 503}))
    assert [left.source for left in first.rest] == ["a2"]
    assert second.harvest.visit.source == "a3"


def test_a_hanging_visit_is_reported_as_a_lull_and_delays_nobody() -> None:
    visitor = Visitor(gate=threading.Event())
    with ThreadPoolExecutor(4) as pool:
        walk = gather([[job("a1")]], workers(visitor, pool))
        assert next(walk) is None
        assert visitor.gate
        visitor.gate.set()
        assert next(step for step in walk if step).harvest.visit.source == "a1"


def test_a_hanging_visit_leaves_the_others_all_hands_but_one() -> None:
    others = [[job(f"{owner}1"), job(f"{owner}2")] for owner in "bcdefghijk"]
    visitor = Hanging(hangs="a1")
    with ThreadPoolExecutor(4) as pool:
        walk = gather([[job("a1")], *others], workers(visitor, pool))
        come = []
        while (step := next(walk)) is not None or len(come) < 20:
            come += [step.harvest.visit.source] if step else []
        assert "a1" not in come
        visitor.gate.set()
        assert [step.harvest.visit.source for step in walk if step] == ["a1"]


def test_a_stop_ends_it_while_visits_hang() -> None:
    visitor = Visitor(gate=threading.Event())
    with ThreadPoolExecutor(4) as pool:
        told = workers(visitor, pool)
        walk = gather([[job("a1"), job("a2")], [job("b1")]], told)
        assert next(walk) is None
        told.stop.set()
        assert list(walk) == []
        assert visitor.gate
        visitor.gate.set()
    assert "a2" not in {name for group in visitor.together for name in group}
