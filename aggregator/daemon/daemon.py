"""The daemon: beats, WebSub and the web server in one process, until SIGTERM."""

import socket
from collections.abc import Callable

from aggregator.config import Config
from aggregator.daemon.beat import Beat, Renew, every_beat, nudge
from aggregator.daemon.server import WebServer, serve_until_signal
from aggregator.runtime import Runtime, Summary
from aggregator.websub.service import WebSubService

PATIENCE = 5  # seconds that a stop waits for a refresh under way


class Daemon:
    """The parts and how they reach each other.

    Threads: the caller's serves; the scheduler's runs the beat, which writes; three loops of the WebSub
    service write what hubs say and what we say to hubs. The beat alone replaces the runtime.
    """

    def __init__(self, runtime: Runtime, report: Callable[[Summary], None], renew: Renew) -> None:
        self.renew = renew
        self.websub = WebSubService(runtime, report, self.look_now)
        self.server = WebServer(runtime.config, self.trouble, self.websub.routes)
        self.beat = Beat(self.websub.runtime, report, self.renewed)
        # Without a first time, the first beat would come after one interval.
        self.scheduler = every_beat(self.beat, runtime.clock())

    def run(self, door: socket.socket) -> None:
        """Until SIGTERM. Sources that still hang then are left alone: the store forgets nothing."""
        self.websub.start()
        self.scheduler.start()
        serve_until_signal(self.server.swappable, door)
        self.beat.runtime.stop.set()
        self.scheduler.shutdown(wait=False)
        self.beat.idle.wait(PATIENCE)
        self.websub.end(PATIENCE)

    def look_now(self) -> None:
        nudge(self.scheduler, self.websub.runtime)

    def trouble(self) -> str:
        return self.beat.trouble

    def renewed(self, runtime: Runtime) -> Runtime:
        """Hands the reloaded configuration to the WebSub service and the web server before the next
        publication, so that no page that is rendered on request shows what has just become private."""
        self.websub.runtime = self.renew(runtime)
        self.server.reconfigure(self.websub.runtime.config)
        return self.websub.runtime


def only_serve(config: Config, door: socket.socket, renew: Callable[[Config], Config]) -> None:
    """Serves what another process publishes."""
    server = WebServer(config)
    scheduler = every_beat(lambda: server.reconfigure(renew(server.config)), None)
    scheduler.start()
    serve_until_signal(server.swappable, door)
    scheduler.shutdown(wait=False)
