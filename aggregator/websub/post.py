"""Sends requests to hubs: to many hubs simultaneously, to each hub one after another."""

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
class HubRequest(Generic[Item]):
    hub: str
    body: bytes = field(repr=False)
    """May hold a secret."""
    item: Item
    """The subscription or ping that the reply concerns."""


@dataclass(frozen=True, slots=True)
class HubClient:
    post: Post
    pool: Executor
    pause: timedelta
    """Between two requests to one hub."""
    clock: Callable[[], datetime]
    stop: Event


def hub_client(runtime: Runtime, pool: Executor) -> HubClient | None:
    """None if this runtime posts to no hub."""
    pause = runtime.config.fetch.pause
    return HubClient(runtime.post, pool, pause, runtime.clock, runtime.stop) if runtime.post else None


def deliver(requests: Iterable[HubRequest[Item]], client: HubClient) -> Iterator[tuple[Item, Reply]]:
    """Yields replies as they arrive; ends early when the client's `stop` is set."""
    hubs: dict[str, list[HubRequest[Item]]] = {}
    for request in requests:
        hubs.setdefault(request.hub, []).append(request)
    under_way = {client.pool.submit(deliver_to_one, each, client) for each in hubs.values()}
    while under_way and not client.stop.is_set():
        done, under_way = wait(under_way, timeout=GLANCE, return_when=FIRST_COMPLETED)
        for each in done:
            yield from each.result()


def deliver_to_one(requests: list[HubRequest[Item]], client: HubClient) -> list[tuple[Item, Reply]]:
    """Gives all remaining requests the same reply once the hub is unreachable, busy (429) or broken (5xx)."""
    replies: list[tuple[Item, Reply]] = []
    for request in requests:
        if client.stop.wait(client.pause.total_seconds() if replies else 0):
            break
        reply = client.post(request.hub, request.body, client.clock())
        replies.append((request.item, reply))
        if reply.status == 0 or reply.status == 429 or reply.status >= 500:
            replies += [(each.item, reply) for each in requests[len(replies) :]]
            break
    return replies
