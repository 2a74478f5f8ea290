"""Times the beats: every few seconds by the monotonic clock, whatever the wall clock shows."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from aggregator.daemon.clock import wall_time
from aggregator.runtime import do_nothing

BEAT = 10  # seconds between two beats
BEATS = "beats"
Clock = Callable[[], datetime]


class AfterNow(BaseTrigger):  # type: ignore[misc]
    """One interval from now, not from the last run: so a clock set years ahead leaves no missed beats."""

    def get_next_fire_time(self, _: datetime | None, now: datetime) -> datetime:
        return now + timedelta(seconds=BEAT)


class Pace:
    """APScheduler runs the beats, never two simultaneously, and logs those that fail.

    It stores the next run in wall time, so it would wait after a clock was set back. Hence our own thread
    checks once per interval, by the monotonic clock, and triggers a beat if the next one is too far away.
    """

    def __init__(
        self,
        act: Callable[[], None],
        immediately: bool,
        clock: Clock = wall_time,
        look: Callable[[], None] = do_nothing,
    ) -> None:
        """`look`: called about once an interval, also while a beat takes long."""
        self.clock = clock
        self.look = look
        # SimpleQueue.put is reentrant, which Event.set is not: call() runs in signal handlers.
        self.calls: SimpleQueue[bool] = SimpleQueue()
        self.thread = threading.Thread(target=self.keep, name="pace", daemon=True)
        self.scheduler = BackgroundScheduler(timezone="UTC")
        # It warns at every beat that falls into a long refresh, which is normal.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self.scheduler.add_job(
            act,
            AfterNow(),
            **({"next_run_time": clock()} if immediately else {}),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,  # the default drops a beat that is a second late
            id=BEATS,
        )

    def start(self) -> None:
        self.scheduler.start()
        self.thread.start()

    def call(self) -> None:
        """Triggers a beat; if one is running, the next one follows soon enough."""
        self.calls.put(True)

    def end(self) -> None:
        self.calls.put(False)
        self.thread.join()
        self.scheduler.shutdown(wait=False)

    def keep(self) -> None:
        """Until end() is called."""
        while True:
            self.look()
            try:
                if not self.calls.get(timeout=BEAT):
                    return
                self.beat_now()
            except Empty:
                self.catch_up()

    def catch_up(self) -> None:
        """Triggers a beat if the clock was set back and the next one would have to wait for it."""
        if self.scheduler.get_job(BEATS).next_run_time > self.clock() + timedelta(seconds=BEAT):
            self.beat_now()

    def beat_now(self) -> None:
        self.scheduler.modify_job(BEATS, next_run_time=self.clock())
