"""Pages made from the database, kept as long as it does not change."""

import asyncio
import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from aggregator.store import Changes

AT_ONCE = 3  # pages made at the same time: each holds up the answers to all others a little
WAITING = 100  # different pages; who asks for more is asked to come again
ROOM = 16_000_000  # bytes of pages kept, compressed ones included
OVERHEAD = 1_000  # bytes of a page besides its text, roughly
SMALL = 1_000  # bytes that are not worth compressing


class Made(NamedTuple):
    body: bytes
    lasting: bool = True
    """Whether the same would be made again as long as the database does not change."""


@dataclass(frozen=True, slots=True)
class RenderedPage:
    tag: str
    """Its ETag, without quotes."""
    plain: bytes
    zipped: bytes
    """b"": not worth it."""

    @property
    def size(self) -> int:
        return len(self.plain) + len(self.zipped) + OVERHEAD


class Held(NamedTuple):
    page: RenderedPage
    mark: object
    """Of the database; None, which no database has: the page is not lasting."""
    since: float
    """Time by the event loop."""


class BusyError(Exception):
    """So many pages are waiting to be made that another has to wait too long."""


class Shelf:
    """Makes each page once, whoever asks for it meanwhile, and keeps those used last.

    A thread that makes a page reads the database for as long as that takes: so few of them, and no
    visitor holds one, however slowly he reads.
    """

    def __init__(self, database: Path, rest: timedelta, room: int = ROOM) -> None:
        """`rest`: how long a page is given out although the database has changed."""
        self.changes = Changes(database)
        self.rest = rest.total_seconds()
        self.room = room
        self.lock = Lock()
        self.held: OrderedDict[Hashable, Held] = OrderedDict()
        self.making: dict[Hashable, Future[RenderedPage]] = {}
        self.makers = ThreadPoolExecutor(AT_ONCE, "pages")

    async def page(self, key: Hashable, make: Callable[[], Made]) -> RenderedPage:
        """Raises BusyError, StoreError, and what `make` raises."""
        mark, now = self.changes.mark(), asyncio.get_running_loop().time()
        if held := self.present(key, mark, now):
            return held
        making = self.making.get(key)
        if making is None:
            if len(self.making) >= WAITING:
                raise BusyError
            making = self.making[key] = self.makers.submit(self.make, key, make, mark, now)
            making.add_done_callback(lambda _: self.making.pop(key, None))
        # Shielded: a visitor who leaves must not take the page from the others.
        return await asyncio.shield(asyncio.wrap_future(making))

    def present(self, key: Hashable, mark: object, now: float) -> RenderedPage | None:
        with self.lock:
            held = self.held.get(key)
            if held is None or (held.mark != mark and now - held.since >= self.rest):
                return None
            self.held.move_to_end(key)
            return held.page

    def make(self, key: Hashable, make: Callable[[], Made], mark: object, now: float) -> RenderedPage:
        body, lasting = make()
        zipped = gzip.compress(body, 6, mtime=0) if len(body) > SMALL else b""
        page = RenderedPage(hashlib.sha256(body).hexdigest()[:32], body, zipped)
        self.keep(key, Held(page, mark if lasting else None, now))
        return page

    def keep(self, key: Hashable, held: Held) -> None:
        with self.lock:
            before = self.held.pop(key, None)
            self.held[key] = held
            self.room -= held.page.size - (before.page.size if before else 0)
            while self.room < 0:
                _, old = self.held.popitem(last=False)
                self.room += old.page.size
