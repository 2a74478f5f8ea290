"""The beat: every few seconds a look at what is due."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from apscheduler.schedulers.background import BackgroundScheduler

from aggregator.errors import PublishError, StoreError
from aggregator.publish.publish import publish
from aggregator.refresh import refresh_due
from aggregator.runtime import Runtime, Summary
from aggregator.store import Store

LOG = logging.getLogger("aggregator")
BEAT = 10  # seconds between two looks at what is due
BEATS = "beats"

Renew = Callable[[Runtime], Runtime]
"""The runtime under the newest configuration: called before each look."""


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

    def __init__(self, runtime: Runtime, report: Callable[[Summary], None], renew: Renew) -> None:
        self.runtime = runtime
        self.report = report
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
            publish(store, config)  # before the visits, which may take long
            self.first = False
        due = store.sources.next_due()
        if due and due <= self.runtime.clock():
            self.report(refresh_due(store, self.runtime))
        else:
            publish(store, config)  # what somebody has deleted
        self.index(store)

    def index(self, store: Store) -> None:
        """What has been published can be searched; in small steps that let others write between them."""
        while store.search.waiting() and not self.runtime.stop.is_set():
            with store.writing():
                store.search.catch_up()
