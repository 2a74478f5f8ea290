"""A real scheduler, real worker processes and a real web server, all on loopback."""

# ruff: noqa: E402  the library is optional

import os
import signal
import socket
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from bench import Silent
from fresh import fresh
from loopback import serving
from make import NOON
from pretend import item, rss
from program import Program, started
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

distributed = pytest.importorskip("distributed", reason="needs `pip install -e '.[cluster]'`")
psutil = pytest.importorskip("psutil")

from aggregator.config import Config, load
from aggregator.errors import ClusterError
from aggregator.refresh import refresh_due
from aggregator.runtime import Summary, new_runtime, visit_options
from aggregator.store import Store
from aggregator.visit.cluster import engine
from aggregator.visit.cluster.pool import ClusterPool
from aggregator.visit.worker import context, new_context

SITES = 8
NEWS = "Engineers reopened the harbour bridge in Lindmark to cyclists on Wednesday, the council said"


@dataclass
class Sites:
    """Each feed at an address of its own, 127.0.0.N: each has another owner."""

    port: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    fatal: dict[int, Program] = field(default_factory=dict)
    """The workers; one that asks for /fatal is killed while it waits."""
    vanish: Callable[[], object] = int
    """What happens while /slow is asked for."""

    def url(self, number: int, path: str = "feed") -> str:
        return f"http://127.0.0.{number}:{self.port}/{path}"

    def answer(self, request: Request) -> Response:
        where = f"{request.url.hostname}{request.url.path}"
        self.asked[where] += 1
        self.times.append(time.monotonic())
        self.keys.add(request.headers.get("x-key", ""))
        assert request.client
        if request.url.path == "/fatal":
            self.kill(request.client.port)
        if request.url.path == "/slow":
            self.vanish()
        name = where.replace("/", " ")
        return Response(rss(name, item(name, f"Bridge reopens in {name}", NEWS)))

    def kill(self, port: int) -> None:
        for pid in list(self.fatal):
            if any(each.laddr.port == port for each in psutil.Process(pid).net_connections()):
                worker = self.fatal.pop(pid)
                worker.kill()
                worker.wait()


@dataclass
class Cluster:
    address: str
    scheduler: object
    sites: Sites
    workers: dict[int, Program]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Three workers: two of them are killed by the last test."""
    sites = Sites()
    door = socket.create_server(("0.0.0.0", 0))
    sites.port = door.getsockname()[1]
    app = Starlette(routes=[Route("/{path:path}", sites.answer)])
    home = tmp_path_factory.mktemp("worker")
    with ExitStack() as stack:
        stack.enter_context(serving(app, door))
        made = distributed.LocalCluster(
            n_workers=0, dashboard_address="127.0.0.1:0", protocol="tcp", host="127.0.0.1", silence_logs=50
        )
        stack.enter_context(made)
        monkey = stack.enter_context(pytest.MonkeyPatch.context())
        monkey.chdir(home)
        workers = [
            stack.enter_context(started("worker", made.scheduler_address, "--threads", "4")) for _ in range(3)
        ]
        assert all(made.scheduler_address in worker.stdout.readline() for worker in workers)
        yield Cluster(made.scheduler_address, made.scheduler, sites, {each.pid: each for each in workers})
        assert list(home.iterdir()) == []


@pytest.fixture(autouse=True)
def no_lull(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine must not publish in the middle of a refresh: it may, but then more is published."""
    for name in ("SHORTEST_LULL", "LONGEST_LULL"):
        monkeypatch.setattr(f"aggregator.visit.pool.{name}", 60.0)


@pytest.fixture(scope="module")
def pool(cluster: Cluster) -> Iterator[ClusterPool]:
    with ClusterPool(cluster.address, ThreadPoolExecutor(2)) as pool:
        yield pool


def configured(sites: Sites, folder: Path, sources: str, fetch: str = "") -> Path:
    folder.mkdir()
    (folder / "a.txt").write_text("2026-03-01 Owls return\n\nTo the islands.\n", encoding="utf-8")
    doors = ", ".join(f'"127.0.0.{n}:{sites.port}"' for n in range(1, SITES + 1))
    text = (
        f'[fetch]\nallow_networks = [{doors}]\n{fetch}\n{sources}[[source]]\nname = "Files"\nfile = "a.txt"\n'
    )
    (folder / "aggregator.toml").write_text(text, encoding="utf-8")
    return folder


def source(name: str, url: str, more: str = "") -> str:
    return f'[[source]]\nname = "{name}"\nurl = "{url}"\n{more}\n'


def settings(folder: Path, pause: float = 0) -> Config:
    config = load(folder / "aggregator.toml")
    return replace(config, fetch=replace(config.fetch, pause=timedelta(seconds=pause)))


def refreshed(folder: Path, pool: Executor, pause: float = 0) -> Summary:
    config = settings(folder, pause)
    with Store(fresh(config.store.path)) as store:
        return refresh_due(store, new_runtime(config, pool, lambda: NOON, Silent()))


def refreshed_alone(folder: Path, threads: int) -> Summary:
    with ThreadPoolExecutor(threads) as pool:
        summary = refreshed(folder, pool)
    context(visit_options(settings(folder))).web.close()
    new_context.cache_clear()
    return summary


def dump(folder: Path) -> list[tuple[str, tuple[object, ...]]]:
    """(table, row) of all, without how long visits took and when files were written."""
    with closing(sqlite3.connect(folder / "var/aggregator.db")) as database:
        database.execute("UPDATE visits SET seconds = 0")
        database.execute("UPDATE published SET mtime = 0")
        listed = "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' ORDER BY name"
        tables = [name for (name,) in database.execute(listed)]
        assert {"entries", "stories", "members", "sources", "visits"} <= set(tables)
        return [(name, row) for name in tables for row in database.execute(f"SELECT * FROM {name}")]


def bodies(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "var/public").glob("feed.*")}


def test_the_database_and_the_feeds_are_those_of_a_local_run(
    cluster: Cluster, pool: ClusterPool, tmp_path: Path
) -> None:
    sites = cluster.sites
    sources = "".join(source(f"S{n}", sites.url(n)) for n in range(1, SITES))
    # One visit at a time: otherwise the order of arrival numbers the entries, as without a cluster.
    folder = configured(sites, tmp_path / "a", sources, "workers = 1")
    alone = refreshed_alone(folder, 1)
    asked, rows, feeds = sites.asked.copy(), dump(folder), bodies(folder)
    (folder / "var").rename(tmp_path / "alone")
    assert refreshed(folder, pool).counts() == alone.counts()
    assert (alone.ok, alone.failed) == (SITES, 0)
    assert sites.asked - asked == asked
    assert dump(folder) == rows
    assert bodies(folder) == feeds


def test_many_workers_at_once_find_the_same(cluster: Cluster, pool: ClusterPool, tmp_path: Path) -> None:
    sites = cluster.sites
    sources = "".join(source(f"S{n}", sites.url(n)) for n in range(1, SITES))
    here, there = (configured(sites, tmp_path / name, sources) for name in ("here", "there"))
    refreshed_alone(here, 4)
    refreshed(there, pool)
    assert sorted(entries(there)) == sorted(entries(here))


def entries(folder: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "var/aggregator.db")) as database:
        return database.execute("SELECT source, uid, title, published, seen FROM entries").fetchall()


def test_the_sources_of_one_owner_are_visited_with_a_pause_between_them(
    cluster: Cluster, pool: ClusterPool, tmp_path: Path
) -> None:
    sites = cluster.sites
    sources = "".join(source(f"S{n}", sites.url(1, f"feed{n}")) for n in range(3))
    sites.times.clear()
    assert refreshed(configured(sites, tmp_path / "a", sources), pool, 0.3).ok == 4
    first, second, third = sites.times
    assert min(second - first, third - second) > 0.3


def test_workers_refuse_private_networks(cluster: Cluster, pool: ClusterPool, tmp_path: Path) -> None:
    folder = configured(cluster.sites, tmp_path / "a", source("Inside", cluster.sites.url(99)))
    assert refreshed(folder, pool).failed == 1
    assert "127.0.0.99/feed" not in cluster.sites.asked


def test_headers_of_a_file_travel_with_their_visit_only(
    cluster: Cluster, pool: ClusterPool, tmp_path: Path
) -> None:
    sites = cluster.sites
    folder = configured(
        sites,
        tmp_path / "a",
        source("Open", sites.url(1)) + source("Closed", sites.url(2), 'header_file = "k.headers"'),
    )
    (folder / "k.headers").write_text("X-Key: s3cret", encoding="utf-8")
    sites.keys.clear()
    sent = []
    submit = pool.cluster.submit
    pool.cluster.submit = lambda visit, job, now: sent.append((visit, job)) or submit(visit, job, now)  # type: ignore[method-assign]
    refreshed(folder, pool)
    pool.cluster.submit = submit  # type: ignore[method-assign]
    assert sites.keys == {"", "s3cret"}
    assert {job.source: job.request.headers for _, job in sent} == {
        "Open": (),
        "Closed": (("X-Key", "s3cret"),),
    }
    assert [job for _, job in sent if job.request.header_file] == []
    assert "s3cret" not in str(sent)


def test_a_file_of_headers_that_is_gone_fails_its_source_in_the_usual_words(
    cluster: Cluster, pool: ClusterPool, tmp_path: Path
) -> None:
    more = source("Closed", cluster.sites.url(2), 'header_file = "k.headers"')
    folder = configured(cluster.sites, tmp_path / "a", more)
    refreshed(folder, pool)
    with Store(folder / "var/aggregator.db") as store:
        reason = next(each.reason for each in store.sources.health() if each.name == "Closed")
    assert "k.headers: No such file or directory" in reason


def test_when_no_worker_is_left_the_refresh_ends_and_the_next_one_visits_all(
    cluster: Cluster, pool: ClusterPool, tmp_path: Path
) -> None:
    more = source("Slow", cluster.sites.url(1, "slow")) + source("Fast", cluster.sites.url(2))
    folder = configured(cluster.sites, tmp_path / "a", more, "workers = 1")
    cluster.sites.vanish = lambda: pool.give_up(ClusterError("no worker"))
    with pytest.raises(ClusterError, match="no worker"):
        refreshed(folder, pool)
    cluster.sites.vanish = int
    summary = refreshed(folder, pool)
    assert (summary.ok, summary.failed) == (3, 0)


def test_workers_of_another_version_are_refused_in_one_line(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "TAG", "aggregator-9.9-python-3.11")
    with pytest.raises(ClusterError) as refused:
        ClusterPool(cluster.address, ThreadPoolExecutor(1))
    said = str(refused.value)
    assert "has version 0.1.0, python-3.11, this machine 9.9, python-3.11: install the same" in said
    assert "\n" not in said


def test_without_a_scheduler_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "JOINING", 0.2)
    with closing(socket.create_server(("127.0.0.1", 0))) as closed:
        address = f"tcp://127.0.0.1:{closed.getsockname()[1]}"
    with pytest.raises(ClusterError, match=f"no scheduler answers at {address}"):
        ClusterPool(address, ThreadPoolExecutor(1))


def test_a_visit_whose_worker_is_killed_is_made_once_more_and_nothing_else_is_lost(
    cluster: Cluster, pool: ClusterPool, tmp_path: Path
) -> None:
    sites = cluster.sites
    sites.asked.clear()
    sites.fatal = cluster.workers
    others = "".join(source(f"S{n}", sites.url(n)) for n in range(1, SITES))
    folder = configured(sites, tmp_path / "a", source("Fatal", sites.url(SITES, "fatal")) + others)
    summary = refreshed(folder, pool)
    assert (summary.ok, summary.failed) == (SITES, 1)
    assert len(cluster.workers) == 1
    assert sites.asked.pop(f"127.0.0.{SITES}/fatal") == 2
    # A worker that ends loses what it had in hand, even finished visits: one more request for each end.
    assert set(sites.asked.values()) <= {1, 2, 3}
    with Store(folder / "var/aggregator.db") as store:
        reason = next(each.reason for each in store.sources.health() if each.name == "Fatal")
    assert "two workers ended while they visited it" in reason


def test_a_worker_that_is_stopped_leaves_in_good_order(cluster: Cluster) -> None:
    (last,) = cluster.workers.values()
    os.kill(last.pid, signal.SIGTERM)
    assert last.wait() == 0
    assert last.stderr.read() == ""
