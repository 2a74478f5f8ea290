"""Connections that only take up room: how long they last, how many there are, and who goes first."""

import resource
import socket
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import uvicorn
from loopback import PATIENCE, opened, serving
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from uvicorn.server import ServerState

from aggregator.daemon.connections import (
    LEAST,
    LOOK,
    MOST,
    SLOW,
    STALLED,
    BoundedConnection,
    bounded,
    room,
)

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"


async def hello(_: Request) -> PlainTextResponse:
    return PlainTextResponse("hello")


HELLO = Starlette(routes=[Route("/", hello)])


@dataclass
class Transport:
    """What a connection does to its socket."""

    unsent: int = 0
    aborted: bool = False
    closing: bool = False

    def get_write_buffer_size(self) -> int:
        return self.unsent

    def abort(self) -> None:
        self.aborted = True

    def close(self) -> None:
        self.closing = True

    def is_closing(self) -> bool:
        return self.closing

    def get_extra_info(self, _: str) -> None:
        return None

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass


class Task:
    def add_done_callback(self, _: Callable[..., None]) -> None:
        pass


@dataclass
class Loop:
    """Time goes by when the test says so; the app never gets to answer by itself."""

    now: float = 0
    calls: list[tuple[float, Callable[[], None]]] = field(default_factory=list)

    def time(self) -> float:
        return self.now

    def call_later(self, seconds: float, act: Callable[[], None]) -> "Timer":
        call = (self.now + seconds, act)
        self.calls.append(call)
        return Timer(self, call)

    def create_task(self, work: Any, **_: object) -> Task:
        work.close()
        return Task()

    def pass_(self, seconds: float) -> None:
        until = self.now + seconds
        while due := sorted((call for call in self.calls if call[0] <= until), key=lambda call: call[0]):
            self.calls.remove(due[0])
            self.now, act = due[0]
            act()
        self.now = until


@dataclass
class Timer:
    loop: Loop
    call: tuple[float, Callable[[], None]]

    def cancel(self) -> None:
        if self.call in self.loop.calls:
            self.loop.calls.remove(self.call)


class Line:
    """One connection without a socket."""

    def __init__(self, loop: Loop, state: ServerState, most: int = 10) -> None:
        config = uvicorn.Config(HELLO, log_config=None)
        config.load()
        self.loop = loop
        self.transport = Transport()
        self.protocol: BoundedConnection = bounded(most)(
            config=config, server_state=state, app_state={}, _loop=loop
        )
        self.protocol.connection_made(self.transport)  # type: ignore[arg-type]

    def send(self, *data: bytes) -> None:
        for each in data:
            self.protocol.data_received(each)

    def answered(self) -> None:
        self.protocol.cycle.response_complete = True
        self.protocol.on_response_complete()


@pytest.fixture
def line() -> Line:
    return Line(Loop(), ServerState())


@pytest.mark.parametrize(
    "start", [b"", b"GE", GET[:-2], b"\r\n"], ids=["silent", "word", "head", "empty line"]
)
def test_a_request_that_does_not_come_ends_the_connection(line: Line, start: bytes) -> None:
    if start:
        line.send(start)
    line.loop.pass_(SLOW - 1)
    assert not line.transport.aborted
    line.loop.pass_(LOOK + 1)
    assert line.transport.aborted


@pytest.mark.parametrize(
    ("start", "drop"), [(b"GET / HTTP/1.1\r\n", b"X-More: x\r\n"), (b"", b"\r\n"), (GET, b"\r\n")]
)
def test_a_request_that_comes_in_drops_gets_no_more_time(line: Line, start: bytes, drop: bytes) -> None:
    if start:
        line.send(start)
    if start == GET:
        line.answered()
    for _ in range(int(SLOW + 2 * LOOK)):
        line.send(drop)
        line.loop.pass_(1)
    assert line.transport.aborted


def test_a_body_that_nobody_waits_for_ends_the_connection(line: Line) -> None:
    line.send(POST)
    line.answered()
    for _ in range(int(SLOW + 2 * LOOK)):
        line.send(b"x")
        line.loop.pass_(1)
    assert line.transport.aborted


def test_an_answer_that_takes_long_to_make_is_waited_for(line: Line) -> None:
    line.send(GET)
    line.loop.pass_(20 * SLOW)
    assert not line.transport.aborted


def test_an_answer_that_is_not_taken_ends_the_connection(line: Line) -> None:
    line.send(GET)
    line.transport.unsent = 100_000
    line.loop.pass_(STALLED - 1)
    assert not line.transport.aborted
    line.loop.pass_(2 * LOOK + 1)
    assert line.transport.aborted


def test_an_answer_that_is_taken_slowly_is_sent_to_its_end(line: Line) -> None:
    line.send(GET)
    for unsent in range(30, 0, -1):
        line.transport.unsent = unsent * 1000
        line.loop.pass_(STALLED / 2)
    assert not line.transport.aborted


def test_an_answer_that_only_the_kernel_sends_on_is_sent_to_its_end(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It asks for more when a third of its buffer is free: until then only its own queue grows shorter."""
    line.send(GET)
    line.transport.unsent = 100_000
    for held in range(20, 0, -1):
        monkeypatch.setattr(line.protocol, "queued", lambda held=held: held * 1000)
        line.loop.pass_(STALLED / 2)
    assert not line.transport.aborted


def test_the_kernel_says_what_it_holds() -> None:
    here, there = socket.socketpair()
    with here, there:
        here.setblocking(False)
        line = Line(Loop(), ServerState())
        monkey = line.protocol.transport
        monkey.get_extra_info = lambda _: here  # type: ignore[method-assign]
        here.send(b"x" * 1000)
        assert line.protocol.queued() > 0


def test_one_request_after_the_other_can_go_on_all_day(line: Line) -> None:
    for _ in range(100):
        line.send(GET)
        line.answered()
        line.loop.pass_(4)
    assert not line.transport.aborted


def test_a_lost_connection_is_looked_at_no_more(line: Line) -> None:
    line.protocol.connection_lost(None)
    assert line.loop.calls == []


def test_of_too_many_connections_the_one_that_waits_longest_goes() -> None:
    loop, state = Loop(), ServerState()
    lines = []
    for _ in range(4):
        lines.append(Line(loop, state, most=3))
        loop.pass_(1)
        if len(lines) == 1:
            lines[0].send(GET)  # is being answered
    assert [line.transport.aborted for line in lines] == [False, True, False, False]


def test_when_all_are_being_answered_the_newest_goes() -> None:
    loop, state = Loop(), ServerState()
    lines = [Line(loop, state, most=3) for _ in range(3)]
    for line in lines:
        line.send(GET)
    assert Line(loop, state, most=3).transport.aborted
    assert not any(line.transport.aborted for line in lines)


def test_readers_are_answered_while_others_take_every_place() -> None:
    with serving(HELLO, opened(), most=10) as url, ExitStack() as stack:
        host, port = url.removeprefix("http://").rstrip("/").split(":")
        silent = [
            stack.enter_context(socket.create_connection((host, int(port)), timeout=PATIENCE))
            for _ in range(50)
        ]
        assert [httpx.get(url).text for _ in range(5)] == ["hello"] * 5
        assert dropped(silent[0])


def dropped(line: socket.socket) -> bool:
    try:
        return line.recv(1) == b""
    except ConnectionError:
        return True


@pytest.mark.parametrize(
    ("limit", "workers", "expected"),
    [
        (1024, 32, MOST),
        (1024, 200, 324),
        (512, 32, 148),
        (256, 32, LEAST),
        (resource.RLIM_INFINITY, 32, MOST),
    ],
)
def test_descriptors_are_kept_back_for_visits_and_the_database(
    limit: int, workers: int, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (limit, limit))
    assert room(workers) == expected
