"""A beat and a server in one process, until SIGTERM."""

import logging
import signal
import socket
import threading
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial

import uvicorn
from apscheduler.schedulers.background import BackgroundScheduler
from starlette.routing import Route

from aggregator.config import MAIN, Config, token_files
from aggregator.errors import ConfigError, PublishError, StoreError
from aggregator.publish.publish import edition, site
from aggregator.refresh import refresh_due
from aggregator.runtime import Runtime, Summary
from aggregator.serve import Front, Secrets, app
from aggregator.daemon.protocol import Heads
from aggregator.store import Store
from aggregator.websub.publisher import linked
from aggregator.websub.service import Courier

LOG = logging.getLogger("aggregator")
BEAT = 10  # seconds between two looks at what is due
ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104
BEATS = "beats"
PATIENCE = 5  # seconds that a stop waits for a refresh under way


def listen(config: Config) -> socket.socket:
    """Bound before anything else starts, so that a taken port is told at once. Raises ConfigError."""
    host, port = config.serve.host, config.serve.port
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as e:
        raise ConfigError(f"[serve] cannot listen on {host}:{port}: {e.strerror or e}") from e


def address(door: socket.socket) -> str:
    """Where a reader on this machine finds us."""
    host, port = door.getsockname()[:2]
    found = ANY.get(host, host)
    return f"http://[{found}]:{port}/" if ":" in found else f"http://{found}:{port}/"


class Shown:
    """What is served, as the newest configuration says it.

    `trouble`: what /healthz has to tell, or "". `routes`: those that hubs call.
    """

    def __init__(
        self,
        config: Config,
        trouble: Callable[[], str] = str,
        routes: Callable[[], Sequence[Route]] = tuple,
    ) -> None:
        self.config = config
        self.trouble = trouble
        self.routes = routes
        self.front = Front(self.made())

    def take(self, config: Config) -> None:
        if config != self.config:
            self.config = config
            self.front.app = self.made()

    def made(self) -> Callable[..., Awaitable[None]]:
        config, secrets = self.config, token_files(self.config)
        return app(
            config.publish.folder,
            config.store.path,
            config.serve.cache,
            self.trouble,
            partial(linked, config),
            self.routes(),
            Secrets(config.publish.private, secrets),
            None if MAIN in secrets else site(config),
        )


def serve(front: Front, door: socket.socket) -> None:
    """Until SIGTERM or SIGINT; both are a normal end."""
    server = uvicorn.Server(
        uvicorn.Config(
            front,
            http=Heads,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=PATIENCE // 2,
        )
    )

    def stop(*_: object) -> None:
        server.should_exit = True

    # uvicorn listens to signals only while it runs, and raises them again when it has shut down.
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, stop)
    server.run(sockets=[door])


Renew = Callable[[Runtime], Runtime]


def only_serve(config: Config, door: socket.socket, renew: Callable[[Config], Config]) -> None:
    """What others publish."""
    shown = Shown(config)
    scheduler = every_beat(lambda: shown.take(renew(shown.config)), None)
    scheduler.start()
    serve(shown.front, door)
    scheduler.shutdown(wait=False)


def run(runtime: Runtime, door: socket.socket, told: Callable[[Summary], None], renew: Renew) -> None:
    """Beats and serves. Sources that still hang at its end are left alone: the store forgets nothing."""
    courier = Courier(runtime, told, lambda: nudge(scheduler, runtime))
    shown = Shown(runtime.config, lambda: beat.trouble, courier.routes)
    beat = Beat(courier.runtime, told, renewing(renew, courier, shown))
    scheduler = every_beat(beat, runtime.clock())  # else the first beat comes after one interval
    courier.start()
    scheduler.start()
    serve(shown.front, door)
    runtime.stop.set()
    scheduler.shutdown(wait=False)
    beat.idle.wait(PATIENCE)
    courier.end(PATIENCE)


def renewing(renew: Renew, courier: Courier, shown: Shown) -> Renew:
    """Everybody has the newer configuration before anything is published by it: what is secret from now on
    is not told by a page that is made for who asks."""

    def renewed(runtime: Runtime) -> Runtime:
        courier.runtime = renew(runtime)
        shown.take(courier.runtime.config)
        return courier.runtime

    return renewed


def every_beat(act: Callable[[], None], first: datetime | None) -> BackgroundScheduler:
    scheduler = BackgroundScheduler(timezone="UTC")
    # It warns at every beat that a long refresh outlasts, which is as it should be.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    scheduler.add_job(
        act,
        "interval",
        seconds=BEAT,
        **({"next_run_time": first} if first else {}),
        max_instances=1,
        coalesce=True,
        misfire_grace_time=None,  # the default drops a beat that is a second late
        id=BEATS,
    )
    return scheduler


def nudge(scheduler: BackgroundScheduler, runtime: Runtime) -> None:
    """A look at what is due now; when one is under way, the next one comes soon enough."""
    scheduler.modify_job(BEATS, next_run_time=runtime.clock())


TROUBLES = {StoreError: "database", PublishError: "output folder"}


class Beat:
    """One look at what is due."""

    def __init__(self, runtime: Runtime, told: Callable[[Summary], None], renew: Renew) -> None:
        self.runtime = runtime
        self.told = told
        self.renew = renew
        self.first = True
        self.idle = threading.Event()
        self.idle.set()
        self.trouble = ""
        """What the last look could not use: for /healthz, which tells nobody our paths."""

    def __call__(self) -> None:
        self.idle.clear()
        trouble = "a mistake of this program"  # which the scheduler logs with its traceback
        try:
            # A store of its own: SQLite's connections belong to one thread, beats run on any.
            with Store(self.runtime.config.store.path) as store:
                self.look(store)
            trouble = ""
        except (StoreError, PublishError) as e:
            LOG.error("%s", e)  # serving goes on, and the next beat tries again
            trouble = TROUBLES[type(e)]
        finally:
            self.trouble = trouble
            self.idle.set()

    def look(self, store: Store) -> None:
        before = self.runtime.config
        self.runtime = self.renew(self.runtime)
        config = self.runtime.config
        self.first = self.first or config != before
        with store.writing():  # each time: the database may have been replaced
            store.sources.sync(config.sources, self.runtime.clock())
        if self.first:
            edition(store, config)  # before the visits, which may take long
            self.first = False
        due = store.sources.next_due()
        if due and due <= self.runtime.clock():
            self.told(refresh_due(store, self.runtime))
        else:
            edition(store, config)  # what somebody has deleted
        self.index(store)

    def index(self, store: Store) -> None:
        """What has been published can be searched; in small steps that let others write between them."""
        while store.search.waiting() and not self.runtime.stop.is_set():
            with store.writing():
                store.search.catch_up()
