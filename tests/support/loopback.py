"""A hub, a publisher and ourselves on loopback, each a real server in a thread; no test sleeps."""

import hashlib
import hmac
import queue
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import uvicorn
from bench import Silent
from fresh import fresh
from make import NOON
from pretend import item, rss
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from aggregator.config import Config, load
from aggregator.daemon.connections import bounded
from aggregator.fetch import Caps, open_web, post
from aggregator.model import Job, Reply
from aggregator.refresh import refresh_due
from aggregator.runtime import Runtime, Summary
from aggregator.serve import Serving, app
from aggregator.store import Store
from aggregator.visit.visit import VisitContext, visit
from aggregator.websub.publisher import link_header_of
from aggregator.websub.service import Loop, WebSubService

BRIDGE = item(
    "a", "Bridge reopens", "Engineers reopened the harbour bridge in Lindmark to cyclists on Wednesday"
)
OWLS = item("b", "Snowy owls return", "More snowy owls than in any winter since records began on the islands")
PATIENCE = 20  # seconds after which a test that waits has failed
DAY = timedelta(days=1)
PLAIN = False  # all is HTTP: to read the certificates takes longer than all else that a hub does


@contextmanager
def serving(application: Callable[..., object], door: socket.socket, most: int = 100) -> Iterator[str]:
    server = uvicorn.Server(
        uvicorn.Config(
            application, http=bounded(most), log_config=None, lifespan="off", timeout_graceful_shutdown=1
        )
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    try:
        yield address(door)
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


def opened(port: int = 0) -> socket.socket:
    return socket.create_server(("127.0.0.1", port))


def address(door: socket.socket) -> str:
    return "http://{}:{}/".format(*door.getsockname())


@dataclass
class Publisher:
    """One feed with a hub; records the requests for it."""

    body: bytes = b""
    asked: list[str] = field(default_factory=list)
    hub: str = ""

    async def feed(self, request: Request) -> Response:
        self.asked.append(request.headers.get("user-agent", ""))
        tag = f'"{hashlib.sha256(self.body).hexdigest()[:8]}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"etag": tag})
        links = f'<{self.hub}>; rel="hub", <{request.url}>; rel="self"' if self.hub else ""
        return Response(
            self.body, headers={"etag": tag, "content-type": "application/rss+xml", "link": links}
        )


@dataclass
class Hub:
    """Verifies, distributes and keeps a log like a hub; misbehaves if the test says so."""

    lease: str = "864000"
    status: int = 202
    denies: bool = False
    subscriptions: dict[str, dict[str, str]] = field(default_factory=dict)
    """Topic -> callback and secret of the confirmed subscribers."""
    asked: list[dict[str, str]] = field(default_factory=list)
    vain: list[int] = field(default_factory=list)
    """Answers that did not confirm."""
    heard: list[str] = field(default_factory=list)
    """Pings in order of arrival."""
    pinged: list[tuple[str, bytes]] = field(default_factory=list)
    """Pinged topics, each with the bytes that were live at that moment."""
    changed: threading.Condition = field(default_factory=threading.Condition)

    def wait(self, until: Callable[[], object]) -> None:
        with self.changed:
            assert self.changed.wait_for(until, PATIENCE), "nothing came"

    def tell(self, act: Callable[[], object]) -> None:
        with self.changed:
            act()
            self.changed.notify_all()

    async def answer(self, request: Request) -> Response:
        said = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        status = self.status
        if said["hub.mode"] == "publish":
            self.tell(lambda: self.heard.append(said["hub.url"]))
            threading.Thread(target=self.look, args=(said["hub.url"],), daemon=True).start()
        else:
            self.tell(lambda: self.asked.append(said))
            if status == 202:
                threading.Thread(target=self.verify, args=(said,), daemon=True).start()
        return Response(status_code=status)

    def look(self, topic: str) -> None:
        with suppress(httpx.HTTPError):  # the test may be over
            body = httpx.get(topic, verify=PLAIN).content
            self.tell(lambda: self.pinged.append((topic, body)))

    def verify(self, said: dict[str, str]) -> None:
        with suppress(httpx.HTTPError):
            self.call_back(said)

    def call_back(self, said: dict[str, str]) -> None:
        topic = said["hub.topic"]
        query = {"hub.mode": said["hub.mode"], "hub.topic": topic, "hub.challenge": "2718281828"}
        query["hub.lease_seconds"] = self.lease
        if self.denies:
            query = {"hub.mode": "denied", "hub.topic": topic, "hub.reason": "not today"}
        answer = httpx.get(said["hub.callback"], params=query, verify=PLAIN)
        if self.denies or (answer.status_code, answer.text) != (200, "2718281828"):
            return self.tell(lambda: self.vain.append(answer.status_code))
        if said["hub.mode"] == "unsubscribe":
            return self.tell(lambda: self.subscriptions.pop(topic))
        kept = {"callback": said["hub.callback"], "secret": said["hub.secret"]}
        return self.tell(lambda: self.subscriptions.update({topic: kept}))

    def push(self, topic: str, body: bytes, method: str = "sha256", **more: str) -> httpx.Response:
        to = self.subscriptions[topic]
        signature = hmac.new(to["secret"].encode(), body, method).hexdigest()
        headers = {"content-type": "application/rss+xml", "x-hub-signature": f"{method}={signature}"}
        headers |= {"link": f'<{topic}>; rel="self"'} | more
        return httpx.post(to["callback"], content=body, headers=headers, verify=PLAIN)


@dataclass
class Station:
    """The program under test: configuration, WebSub, server; visits only when the test says so."""

    config: Config
    websub: WebSubService
    clock: list[datetime]
    told: "queue.Queue[Summary]"
    nudged: threading.Event

    def refresh(self) -> Summary:
        with Store(self.config.store.path) as store:
            return refresh_due(store, self.websub.runtime)

    def later(self, span: timedelta) -> None:
        self.clock[0] += span

    def file(self, name: str = "feed.atom") -> str:
        return (self.config.publish.folder / name).read_text(encoding="utf-8")

    def reason(self) -> str:
        with Store(self.config.store.path) as store:
            (health,) = store.sources.health()
        return "; ".join(filter(None, (health.reason, health.hub)))

    def due(self) -> timedelta:
        with Store(self.config.store.path) as store:
            due = store.sources.next_due()
        assert due
        return due - self.clock[0]

    def job(self) -> Job:
        with Store(self.config.store.path) as store:
            return store.sources.job_of("One")

    def settled(self) -> None:
        """Waits until all events so far are processed."""
        self.turn(self.websub.incoming)

    def turn(self, loop: Loop) -> None:
        loop.turns.submit(loop.turn).result(PATIENCE)


def at_noon(clock: list[datetime]) -> datetime:
    return clock[0]


def configured(folder: Path, toml: str, own: str, websub: bool = True) -> Config:
    path = folder / "aggregator.toml"
    fetch = f'pause = "0s"\nwebsub = {str(websub).lower()}\ntimeout = "5s"'
    text = f'[feed]\nlink = "{own}"\n[fetch]\n{fetch}\n{toml}'
    path.write_text(text, encoding="utf-8")
    return load(path)


@contextmanager
def runtime_for(config: Config, doors: tuple[str, ...], clock: list[datetime]) -> Iterator[Runtime]:
    caps = Caps(deadline=timedelta(seconds=5))
    with open_web("test", caps, doors) as web, ThreadPoolExecutor(4) as pool:

        def send(url: str, form: bytes, now: datetime) -> Reply:
            return post(url, form, web, now)

        by = partial(visit, context=VisitContext(web))
        yield Runtime(config, by, pool, partial(at_noon, clock), Silent(), post=send)


@contextmanager
def station(
    folder: Path,
    toml: str,
    doors: tuple[str, ...],
    clock: list[datetime] | None = None,
    port: int = 0,
    websub: bool = True,
) -> Iterator[Station]:
    """`doors`: host:port that it may visit besides the public internet."""
    clock = clock or [NOON]
    door = opened(port)
    config = configured(folder, toml, address(door), websub)
    told: queue.Queue[Summary] = queue.Queue()
    nudged = threading.Event()
    with runtime_for(config, doors, clock) as runtime:
        fresh(config.store.path)
        websub = WebSubService(runtime, told.put, nudged.set)
        served = app(
            Serving(
                config.publish.folder,
                config.store.path,
                config.serve.cache,
                linked=partial(link_header_of, config),
                routes=websub.routes(),
            )
        )
        with serving(served, door):
            websub.start()
            try:
                yield Station(config, websub, clock, told, nudged)
            finally:
                runtime.stop.set()
                websub.end(PATIENCE)
                for loop in websub.loops():
                    loop.thread.join(PATIENCE)


@dataclass
class World:
    hub: Hub
    publisher: Publisher
    url: str
    """Address of the server of both."""
    folder: Path

    @property
    def topic(self) -> str:
        return self.url + "feed"

    def doors(self) -> tuple[str, ...]:
        return (self.url.removeprefix("http://").rstrip("/"),)

    def source(self) -> str:
        return f'[[source]]\nname = "One"\nurl = "{self.topic}"\n'


@contextmanager
def world(folder: Path) -> Iterator[World]:
    hub, publisher = Hub(), Publisher(rss("One", BRIDGE))
    routes = [
        Route("/feed", publisher.feed, methods=["GET"]),
        Route("/hub", hub.answer, methods=["POST"]),
    ]
    door = opened()
    publisher.hub = address(door) + "hub"
    with serving(Starlette(routes=routes), door) as url:
        yield World(hub, publisher, url, folder)
