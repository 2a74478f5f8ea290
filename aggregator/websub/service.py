"""Exchanges requests with hubs while the daemon runs; this and the visits never wait for each other."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace

from starlette.routing import Route

from aggregator.config import Config
from aggregator.errors import PublishError, StoreError
from aggregator.runtime import Runtime, Summary
from aggregator.store import Store
from aggregator.websub.callbacks import Callbacks
from aggregator.websub.events import Event
from aggregator.websub.post import HubClient, hub_client
from aggregator.websub.publisher import announce
from aggregator.websub.queue import EventQueue
from aggregator.websub.received import Processed, process_events
from aggregator.websub.subscriber import subscribe, wake

LOG = logging.getLogger("aggregator")
BEAT = 10.0  # seconds between two checks for due requests
HUBS = 4  # to which we post simultaneously
BODIES = 2  # of the largest size, in memory simultaneously


class Loop:
    """A thread that calls `turn` when it is woken, and at least every BEAT seconds, until it is ended."""

    def __init__(self, name: str, turn: Callable[[], None]) -> None:
        self.turn = turn
        self.woken = threading.Event()
        self.ending = False
        # In an executor: a bug of ours is logged and ends only this turn, not the thread.
        self.turns = ThreadPoolExecutor(1)
        self.thread = threading.Thread(target=self.run, name=name, daemon=True)

    def run(self) -> None:
        while not self.ending:
            self.woken.wait(BEAT)
            self.woken.clear()
            if mistake := self.turns.submit(self.turn).exception():
                LOG.error("internal error (a bug in aggregator)", exc_info=mistake)
        self.turns.shutdown()

    def wake(self) -> None:
        self.woken.set()

    def end(self) -> None:
        """Ends the thread after one more turn."""
        self.ending = True
        self.wake()


class WebSubService:
    """`runtime` may be replaced at any time by that of a newer configuration.

    `report`: called with the summary of pushed content. `look_now`: called when a source is due immediately.
    """

    def __init__(
        self, runtime: Runtime, report: Callable[[Summary], None], look_now: Callable[[], None]
    ) -> None:
        self.report = report
        self.look_now = look_now
        self.posts = ThreadPoolExecutor(HUBS)
        self.out = Loop("pings", self.announce)
        self.back = Loop("subscriptions", self.subscribe)
        self.incoming = Loop("pushes", self.read)
        self.runtime = replace(runtime, published=self.published)
        self.queue = EventQueue(BODIES * runtime.config.fetch.max_size, self.incoming.wake)
        self.events: deque[Event] = deque()
        self.processed = Processed()

    def start(self) -> None:
        self.turn(wake)
        for loop in self.loops():
            loop.thread.start()
            loop.wake()

    def end(self, seconds: float) -> None:
        """Processes waiting events for at most `seconds`; requests not yet sent stay in the database."""
        for loop in self.loops():
            loop.end()
        self.incoming.thread.join(seconds)

    def loops(self) -> list[Loop]:
        return [self.out, self.back, self.incoming]

    def routes(self) -> Sequence[Route]:
        """The callback routes; empty without `[fetch] websub`."""
        config = self.runtime.config
        if not config.fetch.websub:
            return ()
        seconds = config.fetch.timeout.total_seconds()
        return Callbacks(
            config.store.path, self.queue, config.fetch.max_size, seconds, self.runtime.clock
        ).routes()

    def published(self) -> None:
        """Wakes the pings, and the subscriptions: a source read for the first time may have named a hub."""
        self.out.wake()
        self.back.wake()

    def announce(self) -> None:
        self.turn(announce)

    def subscribe(self) -> None:
        if self.runtime.config.fetch.websub:
            self.turn(subscribe)

    def turn(self, act: Callable[[Store, Config, HubClient], None]) -> None:
        client = hub_client(self.runtime, self.posts)
        if client is None or self.runtime.stop.is_set():
            return
        with suppress(StoreError), Store(self.runtime.config.store.path) as store:  # reported by the beat
            act(store, self.runtime.config, client)

    def read(self) -> None:
        """Processes waiting events; what cannot be stored or published now is tried again next turn."""
        self.events.extend(self.queue.take())
        if not self.events and not self.processed.summary.changed:
            return
        with suppress(StoreError, PublishError), Store(self.runtime.config.store.path) as store:
            process_events(store, self.runtime, self.events, self.queue.done, self.processed)
            processed, self.processed = self.processed, Processed()
            if processed.look:
                self.look_now()
            if processed.summary.visits:
                self.report(processed.summary)
