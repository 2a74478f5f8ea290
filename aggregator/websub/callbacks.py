"""The callback that hubs call to verify a subscription and to push content (WebSub 5.3, 7).

A request for an unknown subscription gets the same 404 as any unknown address, and its body is never read.
Nothing here waits for the writer of the database or for the parser.
"""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from aggregator.errors import StoreError
from aggregator.fetch.links import hub_of
from aggregator.model import Document, Subscription
from aggregator.store import Store
from aggregator.websub.events import Confirmed, Denied, Forged, Left, LookNow, Pushed
from aggregator.websub.queue import EventQueue
from aggregator.websub.requests import PATH
from aggregator.websub.signature import genuine
from aggregator.websub.verification import Question, question, verdict

KEY = re.compile(r"[\w-]{43}", re.ASCII)
LONGEST_QUERY = 10_000  # characters: a topic, a challenge and a reason
HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
AGAIN = {"Retry-After": "60"}
CLOSE = {"Connection": "close"}
"""We do not read the rest of the body."""
Act = Callable[[Request, Subscription], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Callbacks:
    """`size`: most bytes of one body; `seconds`: the longest that it may take to arrive."""

    database: Path
    queue: EventQueue
    size: int
    seconds: float
    clock: Callable[[], datetime]

    def routes(self) -> list[Route]:
        path = f"/{PATH}{{key}}"
        acts = {"GET": self.verify, "POST": self.receive}
        return [Route(path, partial(self.respond, act), methods=[method]) for method, act in acts.items()]

    async def respond(self, act: Act, request: Request) -> Response:
        key = request.path_params["key"]
        if not KEY.fullmatch(key) or len(request.url.query) > LONGEST_QUERY:
            return unknown_callback()
        try:
            subscription = await run_in_threadpool(self.find, key)
        except StoreError:  # /healthz reports why; the hub tries again
            return plain_answer(503, "not now", AGAIN)
        return await act(request, subscription) if subscription else unknown_callback()

    def find(self, key: str) -> Subscription | None:
        with Store.reading(self.database) as store:
            return store.subscriptions.find(key)

    async def verify(self, request: Request, subscription: Subscription) -> Response:
        asked = question(request.query_params.multi_items())
        said = verdict(subscription, asked) if asked else "no"
        if asked is None or said == "no":
            return unknown_callback()
        if said == "denied":
            self.queue.put(Denied(subscription.key, asked.reason))
            return plain_answer(200, "")
        self.note(subscription, asked)
        return plain_answer(200, asked.challenge)

    def note(self, subscription: Subscription, asked: Question) -> None:
        if asked.mode == "unsubscribe":
            self.queue.put(Left(subscription.key))
        elif subscription.asked and asked.lease:
            self.queue.put(Confirmed(subscription.key, asked.lease))

    async def receive(self, request: Request, subscription: Subscription) -> Response:
        if subscription.state == "leaving":
            return plain_answer(410, "not subscribed to any more")
        if not self.queue.open(subscription.key, self.clock()):
            return plain_answer(503, "too busy", AGAIN)
        coming = Coming(self.queue, self.size)
        try:
            async with asyncio.timeout(self.seconds):
                body = await coming.read(request)
            if isinstance(body, Response):
                return body
            return await run_in_threadpool(self.accept, subscription, request, coming, body)
        except TimeoutError:
            return plain_answer(408, "too slow", CLOSE)
        except ClientDisconnect:
            return plain_answer(400, "")
        finally:
            if not coming.handed_on:
                self.queue.shut(subscription.key, coming.size)

    def accept(self, subscription: Subscription, request: Request, coming: "Coming", body: bytes) -> Response:
        """Answers a wrong signature like a right one (7.1.2)."""
        topic = hub_of(request.headers.getlist("link"), subscription.hub.topic).topic
        if not genuine(request.headers.get("x-hub-signature", ""), subscription.secret, body):
            self.queue.put(Forged(subscription.key))
        elif not body.strip() or topic not in ("", subscription.hub.topic):
            # We do not read content with another topic, but its arrival still tells us to look.
            self.queue.put(LookNow(subscription.key))
        else:
            type_ = request.headers.get("content-type", "")
            document = Document(body, subscription.hub.topic, type_)
            digest = hashlib.sha256(body).hexdigest()
            coming.handed_on = self.queue.put(Pushed(subscription.key, document, digest, self.clock()))
            if not coming.handed_on:
                return plain_answer(503, "too busy", AGAIN)
        return plain_answer(202, "")


@dataclass(slots=True)
class Coming:
    """Reads a body as it arrives and stops as soon as it is too large."""

    queue: EventQueue
    limit: int
    size: int = 0
    handed_on: bool = False
    """The body is in the queue, which frees its room after processing."""

    async def read(self, request: Request) -> bytes | Response:
        """The body, or the response that refuses it."""
        said = request.headers.get("content-length", "0")
        if not said.isdigit() or len(said) > 15 or int(said) > self.limit:
            return plain_answer(413, f"more than {self.limit} bytes", CLOSE)
        chunks = []
        async for chunk in request.stream():
            if self.size + len(chunk) > self.limit:
                return plain_answer(413, f"more than {self.limit} bytes", CLOSE)
            self.size += len(chunk)
            if not self.queue.grow(len(chunk)):
                return plain_answer(503, "too busy", AGAIN | CLOSE)
            chunks.append(chunk)
        return b"".join(chunks)


def plain_answer(status: int, words: str, headers: dict[str, str] | None = None) -> Response:
    """Plain text, so that no browser interprets a challenge, which is foreign content."""
    return PlainTextResponse(words, status_code=status, headers=HEADERS | (headers or {}))


def unknown_callback() -> Response:
    return plain_answer(404, "there is no such page\n")
