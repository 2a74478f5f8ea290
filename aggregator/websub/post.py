"""Forms to hubs: many hubs at once, what is for one of them one after another."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from typing import Generic, TypeVar

from aggregator.model import Reply
from aggregator.runtime import Post, Runtime

Item = TypeVar("Item")
GLANCE = 0.5  # seconds after which a stop is noticed


@dataclass(frozen=True, slots=True)
class Form(Generic[Item]):
    hub: str
    body: bytes = field(repr=False)
    """Holds a secret, perhaps."""
    item: Item
    """Whom the reply concerns."""


@dataclass(frozen=True, slots=True)
class Carrier:
    post: Post
    pool: Executor
    pause: timedelta
    """Between two forms to one hub."""
    clock: Callable[[], datetime]
    stop: Event


def carrier_of(runtime: Runtime, pool: Executor) -> Carrier | None:
    """None where no hub is posted to."""
    pause = runtime.config.fetch.pause
    return Carrier(runtime.post, pool, pause, runtime.clock, runtime.stop) if runtime.post else None


def deliver(forms: Iterable[Form[Item]], carrier: Carrier) -> Iterator[tuple[Item, Reply]]:
    """Replies as they come; ends early when the carrier is told to stop."""
    hubs: dict[str, list[Form[Item]]] = {}
    for form in forms:
        hubs.setdefault(form.hub, []).append(form)
    under_way = {carrier.pool.submit(deliver_to_one, each, carrier) for each in hubs.values()}
    while under_way and not carrier.stop.is_set():
        done, under_way = wait(under_way, timeout=GLANCE, return_when=FIRST_COMPLETED)
        for each in done:
            yield from each.result()


def deliver_to_one(forms: list[Form[Item]], carrier: Carrier) -> list[tuple[Item, Reply]]:
    """A hub that cannot be reached, or is busy or broken, is asked nothing more this time."""
    replies: list[tuple[Item, Reply]] = []
    for form in forms:
        if carrier.stop.wait(carrier.pause.total_seconds() if replies else 0):
            break
        reply = carrier.post(form.hub, form.body, carrier.clock())
        replies.append((form.item, reply))
        if reply.status == 0 or reply.status == 429 or reply.status >= 500:
            replies += [(each.item, reply) for each in forms[len(replies) :]]
            break
    return replies
