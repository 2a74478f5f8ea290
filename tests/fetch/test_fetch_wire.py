"""The transport resolves names once, checks the addresses, and connects to the checked ones."""

import threading
from collections.abc import Callable, Iterable
from typing import Any

import httpcore
import pytest
from web import AGENT, FEED, NOW

from aggregator.errors import SourceError
from aggregator.fetch import Caps, Web, fetch, transport
from aggregator.fetch.guard import guard
from aggregator.fetch.transport import Wire
from aggregator.model import Fetched, Job

PUBLIC, OTHER = "93.184.216.34", "93.184.216.35"


def ok(body: bytes = FEED, *headers: bytes) -> bytes:
    head = [b"HTTP/1.1 200 OK", b"Content-Length: %d" % len(body), *headers]
    return b"\r\n".join([*head, b"", body])


def moved(target: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode()


class Sockets(httpcore.NetworkBackend):
    """Replaces the network: records the connections, and each one returns the next of the answers."""

    def __init__(self, answers: Iterable[bytes | Exception]) -> None:
        self.answers = iter(answers)
        self.connected: list[tuple[str, int]] = []

    def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.NetworkStream:
        self.connected.append((host, port))
        answer = next(self.answers)
        if isinstance(answer, Exception):
            raise answer
        return httpcore.MockStream([answer])


def visit(
    sockets: Sockets,
    resolve: Callable[[str, int], list[str]],
    address: str = "http://news.example/",
    caps: Caps | None = None,
) -> Fetched:
    caps = caps or Caps()
    with Web(Wire(guard(), caps.size, resolve, sockets), AGENT, caps) as web:
        return fetch(Job(source="News", kind="url", address=address), web, NOW)


def refused(sockets: Sockets, resolve: Callable[[str, int], list[str]], **given: Any) -> SourceError:
    with pytest.raises(SourceError) as caught:
        visit(sockets, resolve, **given)
    return caught.value


def test_it_connects_to_the_address_and_not_to_the_name() -> None:
    sockets = Sockets([ok()])
    assert visit(sockets, lambda *_: [PUBLIC]).documents[0].body == FEED
    assert sockets.connected == [(PUBLIC, 80)]


def test_a_name_that_changes_its_address_after_the_check_gains_nothing() -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    sockets = Sockets([ok(), ok()])
    visit(sockets, rebinding)
    assert (sockets.connected, asked) == ([(PUBLIC, 80)], ["news.example"])
    assert refused(sockets, rebinding).fault == "address"
    assert sockets.connected == [(PUBLIC, 80)]


def test_of_several_addresses_only_the_public_ones_are_tried() -> None:
    sockets = Sockets([httpcore.ConnectError("refused"), ok()])
    visit(sockets, lambda *_: ["10.0.0.1", PUBLIC, "::1", OTHER])
    assert sockets.connected == [(PUBLIC, 80), (OTHER, 80)]


def test_every_redirect_is_judged() -> None:
    sockets = Sockets([moved("http://inside.example/")])
    names = {"news.example": [PUBLIC], "inside.example": ["192.168.0.1"]}
    assert refused(sockets, lambda host, _: names[host]).fault == "address"
    assert sockets.connected == [(PUBLIC, 80)]


def test_a_redirect_to_another_port_is_refused() -> None:
    sockets = Sockets([moved("http://news.example:6379/")])
    assert refused(sockets, lambda *_: [PUBLIC]).fault == "address"
    assert len(sockets.connected) == 1


@pytest.mark.parametrize(
    "host",
    ["127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "[::1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]"],
)
def test_no_spelling_of_the_loopback_gets_through_the_systems_own_resolver(host: str) -> None:
    sockets = Sockets([])
    with Web(Wire(guard(), 1000, sockets=sockets), AGENT) as web, pytest.raises(SourceError) as caught:
        fetch(Job(source="News", kind="url", address=f"http://{host}/"), web, NOW)
    assert (caught.value.fault, sockets.connected) == ("address", [])


def test_a_proxy_in_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:3128")
    sockets = Sockets([ok()])
    visit(sockets, lambda *_: [PUBLIC])
    assert sockets.connected == [(PUBLIC, 80)]


def test_a_name_that_does_not_resolve_is_a_dns_fault() -> None:
    def nowhere(host: str, port: int) -> list[str]:
        raise OSError(-2, "Name or service not known")

    assert refused(Sockets([]), nowhere).fault == "dns"


def test_a_name_that_cannot_be_one_is_a_dns_fault() -> None:
    with Web(Wire(guard(), 1000, sockets=Sockets([])), AGENT) as web, pytest.raises(SourceError) as caught:
        fetch(Job(source="News", kind="url", address=f"http://{'a' * 300}.invalid/"), web, NOW)
    assert caught.value.fault == "dns"


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (httpcore.ConnectError("Connection refused"), "connect"),
        (httpcore.ConnectTimeout("timed out"), "timeout"),
        (b"", "protocol"),
        (b"ICY 200 OK\r\n\r\n", "protocol"),
        (ok()[:-10], "protocol"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss/", "protocol"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<rss/", "protocol"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n<rss/>", "protocol"),
    ],
)
def test_broken_connections_have_a_name(answer: bytes | Exception, fault: str) -> None:
    assert refused(Sockets([answer]), lambda *_: [PUBLIC]).fault == fault


def test_a_refused_connection_is_reported_in_words() -> None:
    error = httpcore.ConnectError(ConnectionRefusedError(111, "Connection refused"))
    assert refused(Sockets([error]), lambda *_: [PUBLIC]).note == "Connection refused"


def test_a_flood_of_interim_answers_is_cut() -> None:
    flood = b"HTTP/1.1 103 Early Hints\r\n\r\n" * 60_000
    assert refused(Sockets([flood]), lambda *_: [PUBLIC], caps=Caps(size=1000)).fault == "size"


def test_a_connection_is_used_again_for_the_next_source_of_its_host() -> None:
    sockets = Sockets([ok() + ok()])
    jobs = [Job(source=name, kind="url", address=f"http://news.example/{name}") for name in "ab"]
    with Web(Wire(guard(), 10_000, lambda *_: [PUBLIC], sockets), AGENT) as web:
        sizes = [fetch(job, web, NOW).size for job in jobs]
    assert (sizes, len(sockets.connected)) == ([len(FEED), len(FEED)], 1)


@pytest.mark.parametrize("name", ["xn--ls8h.la", "xn--a.example"])
def test_a_name_that_is_no_valid_international_one_is_a_name_like_others(name: str) -> None:
    sockets = Sockets([moved(f"http://{name}/"), ok()])
    found = visit(sockets, lambda *_: [PUBLIC], address=f"http://{name}/feed")
    assert (found.status, found.answerer) == (200, f"http://{name}/")


def test_a_kept_connection_that_its_server_has_closed_costs_no_visit() -> None:
    sockets = Sockets([ok(), ok(), b"", b""])
    wire = Wire(guard(), 10_000, lambda *_: [PUBLIC], sockets)
    job = Job(source="News", kind="url", address="http://news.example/")
    with Web(wire, AGENT) as web:
        assert [fetch(job, web, NOW).status for _ in range(2)] == [200, 200]
        assert len(sockets.connected) == 2
        with pytest.raises(SourceError, match="closed without an answer"):
            fetch(job, web, NOW)
        with pytest.raises(SourceError, match="closed without an answer"):
            fetch(job, web, NOW)  # nothing was kept: no second attempt
        assert (len(sockets.connected), wire.busy, len(wire.idle)) == (4, {}, 0)


def test_idle_connections_are_bounded() -> None:
    sockets = Sockets(ok() for _ in range(100))
    wire = Wire(guard(), 10_000, lambda *_: [PUBLIC], sockets)
    with Web(wire, AGENT) as web:
        for number in range(100):
            fetch(Job(source="News", kind="url", address=f"http://host{number}.example/"), web, NOW)
        assert (len(wire.idle), len(wire.busy)) == (32, 0)


def test_many_threads_share_one_web() -> None:
    sockets = Sockets([ok(FEED, b"Connection: close")] * 400)  # a generator is not for many threads
    wire = Wire(guard(), 10_000, lambda *_: [PUBLIC], sockets)
    web = Web(wire, AGENT)
    sizes: list[int] = []

    def work(start: int) -> None:
        for number in range(start, start + 20):
            address = f"http://host{number % 7}.example/"
            sizes.append(fetch(Job(source="News", kind="url", address=address), web, NOW).size)

    threads = [threading.Thread(target=work, args=(20 * each,)) for each in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    web.close()
    assert (len(sizes), set(sizes), wire.busy) == (400, {len(FEED)}, {})


@pytest.mark.parametrize(("seconds", "left"), [(60.0, 3), (-1.0, 0)])
def test_idle_connections_are_closed_also_when_no_request_comes(
    seconds: float, left: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "IDLE_SECONDS", seconds)
    monkeypatch.setattr(transport, "SWEEP_SECONDS", 3_600)
    wire = Wire(guard(), Caps().size, lambda *_: [PUBLIC], Sockets([ok()] * 3))
    with Web(wire, AGENT, Caps()) as web:
        for number in range(3):
            fetch(Job(source="News", kind="url", address=f"http://news{number}.example/"), web, NOW)
        kept = [*wire.idle.values()]
        wire.sweep()

        assert len(wire.idle) == left
        closed = [isinstance(each, httpcore.HTTPConnection) and each.is_closed() for each in kept]
        assert closed == [not left] * 3
        assert bool(wire.sweeper) == bool(left)
