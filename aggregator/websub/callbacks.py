"""What hubs call: to verify that we want what we asked for, and to push (WebSub 5.3, 7).

An address that is not that of a subscription is answered like any other that is not there, and its body
is never read. Nothing here waits for the database's writer or for a document to be read.
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
from aggregator.websub.events import Confirmed, Denied, Forged, Hint, Left, Pushed
from aggregator.websub.queue import Inbox
from aggregator.websub.requests import PATH
from aggregator.websub.signature import genuine
from aggregator.websub.verification import Question, question, verdict

KEY = re.compile(r"[\w-]{43}", re.ASCII)
LONGEST_QUERY = 10_000  # characters: a topic, a challenge and a reason
HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
AGAIN = {"Retry-After": "60"}
CLOSE = {"Connection": "close"}
"""What is still coming is nothing that we want to read."""
Act = Callable[[Request, Subscription], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Callbacks:
    """`size`: bytes of one body; `seconds`: for it to come."""

    database: Path
    inbox: Inbox
    size: int
    seconds: float
    clock: Callable[[], datetime]

    def routes(self) -> list[Route]:
        path = f"/{PATH}{{key}}"
        acts = {"GET": self.verify, "POST": self.receive}
        return [Route(path, partial(self.told, act), methods=[method]) for method, act in acts.items()]

    async def told(self, act: Act, request: Request) -> Response:
        key = request.path_params["key"]
        if not KEY.fullmatch(key) or len(request.url.query) > LONGEST_QUERY:
            return unknown_callback()
        try:
            subscription = await run_in_threadpool(self.find, key)
        except StoreError:  # /healthz tells why; the hub tries again
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
        if said == "told":
            self.inbox.put(Denied(subscription.key, asked.reason))
            return plain_answer(200, "")
        self.note(subscription, asked)
        return plain_answer(200, asked.challenge)

    def note(self, subscription: Subscription, asked: Question) -> None:
        if asked.mode == "unsubscribe":
            self.inbox.put(Left(subscription.key))
        elif subscription.asked and asked.lease:
            self.inbox.put(Confirmed(subscription.key, asked.lease))

    async def receive(self, request: Request, subscription: Subscription) -> Response:
        if subscription.state == "leaving":
            return plain_answer(410, "not subscribed to any more")
        if not self.inbox.open(subscription.key, self.clock()):
            return plain_answer(503, "too much at once", AGAIN)
        coming = Coming(self.inbox, self.size)
        try:
            async with asyncio.timeout(self.seconds):
                body = await coming.read(request)
            if isinstance(body, Response):
                return body
            return await run_in_threadpool(self.take, subscription, request, coming, body)
        except TimeoutError:
            return plain_answer(408, "too slow", CLOSE)
        except ClientDisconnect:
            return plain_answer(400, "")
        finally:
            if not coming.handed_on:
                self.inbox.shut(subscription.key, coming.size)

    def take(self, subscription: Subscription, request: Request, coming: "Coming", body: bytes) -> Response:
        """A wrong signature is answered like a right one (7.1.2)."""
        topic = hub_of(request.headers.getlist("link"), subscription.hub.topic).topic
        if not genuine(request.headers.get("x-hub-signature", ""), subscription.secret, body):
            self.inbox.put(Forged(subscription.key))
        elif not body.strip() or topic not in ("", subscription.hub.topic):
            # What calls itself something else is not read; that it came is news all the same.
            self.inbox.put(Hint(subscription.key))
        else:
            type_ = request.headers.get("content-type", "")
            document = Document(body, subscription.hub.topic, type_)
            digest = hashlib.sha256(body).hexdigest()
            coming.handed_on = self.inbox.put(Pushed(subscription.key, document, digest, self.clock()))
            if not coming.handed_on:
                return plain_answer(503, "too much at once", AGAIN)
        return plain_answer(202, "")


@dataclass(slots=True)
class Coming:
    """A body as it comes: stopped as soon as it is too much."""

    inbox: Inbox
    limit: int
    size: int = 0
    handed_on: bool = False
    """It lies in the inbox, which is told when it is done with."""

    async def read(self, request: Request) -> bytes | Response:
        """A response when it is refused."""
        said = request.headers.get("content-length", "0")
        if not said.isdigit() or len(said) > 15 or int(said) > self.limit:
            return plain_answer(413, f"more than {self.limit} bytes", CLOSE)
        chunks = []
        async for chunk in request.stream():
            if self.size + len(chunk) > self.limit:
                return plain_answer(413, f"more than {self.limit} bytes", CLOSE)
            self.size += len(chunk)
            if not self.inbox.grow(len(chunk)):
                return plain_answer(503, "too much at once", AGAIN | CLOSE)
            chunks.append(chunk)
        return b"".join(chunks)


def plain_answer(status: int, words: str, headers: dict[str, str] | None = None) -> Response:
    """As text that no browser takes for anything else: a challenge comes from outside."""
    return PlainTextResponse(words, status_code=status, headers=HEADERS | (headers or {}))


def unknown_callback() -> Response:
    return plain_answer(404, "there is no such page\n")
