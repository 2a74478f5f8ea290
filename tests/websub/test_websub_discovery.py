"""How a source names its hub, and how forms are posted to hubs."""

import socket
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from web import NOW, web

from aggregator.fetch import post
from aggregator.fetch.client import Caps, Web
from aggregator.fetch.guard import guard
from aggregator.fetch.transport import Wire
from aggregator.model import Document, Hub, Job, Reply
from aggregator.visit.visit import VisitContext, visit

URL = "https://one.example/feed"
JOB = Job(source="One", kind="url", address=URL)
ATOM_LINK = 'xmlns:atom="http://www.w3.org/2005/Atom"'
ITEM = "<item><title>A bridge opens</title></item>"


def rss(links: str = "") -> bytes:
    return f'<rss version="2.0" {ATOM_LINK}><channel><title>T</title>{links}{ITEM}</channel></rss>'.encode()


def found(body: bytes, link: str = "", job: Job = JOB) -> Hub | None:
    headers = {"link": link} if link else {}
    client = web(lambda _: httpx.Response(200, content=body, headers=headers))
    harvest = visit(job, NOW, VisitContext(client))
    assert harvest.visit.result == "fresh"
    return harvest.hub


@pytest.mark.parametrize(
    ("body", "link", "hub"),
    [
        (rss(), "", Hub("", URL)),
        (
            rss('<atom:link rel="hub" href="https://h.example/"/><atom:link rel="self" href="/f"/>'),
            "",
            Hub("https://h.example/", "https://one.example/f"),
        ),
        (rss('<atom:link rel="hub" href="https://h.example/"/>'), "", Hub("https://h.example/", URL)),
        (
            b'<feed xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="https://h.example/"/>'
            b'<link rel="self" href="https://one.example/f"/><entry><title>A</title></entry></feed>',
            "",
            Hub("https://h.example/", "https://one.example/f"),
        ),
        (
            b'{"version": "https://jsonfeed.org/version/1.1", "title": "T", "feed_url": "/f", "items": [],'
            b' "hubs": [3, {"type": "rssCloud", "url": "https://no.example/"},'
            b' {"type": "WebSub", "url": "https://h.example/"}]}',
            "",
            Hub("https://h.example/", "https://one.example/f"),
        ),
        (
            rss('<atom:link rel="hub" href="https://inside.example/"/><atom:link rel="self" href="/f"/>'),
            "<https://header.example/>; rel=hub",
            Hub("https://header.example/", "https://one.example/f"),
        ),
    ],
    ids=["none", "rss", "rss without self", "atom", "json", "the header first"],
)
def test_a_source_names_its_hub(body: bytes, link: str, hub: Hub) -> None:
    assert found(body, link) == hub


def test_a_visit_that_reads_nothing_leaves_the_hub_unchanged() -> None:
    client = web(lambda _: httpx.Response(304, headers={"link": "<https://h.example/>; rel=hub"}))
    job = Job(source="One", kind="url", address=URL, etag='"a"')
    assert visit(job, NOW, VisitContext(client)).hub is None


def test_what_was_pushed_is_read_without_a_request_and_leaves_no_validators() -> None:
    body = rss('<atom:link rel="hub" href="https://h.example/"/>')
    asked: list[httpx.Request] = []
    client = web(lambda request: asked.append(request) or httpx.Response(500))
    job = Job(source="One", kind="url", address=URL, pushed=Document(body, URL, "application/rss+xml"))
    harvest = visit(job, NOW, VisitContext(client))
    assert [entry.title for entry in harvest.entries] == ["A bridge opens"]
    assert (asked, harvest.hub, harvest.fetched.etag, harvest.fetched.digest) == ([], None, "", "")


FORM = b"hub.mode=subscribe&hub.secret=shh"


def posted(handler: Callable[[httpx.Request], httpx.Response], url: str = "https://h.example/") -> Reply:
    return post(url, FORM, web(handler), NOW)


def test_a_form_arrives_as_it_is() -> None:
    asked: list[httpx.Request] = []
    reply = posted(lambda request: asked.append(request) or httpx.Response(202))
    (request,) = asked
    assert reply.good
    assert (request.method, request.content) == ("POST", FORM)
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert request.headers["content-length"] == str(len(FORM))


@pytest.mark.parametrize("status", [307, 308])
def test_a_hub_that_has_moved_is_asked_there(status: int) -> None:
    def hub(request: httpx.Request) -> httpx.Response:
        if request.url.host == "h.example":
            return httpx.Response(status, headers={"location": "https://other.example/"})
        assert request.content == FORM
        return httpx.Response(202)

    assert posted(hub).good


@pytest.mark.parametrize(
    "location", ["http://other.example/", "javascript:shh", "//", "", "https://h.example/", "ftp://shh/"]
)
def test_a_bad_redirect_is_a_fault_that_reveals_no_secret(location: str) -> None:
    reply = posted(lambda _: httpx.Response(307, headers={"location": location}))
    assert not reply.good
    assert "shh" not in reply.note


@pytest.mark.parametrize("status", [301, 302, 303, 400, 404, 500])
def test_what_is_no_success_is_a_fault_with_its_status(status: int) -> None:
    reply = posted(lambda _: httpx.Response(status, headers={"location": "https://other.example/"}))
    assert (reply.good, reply.status) == (False, status)
    assert str(status) in reply.note


def test_a_busy_hub_says_for_how_long() -> None:
    reply = posted(lambda _: httpx.Response(429, headers={"retry-after": "600"}))
    assert reply.wait
    assert reply.wait.total_seconds() == 600


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://10.0.0.1/", "https://[::1]/", "http://h.example:25/"]
)
def test_a_hub_in_a_private_network_is_not_asked(url: str) -> None:
    caps = Caps()
    with Web(Wire(guard(), caps.size, resolve=lambda *_: ["192.168.0.1"]), "test", caps) as client:
        reply = post(url, FORM, client, NOW)
    assert reply.status == 0
    assert reply.note.startswith("address: ")


def test_a_hub_that_never_answers_is_given_up_at_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        caps = Caps(deadline=timedelta(seconds=0.2))
        with Web(Wire(guard([f"127.0.0.1:{port}"]), caps.size), "test", caps) as client:
            reply = post(f"http://127.0.0.1:{port}/", FORM, client, NOW)
    assert (reply.status, reply.note.partition(":")[0]) == (0, "timeout")
