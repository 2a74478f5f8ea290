"""Callbacks withstand strangers and hostile hubs."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fresh import fresh
from make import NOON
from starlette.testclient import TestClient

from aggregator.model import Hub, Source, Subscription
from aggregator.serve import Serving, app
from aggregator.store import Store
from aggregator.websub.callbacks import Callbacks
from aggregator.websub.events import Confirmed, Denied, Forged, Left, LookNow, Pushed
from aggregator.websub.queue import EventQueue
from aggregator.websub.signature import sign

TOPIC = "https://one.example/feed"
SIZE = 10_000
ROOM = 25_000


class Place:
    """A database with one requested subscription, and the server of its callback."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "a.db"
        self.rung = 0
        with Store(fresh(self.path)) as store, store.writing():
            store.sources.sync([Source("One", "url", TOPIC)], NOON)
            store.subscriptions.offered("One", Hub("https://hub.example/", TOPIC), NOON)
            (self.subscription,) = store.subscriptions.claim(NOON, "https://news.example/", 1)
        self.queue = EventQueue(ROOM, self.ring)
        self.app = app(
            Serving(
                folder,
                self.path,
                timedelta(),
                routes=Callbacks(self.path, self.queue, SIZE, 0.2, lambda: NOON).routes(),
            )
        )
        self.client = TestClient(self.app)
        self.url = "/websub/" + self.subscription.key

    def ring(self) -> None:
        self.rung += 1

    def set(self, state: str) -> None:
        with Store(fresh(self.path)) as store, store.writing():
            store.db.execute("UPDATE subscriptions SET state = ?, asked = NULL", [state])

    def verify(self, mode: str = "subscribe", **more: str) -> Any:
        query = {"hub.mode": mode, "hub.topic": TOPIC, "hub.challenge": "c4", "hub.lease_seconds": "864000"}
        return self.client.get(
            self.url, params=query | {"hub." + name: value for name, value in more.items()}
        )

    def push(self, body: bytes, **headers: str) -> Any:
        signed = "sha256=" + sign("sha256", self.subscription.secret, body)
        return self.client.post(self.url, content=body, headers={"x-hub-signature": signed} | headers)

    def events(self) -> list[str]:
        return [type(event).__name__ for event in self.queue.take()]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    yield Place(tmp_path)


def test_a_challenge_comes_back_as_text_and_nothing_else(place: Place) -> None:
    answer = place.verify(challenge="<script>alert(1)</script>")
    assert (answer.status_code, answer.text) == (200, "<script>alert(1)</script>")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert place.queue.take() == [Confirmed(place.subscription.key, timedelta(days=10))]


@pytest.mark.parametrize(
    ("mode", "more"),
    [
        ("unsubscribe", {}),
        ("publish", {}),
        ("subscribe", {"topic": "https://two.example/feed"}),
        ("subscribe", {"challenge": "x" * 1_100}),
        ("subscribe", {"challenge": "x" * 50_000}),
        ("subscribe", {"challenge": "a\r\nSet-Cookie: b"}),
        ("subscribe", {"lease_seconds": "0"}),
        ("subscribe", {"lease_seconds": "-1"}),
    ],
)
def test_what_we_did_not_ask_for_is_not_there(place: Place, mode: str, more: dict[str, str]) -> None:
    answer = place.verify(mode, **more)
    assert (answer.status_code, answer.text) == (404, "there is no such page\n")
    assert place.events() == []


def test_a_flood_of_verifications_changes_nothing_but_once(place: Place) -> None:
    place.set("live")
    assert {place.verify().status_code for _ in range(50)} == {200}
    assert place.events() == []


def test_a_refusal_and_a_farewell_are_handed_on(place: Place) -> None:
    assert place.verify("denied", reason="no").status_code == 200
    place.set("leaving")
    assert place.verify("unsubscribe").text == "c4"
    assert place.queue.take() == [Denied(place.subscription.key, "no"), Left(place.subscription.key)]


@pytest.mark.parametrize(
    "key", ["x", "x" * 43, "x" * 5000, "%00" * 43, "..%2f" * 10, "é" * 43, "' OR 1=1 --" * 4]
)
def test_an_address_of_nobody_is_not_there_and_nothing_is_read(place: Place, key: str) -> None:
    assert place.client.get(f"/websub/{key}").status_code == 404
    assert place.client.post(f"/websub/{key}", content=b"x" * 100_000).status_code in (404, 405)
    assert place.events() == []


def test_there_is_no_list_of_addresses(place: Place) -> None:
    for path in ("/websub", "/websub/"):
        assert place.client.get(path).status_code == 404


def test_without_hubs_there_is_no_such_address(place: Place, tmp_path: Path) -> None:
    client = TestClient(app(Serving(tmp_path, place.path, timedelta())))
    assert client.get(place.url).status_code == 404
    assert client.post(place.url, content=b"x").status_code == 404


def test_what_is_signed_lies_in_the_inbox_once(place: Place) -> None:
    assert place.push(b"<rss/>", **{"content-type": "application/rss+xml"}).status_code == 202
    (event,) = place.queue.take()
    assert isinstance(event, Pushed)
    assert (event.document.body, event.document.content_type) == (b"<rss/>", "application/rss+xml")
    assert place.rung == 1


@pytest.mark.parametrize("header", ["", "sha256=", "sha256=" + "0" * 64, "md5=0", "x" * 8000])
def test_what_is_not_signed_right_is_answered_like_the_rest(place: Place, header: str) -> None:
    right, wrong = place.push(b"<rss/>"), place.push(b"<rss/>", **{"x-hub-signature": header})
    assert (right.status_code, right.content, sorted(right.headers)) == (
        wrong.status_code,
        wrong.content,
        sorted(wrong.headers),
    )
    assert place.events() == ["Pushed", "Forged"]


def test_an_empty_body_and_another_topic_are_hints(place: Place) -> None:
    place.push(b"")
    place.push(b"<rss/>", link='<https://two.example/>; rel="self"')
    assert place.events() == ["LookNow", "LookNow"]


def test_an_announced_size_that_is_too_much_is_not_read(place: Place) -> None:
    for said in (str(SIZE + 1), "9" * 30, "-1", "x"):
        answer = place.client.post(place.url, content=b"x", headers={"content-length": said})
        assert answer.status_code == 413
    assert place.events() == []


def coming(chunk: bytes, count: int) -> Iterator[bytes]:
    for _ in range(count):
        yield chunk


def test_a_body_without_an_announced_size_is_cut_where_it_is_too_much(place: Place) -> None:
    assert place.client.post(place.url, content=coming(b"x" * 1000, 1000)).status_code == 413
    assert place.queue.room == ROOM


def test_bodies_have_room_together_and_give_it_back(place: Place) -> None:
    bodies = [bytes([65 + number]) * 9000 for number in range(3)]
    assert [place.push(body).status_code for body in bodies] == [202, 202, 503]
    assert place.queue.room == ROOM - 18_000
    for event in place.queue.take():
        place.queue.done(event)
    assert place.queue.room == ROOM
    assert place.push(bodies[2]).status_code == 202


def test_one_subscription_does_not_take_all_the_places(place: Place) -> None:
    answers = [place.push(b"<rss/>%d" % number) for number in range(6)]
    assert [answer.status_code for answer in answers] == [202] * 4 + [503] * 2
    assert answers[-1].headers["retry-after"] == "60"


def test_a_hub_that_floods_us_is_asked_to_wait(place: Place) -> None:
    statuses = []
    for number in range(40):
        statuses.append(place.push(b"<rss/>%d" % number).status_code)
        for event in place.queue.take():
            place.queue.done(event)
    assert statuses == [202] * 30 + [503] * 10
    assert place.queue.open(place.subscription.key, NOON + timedelta(minutes=1))


def test_a_full_queue_is_reported_to_the_hub(place: Place) -> None:
    while place.queue.put(LookNow("x")):
        pass
    assert place.push(b"<rss/>").status_code == 503
    assert place.queue.room == ROOM


def test_a_body_that_never_ends_is_given_up(place: Place) -> None:
    async def receive() -> dict[str, object]:
        if not started:
            started.append(True)
            return {"type": "http.request", "body": b"<rss", "more_body": True}
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    started: list[bool] = []
    sent: list[dict[str, Any]] = []
    scope = {"type": "http", "method": "POST", "path": place.url, "headers": [], "query_string": b""}
    asyncio.run(place.app(scope, receive, send))
    assert sent[0]["status"] == 408
    assert place.queue.room == ROOM
    assert place.queue.bodies.total() == 0


def test_a_hub_that_hangs_up_leaves_nothing(place: Place) -> None:
    async def receive() -> dict[str, object]:
        return {"type": "http.disconnect"}

    async def send(_: dict[str, object]) -> None:
        pass

    scope = {"type": "http", "method": "POST", "path": place.url, "headers": [], "query_string": b""}
    asyncio.run(place.app(scope, receive, send))
    assert place.queue.bodies.total() == 0


def test_who_is_leaving_is_gone(place: Place) -> None:
    place.set("leaving")
    assert place.push(b"<rss/>").status_code == 410


def test_a_database_that_cannot_be_read_is_no_reason_to_be_forgotten(place: Place) -> None:
    for each in list(place.path.parent.iterdir()):
        each.unlink()
    place.path.write_bytes(b"this is no database" * 100)
    assert place.push(b"<rss/>").status_code == 503


def test_events_do_not_print_their_key(place: Place) -> None:
    key: Subscription = place.subscription
    for event in (Forged(key.key), LookNow(key.key), Left(key.key), Denied(key.key, "")):
        assert key.key not in repr(event)
