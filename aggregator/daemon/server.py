"""The web server of the daemon, which follows configuration changes while it runs."""

import os
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from errno import EADDRINUSE
from functools import partial

import uvicorn
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from aggregator.config import MAIN, Config, token_files
from aggregator.daemon.connections import BACKLOG, bounded, room
from aggregator.errors import ConfigError
from aggregator.publish.publish import site_of
from aggregator.serve import Condition, Secrets, Serving, app
from aggregator.serve.metrics import metrics
from aggregator.websub.publisher import link_header_of

ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104
SWITCH = 0.001  # seconds
PATIENCE = 2  # seconds that a stop waits for answers under way
REST = timedelta(seconds=3)  # while the database changes all the time, a page is made again at most so often


def listen(config: Config) -> socket.socket:
    """Bound before anything else starts, so that a used port is reported first. Raises ConfigError."""
    host, port = config.serve.host, config.serve.port
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as e:
        why = "the port is taken; choose one with --port" if e.errno == EADDRINUSE else e.strerror
        raise ConfigError(f"[serve] cannot listen on {host}:{port}: {why or e}") from e


def local_address(door: socket.socket) -> str:
    """Our address for readers on this machine."""
    host, port = door.getsockname()[:2]
    found = ANY.get(host, host)
    return f"http://[{found}]:{port}/" if ":" in found else f"http://{found}:{port}/"


@dataclass(slots=True)
class SwappableApp:
    """`app` may be replaced at any time; a running request finishes with the old one."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


class WebServer:
    """Serves according to the newest configuration.

    `condition`: for /healthz. `routes`: those that hubs call.
    """

    def __init__(
        self,
        config: Config,
        condition: Callable[[], Condition] = Condition,
        routes: Callable[[], Sequence[Route]] = tuple,
    ) -> None:
        self.config = config
        self.condition = condition
        self.routes = routes
        self.swappable = SwappableApp(self.new_app())

    def reconfigure(self, config: Config) -> None:
        if config != self.config:
            self.config = config
            self.swappable.app = self.new_app()

    def new_app(self) -> Callable[..., Awaitable[None]]:
        config, secrets = self.config, token_files(self.config)
        routes = [*self.routes()]
        if config.serve.metrics:
            routes.append(Route("/metrics", metrics(config, self.condition), methods=["GET"]))
        return app(
            Serving(
                config.publish.folder,
                config.store.path,
                config.serve.cache,
                self.condition,
                partial(link_header_of, config),
                routes,
                Secrets(config.publish.private, secrets),
                None if MAIN in secrets else site_of(config),
                min(REST, config.serve.cache),
            )
        )


def serve_until_signal(
    app: SwappableApp, door: socket.socket, hangup: Callable[[], None], workers: int = 0
) -> None:
    """Serves until SIGTERM or SIGINT, both a normal end. `hangup`: called at each SIGHUP; must be reentrant.

    `workers`: simultaneous visits, which need descriptors besides our connections.
    """
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            http=bounded(room(workers)),
            backlog=BACKLOG,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=PATIENCE,
        )
    )

    # Each of our threads keeps the interpreter so long while another waits: by default five times as long.
    sys.setswitchinterval(SWITCH)

    def stop(*_: object) -> None:
        server.should_exit = True

    # uvicorn handles signals only while it runs, and raises them again after shutdown.
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, stop)
    if not os.isatty(2):  # in a terminal, SIGHUP means that it was closed, and must end us
        signal.signal(signal.SIGHUP, lambda *_: hangup())
    server.run(sockets=[door])
