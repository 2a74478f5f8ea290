"""What systemd hears of a service: that it is up, that it lives, and that it ends."""

import os
import signal
import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from program import started
from running import Running
from shell import Shell

from aggregator.daemon.notify import notify
from aggregator.daemon.signs import STUCK

PATIENCE = 20


@pytest.fixture
def systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(tmp_path / "notify"))
        heard.settimeout(PATIENCE)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield heard


def test_a_state_is_one_datagram(systemd: socket.socket) -> None:
    notify("READY=1")
    assert systemd.recv(100) == b"READY=1"


def test_an_abstract_socket_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(f"\0aggregator-{os.getpid()}")
        heard.settimeout(PATIENCE)
        monkeypatch.setenv("NOTIFY_SOCKET", f"@aggregator-{os.getpid()}")
        notify("READY=1")
        assert heard.recv(100) == b"READY=1"


@pytest.mark.parametrize("place", ["", "/nowhere/notify", "x" * 300])
def test_where_nobody_listens_nothing_happens(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", place)
    notify("READY=1")


def test_a_daemon_that_is_stuck_shows_no_life(systemd: socket.socket, tmp_path: Path) -> None:
    running = Running(tmp_path)
    running.beat()
    running.daemon.show_life()
    assert systemd.recv(100) == b"WATCHDOG=1"
    running.daemon.signs.last -= STUCK
    running.daemon.show_life()
    notify("nothing in between")
    assert systemd.recv(100) == b"nothing in between"
    running.beat()
    running.daemon.show_life()
    assert systemd.recv(100) == b"WATCHDOG=1"
    running.runtime.pool.shutdown()


@pytest.mark.parametrize("command", ["run", "serve"])
def test_a_service_says_when_it_is_up_that_it_lives_and_when_it_ends(
    shell: Shell, systemd: socket.socket, command: str
) -> None:
    shell.run("fetch")
    with started(command, "--port", "0", "--config", shell.folder / "a.toml") as service:
        address = service.stdout.readline().split()[-1]
        assert systemd.recv(100) == b"READY=1"
        while systemd.recv(100) != b"WATCHDOG=1":
            pass
        urllib.request.urlopen(address, timeout=PATIENCE).close()  # a signal before that ends it at once
        service.send_signal(signal.SIGTERM)
        while systemd.recv(100) != b"STOPPING=1":
            pass
        assert service.wait() == 0
