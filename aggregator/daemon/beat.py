"""The beat: checks every few seconds what is due."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from aggregator.daemon.backups import Backups
from aggregator.daemon.clock import SteadyClock
from aggregator.daemon.respite import Respite
from aggregator.daemon.signs import Signs
from aggregator.errors import AggregatorError, ClusterError, DamagedError, PublishError, StoreError
from aggregator.publish.publish import clear_up, publish
from aggregator.refresh import refresh_due
from aggregator.retention import Pruning
from aggregator.runtime import Runtime, Summary
from aggregator.store import Store, file_mark

LOG = logging.getLogger("aggregator")

Renew = Callable[[Runtime], Runtime]
"""Returns the runtime for the newest configuration; called before each beat."""


TROUBLES: dict[type[AggregatorError], str] = {
    StoreError: "database",
    PublishError: "output folder",
    ClusterError: "cluster",
}


class Beat:
    """Refreshes what is due, publishes, and indexes for the search."""

    def __init__(
        self,
        runtime: Runtime,
        report: Callable[[Summary], None],
        renew: Renew,
        clock: SteadyClock,
        signs: Signs,
    ) -> None:
        self.runtime = runtime
        self.report = report
        self.clock = clock
        self.signs = signs
        self.renew = renew
        self.pruning = Pruning()
        self.back_up = Backups(runtime.config.store, signs.sign)
        self.respite = Respite()
        self.damaged: tuple[int, ...] = ()
        """The mark of a file that is left alone until it changes."""
        self.first = True
        self.idle = threading.Event()
        self.idle.set()
        self.trouble = ""
        """The reason why the last beat failed, without paths, for /healthz."""

    def __call__(self) -> None:
        self.idle.clear()
        self.signs.begin(self.clock())
        trouble = "internal error (a bug in aggregator)"  # logged by the scheduler with its traceback
        path = self.runtime.config.store.path
        try:
            if not self.damaged or self.damaged != file_mark(path):
                self.damaged = ()
                # A store of its own: SQLite's connections belong to one thread, beats run on any.
                with Store(path) as store:
                    self.look(store)
            trouble = "database" if self.damaged or self.respite.lasts(self.clock()) else ""
        except (StoreError, PublishError, ClusterError) as e:
            LOG.error("%s", e)  # serving goes on, and the next beat tries again
            trouble = next(name for kind, name in TROUBLES.items() if isinstance(e, kind))
            if isinstance(e, DamagedError):
                self.damaged = file_mark(path)
        finally:
            self.trouble = trouble
            self.signs.end()
            self.idle.set()

    def look(self, store: Store) -> None:
        self.set_clock(store)
        before = self.runtime.config
        self.runtime = self.renew(self.runtime)
        config = self.runtime.config
        self.first = self.first or config != before
        with store.writing():  # each time: the database may have been replaced
            store.sources.sync(config.sources, self.runtime.clock())
        if self.first:
            clear_up(store, config)
            publish(store, config)  # before the visits, which may take long
            self.first = False
        due = store.sources.next_due()
        if due and due <= self.runtime.clock() and not self.respite.lasts(self.clock()):
            with self.signs.refreshing() as timed, self.respite.after_failure(self.clock):
                summary = refresh_due(store, self.runtime)
                timed.update(summary.seconds)
            self.report(summary)
        else:
            publish(store, config)  # restores files that somebody deleted
        self.index(store)
        self.pruning(store, config, self.runtime.clock(), self.goes_on)
        self.back_up(self.runtime.clock())

    def set_clock(self, store: Store) -> None:
        """Call only between refreshes, so that none of them sees the clock jump."""
        with store.writing():
            jump = store.timeline.follow(self.clock.set())
        if jump:
            LOG.warning("the clock of this machine was set %s: visits keep their pace", span(jump))

    def index(self, store: Store) -> None:
        """Indexes published entries for the search, in small steps that let others write in between."""
        while store.search.waiting() and not self.runtime.stop.is_set():
            with store.writing():
                store.search.catch_up()
            self.signs.sign()

    def goes_on(self) -> bool:
        """Whether there is time for another step; signals that we are alive."""
        self.signs.sign()
        return not self.runtime.stop.is_set()


def span(jump: timedelta) -> str:
    """ "back by 1 day, 0:00:00"."""
    size = timedelta(seconds=round(abs(jump).total_seconds()))
    return f"{'back' if jump < timedelta() else 'ahead'} by {size}"
