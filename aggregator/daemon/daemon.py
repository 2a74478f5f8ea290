"""The daemon: beats, WebSub and the web server in one process, until SIGTERM."""

import socket
from collections.abc import Callable
from dataclasses import replace

from aggregator.config import Config
from aggregator.daemon.beat import Beat, Renew
from aggregator.daemon.clock import SteadyClock, elapsed
from aggregator.daemon.notify import ALIVE, READY, STOPPING, notify
from aggregator.daemon.pace import Pace
from aggregator.daemon.server import WebServer, serve_until_signal
from aggregator.daemon.signs import SignOfLife, Signs
from aggregator.runtime import Runtime, Summary
from aggregator.serve import Condition
from aggregator.websub.service import WebSubService

PATIENCE = 5  # seconds that a stop waits for a refresh under way


class Daemon:
    """Connects the parts.

    Threads: the caller's serves; the scheduler's runs the beat, which writes; one keeps the pace; three loops
    of the WebSub service write what hubs send and what we send to hubs. Only the beat replaces the runtime
    and sets the clock, which all of them read.
    """

    def __init__(
        self,
        runtime: Runtime,
        report: Callable[[Summary], None],
        renew: Renew,
        elapsed: Callable[[], float] = elapsed,
    ) -> None:
        self.renew = renew
        self.signs = Signs()
        clock = SteadyClock(runtime.clock, elapsed)
        watcher = SignOfLife(runtime.watcher, self.signs)
        runtime = replace(runtime, clock=clock, watcher=watcher)
        self.websub = WebSubService(runtime, report, self.look_now)
        self.server = WebServer(runtime.config, self.condition, self.websub.routes)
        self.beat = Beat(self.websub.runtime, report, self.renewed, clock, self.signs)
        self.pace = Pace(self.beat, immediately=True, look=self.show_life)

    def run(self, door: socket.socket) -> None:
        """Runs until SIGTERM; SIGHUP triggers a beat, which reads the configuration.

        Visits that still hang at the end are abandoned: the store loses nothing.
        """
        self.websub.start()
        notify(READY)  # the socket listens already
        self.pace.start()
        workers = self.beat.runtime.config.fetch.workers
        serve_until_signal(self.server.swappable, door, self.look_now, workers)
        notify(STOPPING)
        self.beat.runtime.stop.set()
        self.pace.end()
        self.beat.idle.wait(PATIENCE)
        self.websub.end(PATIENCE)

    def look_now(self) -> None:
        self.pace.call()

    def show_life(self) -> None:
        """A watchdog that hears nothing starts us anew."""
        if not self.signs.overdue():
            notify(ALIVE)

    def condition(self) -> Condition:
        overdue = "no beat for too long" if self.signs.overdue() else ""
        signs = self.signs
        return Condition(
            self.beat.trouble or overdue,
            signs.beat,
            dict(signs.visits),
            signs.refresh_seconds,
            dict(signs.stage_seconds),
        )

    def renewed(self, runtime: Runtime) -> Runtime:
        """Hands the reloaded configuration to the WebSub service and the web server before the next
        publication, so that no page that is rendered on request shows what has just become private."""
        self.websub.runtime = self.renew(runtime)
        self.server.reconfigure(self.websub.runtime.config)
        return self.websub.runtime


def only_serve(config: Config, door: socket.socket, renew: Callable[[Config], Config]) -> None:
    """Serves what another process publishes."""
    server = WebServer(config)
    pace = Pace(
        lambda: server.reconfigure(renew(server.config)), immediately=False, look=lambda: notify(ALIVE)
    )
    notify(READY)
    pace.start()
    serve_until_signal(server.swappable, door, pace.call)
    notify(STOPPING)
    pace.end()
