"""Requests without end, over real sockets."""

import socket
from contextlib import suppress
from urllib.parse import urlsplit

import httpx
import pytest
from loopback import PATIENCE, opened, serving
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def size(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


SIZES = Starlette(routes=[Route("/", size, methods=["GET", "POST"])])


def cut(url: str, start: bytes, endless: bytes) -> bool:
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=PATIENCE) as line:
        line.sendall(start)
        with suppress(ConnectionError):
            for _ in range(50):
                line.sendall(endless * (1_000_000 // len(endless)))
            return False
    return True


@pytest.mark.parametrize(
    ("start", "endless"),
    [
        (b"GET /", b"x"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX-Long: ", b"x"),
        (b"GET / HTTP/1.1\r\nHost: a\r\n", b"X-Many: x\r\n"),
        (b"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /", b"x"),
    ],
    ids=["an address", "a header", "headers", "a second request"],
)
def test_a_head_without_end_is_cut(start: bytes, endless: bytes) -> None:
    with serving(SIZES, opened()) as url:
        assert cut(url, start, endless)


def test_bodies_and_many_requests_on_one_connection_are_not_cut() -> None:
    with serving(SIZES, opened()) as url, httpx.Client() as client:
        assert client.post(url, content=b"x" * 2_000_000).text == "2000000"
        long = {"x-long": "x" * 30_000}
        assert [client.get(url, headers=long).text for _ in range(5)] == ["0"] * 5
