"""What passes between hubs and us while the daemon runs: no visit waits for it, and it waits for none."""

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
from aggregator.websub.events import Letter
from aggregator.websub.post import Carrier, carrier_of
from aggregator.websub.publisher import announce
from aggregator.websub.queue import Inbox
from aggregator.websub.received import Worked, work_off
from aggregator.websub.subscriber import subscribe, wake

LOG = logging.getLogger("aggregator")
BEAT = 10.0  # seconds between two looks at what is due
HUBS = 4  # spoken to at the same time
BODIES = 2  # of the largest size, in memory at once


class Loop:
    """A thread that does something when it is woken, and else every few seconds, until it is told to end."""

    def __init__(self, name: str, turn: Callable[[], None]) -> None:
        self.turn = turn
        self.woken = threading.Event()
        self.ending = False
        # In an executor: what goes wrong by a mistake of ours is told, and ends nothing but its turn.
        self.turns = ThreadPoolExecutor(1)
        self.thread = threading.Thread(target=self.run, name=name, daemon=True)

    def run(self) -> None:
        while not self.ending:
            self.woken.wait(BEAT)
            self.woken.clear()
            if mistake := self.turns.submit(self.turn).exception():
                LOG.error("a mistake of this program", exc_info=mistake)
        self.turns.shutdown()

    def wake(self) -> None:
        self.woken.set()

    def end(self) -> None:
        """After one more turn."""
        self.ending = True
        self.wake()


class WebSubService:
    """`runtime` may be replaced at any time by those of a newer configuration.

    `told`: of what hubs have brought. `nudge`: a source is due at once.
    """

    def __init__(self, runtime: Runtime, told: Callable[[Summary], None], nudge: Callable[[], None]) -> None:
        self.told = told
        self.nudge = nudge
        self.posts = ThreadPoolExecutor(HUBS)
        self.out = Loop("pings", self.tell)
        self.back = Loop("subscriptions", self.ask)
        self.incoming = Loop("pushes", self.read)
        self.runtime = replace(runtime, published=self.published)
        self.inbox = Inbox(BODIES * runtime.config.fetch.max_size, self.incoming.wake)
        self.letters: deque[Letter] = deque()
        self.worked = Worked()

    def start(self) -> None:
        self.turn(wake)
        for loop in self.loops():
            loop.thread.start()
            loop.wake()

    def end(self, seconds: float) -> None:
        """What has come is worked off, as far as the time lasts; what is to be sent stays in the database."""
        for loop in self.loops():
            loop.end()
        self.incoming.thread.join(seconds)

    def loops(self) -> list[Loop]:
        return [self.out, self.back, self.incoming]

    def routes(self) -> Sequence[Route]:
        """What hubs call; nothing where none is asked to."""
        config = self.runtime.config
        if not config.fetch.websub:
            return ()
        seconds = config.fetch.timeout.total_seconds()
        return Callbacks(
            config.store.path, self.inbox, config.fetch.max_size, seconds, self.runtime.clock
        ).routes()

    def published(self) -> None:
        """Hubs are to know; and who was read for the first time may have named a hub of its own."""
        self.out.wake()
        self.back.wake()

    def tell(self) -> None:
        self.turn(announce)

    def ask(self) -> None:
        if self.runtime.config.fetch.websub:
            self.turn(subscribe)

    def turn(self, act: Callable[[Store, Config, Carrier], None]) -> None:
        carrier = carrier_of(self.runtime, self.posts)
        if carrier is None or self.runtime.stop.is_set():
            return
        with suppress(StoreError), Store(self.runtime.config.store.path) as store:  # told by the beat
            act(store, self.runtime.config, carrier)

    def read(self) -> None:
        """What cannot be kept or published now is tried again at the next turn."""
        self.letters.extend(self.inbox.take())
        if not self.letters and not self.worked.summary.changed:
            return
        with suppress(StoreError, PublishError), Store(self.runtime.config.store.path) as store:
            work_off(store, self.runtime, self.letters, self.inbox.done, self.worked)
            worked, self.worked = self.worked, Worked()
            if worked.look:
                self.nudge()
            if worked.summary.visits:
                self.told(worked.summary)
