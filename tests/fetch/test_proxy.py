"""Visits through a proxy: what it is told, what it is never asked for, and how its refusals are reported."""

from collections.abc import Callable, Iterable
from typing import Any

import httpcore
import pytest
from web import AGENT, FEED, NOW

from aggregator.errors import SourceError
from aggregator.fetch import Caps, Web, fetch
from aggregator.fetch.guard import guard
from aggregator.fetch.transport import Wire
from aggregator.model import Fetched, Job, RequestSettings

PUBLIC, PROXY, INSIDE = "93.184.216.34", "10.0.0.9", "192.168.0.1"
HTTP, SOCKS, SOCKS_H = "http://10.0.0.9:3128", "socks5://10.0.0.9:1080", "socks5h://10.0.0.9:1080"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(FEED), FEED)
TUNNEL = b"HTTP/1.1 200 Connection established\r\n\r\n"
AGREED, BOUND = b"\x05\x00", b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"
DOWN = httpcore.ConnectError(OSError(111, "Connection refused"))
Answers = list[list[bytes] | Exception]


class Stream(httpcore.MockStream):
    """Gives its answers one after another, and records what is written and whether it was closed."""

    def __init__(self, answers: list[bytes]) -> None:
        super().__init__([])
        self.answers = list(answers)
        self.written = b""
        self.named = ""
        self.closed = False

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.written += buffer

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if not self.answers:
            return b""
        part, rest = self.answers[0][:max_bytes], self.answers[0][max_bytes:]
        self.answers[:1] = [rest] if rest else []
        return part

    def start_tls(self, *args: Any, **given: Any) -> httpcore.NetworkStream:
        self.named = args[1]
        return self

    def close(self) -> None:
        self.closed = True
        super().close()


class Sockets(httpcore.NetworkBackend):
    def __init__(self, answers: Answers) -> None:
        self.answers = iter(answers)
        self.connected: list[tuple[str, int]] = []
        self.streams: list[Stream] = []

    def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.NetworkStream:
        self.connected.append((host, port))
        answer = next(self.answers)
        if isinstance(answer, Exception):
            raise answer
        self.streams.append(Stream(answer))
        return self.streams[-1]


def resolving(**names: str) -> Callable[[str, int], list[str]]:
    table = {name.replace("_", "."): number for name, number in names.items()}

    def resolve(host: str, port: int) -> list[str]:
        if host not in table and host != PROXY:
            raise OSError("Name or service not known")
        return [table.get(host, host)]

    return resolve


def visit(
    sockets: Sockets,
    proxy: str,
    address: str = "https://news.example/feed",
    own: str | None = None,
    resolve: Callable[[str, int], list[str]] | None = None,
    networks: Iterable[str] = (),
) -> Fetched:
    resolve = resolve or resolving(news_example=PUBLIC)
    with Web(Wire(guard(networks), 10_000, resolve, sockets, proxy), AGENT, Caps()) as web:
        job = Job("News", "url", address, request=RequestSettings(proxy=own), home=address)
        return fetch(job, web, NOW)


def refused(sockets: Sockets, proxy: str, address: str, **given: Any) -> SourceError:
    with pytest.raises(SourceError) as caught:
        visit(sockets, proxy, address, **given)
    return caught.value


def test_an_http_proxy_in_a_private_network_is_asked_for_a_tunnel_to_the_name() -> None:
    sockets = Sockets([[TUNNEL, OK]])
    assert visit(sockets, "http://me:s%40cret@10.0.0.9:3128").documents[0].body == FEED
    (stream,) = sockets.streams
    assert sockets.connected == [(PROXY, 3128)]
    head, _, inside = stream.written.partition(b"\r\n\r\n")
    assert head.startswith(b"CONNECT news.example:443 HTTP/1.1\r\n")
    assert b"Proxy-Authorization: Basic bWU6c0BjcmV0" in head
    assert inside.startswith(b"GET /feed HTTP/1.1\r\n")
    assert b"Proxy-Authorization" not in inside
    assert stream.named == "news.example"


def test_a_plain_address_is_forwarded_whole() -> None:
    sockets = Sockets([[OK]])
    visit(sockets, HTTP, "http://news.example/feed")
    assert sockets.streams[0].written.startswith(b"GET http://news.example/feed HTTP/1.1\r\n")
    assert b"Host: news.example\r\n" in sockets.streams[0].written


@pytest.mark.parametrize(
    ("usual", "own", "connected"),
    [
        (HTTP, None, (PROXY, 3128)),
        (HTTP, "", (PUBLIC, 80)),
        ("", "http://10.0.0.9:8888", (PROXY, 8888)),
        (HTTP, "http://10.0.0.9:8888", (PROXY, 8888)),
    ],
)
def test_a_source_has_its_own_proxy_or_none(usual: str, own: str | None, connected: tuple[str, int]) -> None:
    sockets = Sockets([[OK]])
    visit(sockets, usual, "http://news.example/feed", own=own)
    assert sockets.connected == [connected]


@pytest.mark.parametrize("proxy", [HTTP, SOCKS, SOCKS_H])
@pytest.mark.parametrize(
    "address",
    [
        *("http://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest/", "http://news.example:22/"),
        *("http://127.1/", "http://0x7f000001/", "http://010.0.0.1/", "http://2130706433/"),
        *(
            "http://127.0.0.1./",
            "http://127.0.0.1%2e/",
            "http://1.0X7F.0.0.0x1../",
            "http://127.0.0.1%00.com/",
        ),
    ],
)
@pytest.mark.parametrize("resolves", [True, False])
def test_no_proxy_is_asked_for_a_private_number_or_a_forbidden_port(
    proxy: str, address: str, resolves: bool
) -> None:
    def numbers(host: str, port: int) -> list[str]:
        if not resolves and proxy != SOCKS:
            raise OSError("Name or service not known")
        return ["127.0.0.1"] if host != "news.example" else [PUBLIC]

    sockets = Sockets([])
    assert refused(sockets, proxy, address, resolve=numbers).fault == "address"
    assert sockets.connected == []


@pytest.mark.parametrize("proxy", [HTTP, SOCKS_H])
@pytest.mark.parametrize("host", ["localhost", "printer", "nas.local", "Router.LAN.", "meta.internal"])
def test_no_proxy_is_asked_for_a_name_of_a_private_network(proxy: str, host: str) -> None:
    sockets = Sockets([])
    fault = refused(sockets, proxy, f"http://{host}/")
    assert (fault.fault, "not on the public internet" in fault.note) == ("address", True)
    assert sockets.connected == []


@pytest.mark.parametrize("proxy", [HTTP, SOCKS])
def test_a_name_that_leads_into_a_private_network_here_is_refused(proxy: str) -> None:
    sockets = Sockets([])
    fault = refused(sockets, proxy, "http://evil.example/", resolve=resolving(evil_example=INSIDE))
    assert fault.note.endswith("192.168.0.1 is not on the public internet")
    assert sockets.connected == []


def test_a_redirect_through_a_proxy_passes_the_same_guard() -> None:
    moved = b"HTTP/1.1 302 Found\r\nLocation: http://inside.example/\r\nContent-Length: 0\r\n\r\n"
    sockets = Sockets([[moved]])
    names = resolving(news_example=PUBLIC, inside_example=INSIDE)
    assert refused(sockets, HTTP, "http://news.example/", resolve=names).fault == "address"
    assert len(sockets.connected) == 1


def test_allowed_networks_are_reached_through_a_proxy() -> None:
    sockets = Sockets([[OK], [OK]])
    names = resolving(nas_local=INSIDE)
    visit(sockets, HTTP, "http://nas.local/", resolve=names, networks=["192.168.0.0/16"])
    visit(sockets, HTTP, "http://printer.lan:81/", resolve=names, networks=["printer.lan:81"])
    assert len(sockets.connected) == 2


def test_a_machine_that_cannot_resolve_names_leaves_it_to_the_http_proxy() -> None:
    sockets = Sockets([[OK]])
    visit(sockets, HTTP, "http://news.example/", resolve=resolving())
    assert sockets.connected == [(PROXY, 3128)]


def test_socks5_is_given_the_checked_number_and_tls_the_name() -> None:
    sockets = Sockets([[AGREED, BOUND, OK]])
    assert visit(sockets, SOCKS).documents[0].body == FEED
    stream = sockets.streams[0]
    assert stream.written.startswith(b"\x05\x01\x00\x05\x01\x00\x01" + bytes([93, 184, 216, 34, 1, 187]))
    assert stream.named == "news.example"


def test_socks5h_is_given_the_name_and_nothing_is_looked_up_here() -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return [host]

    sockets = Sockets([[b"\x05\x02", b"\x01\x00", BOUND, OK]])
    visit(sockets, "socks5h://me:s%40cret@10.0.0.9:1080", resolve=resolve)
    assert asked == [PROXY]
    signed = b"\x05\x01\x02" + b"\x01\x02me\x06s@cret"
    assert sockets.streams[0].written.startswith(signed + b"\x05\x01\x00\x03\x0cnews.example\x01\xbb")


def test_answers_of_a_socks_proxy_may_come_in_pieces() -> None:
    whole = AGREED + b"\x05\x00\x00\x03\x05a.b.c\x00\x50"
    sockets = Sockets([[*(bytes([each]) for each in whole), OK]])
    assert visit(sockets, SOCKS_H, "http://news.example/").documents[0].body == FEED


@pytest.mark.parametrize(
    ("proxy", "answers", "said"),
    [
        (HTTP, [b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"], "the proxy answered 403 Forbidden"),
        (
            HTTP,
            httpcore.ConnectError(OSError(111, "Connection refused")),
            "the proxy cannot be reached: Connection refused",
        ),
        (SOCKS_H, [b"\x05\xff"], "the proxy requires a user and a password"),
        (SOCKS_H, [b"HT"], "the proxy does not speak SOCKS 5"),
        (SOCKS_H, [AGREED, b"\x05\x02\x00\x01"], "the proxy does not allow this connection"),
        (SOCKS_H, [AGREED, b""], "the proxy closed the connection"),
    ],
)
def test_a_proxy_that_refuses_is_named(proxy: str, answers: list[bytes] | Exception, said: str) -> None:
    sockets = Sockets([answers])
    fault = refused(sockets, proxy, "https://news.example/")
    assert (fault.fault, fault.note) == ("connect", said)
    assert all(stream.closed for stream in sockets.streams)


def test_a_refused_tunnel_takes_no_connection_from_the_next_visit() -> None:
    refusal = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"
    sockets = Sockets([[refusal], [refusal], [refusal], [TUNNEL, OK]])
    with Web(Wire(guard(), 10_000, resolving(), sockets, HTTP), AGENT, Caps()) as web:
        job = Job("News", "url", "https://news.example/")
        for _ in range(3):
            with pytest.raises(SourceError, match="503 Busy"):
                fetch(job, web, NOW)
        assert fetch(job, web, NOW).documents[0].body == FEED
