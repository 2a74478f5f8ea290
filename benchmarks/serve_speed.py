"""Measures answers per second of one core of the server: a feed of 150 KB, whole and "not modified".

Counts the server's own CPU time: the client runs on another core and may be slower.

    python benchmarks/serve_speed.py [--seconds 3]
"""

import argparse
import multiprocessing
import os
import random
import selectors
import socket
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import uvicorn

from aggregator.publish.files import write
from aggregator.serve import Serving, app

SIZE = 150_000
CONNECTIONS = 16
WORDS = [f"word{number}" for number in range(3000)]


def feed() -> bytes:
    """A body that compresses about as well as a real feed."""
    chosen = random.Random(1)
    text = " ".join(chosen.choice(WORDS) for _ in range(SIZE // 7))
    return f"<feed>{text}".encode()[:SIZE]


def server(folder: Path, door: socket.socket) -> None:
    served = app(Serving(folder, folder / "none.db", timedelta(minutes=5)))
    config = uvicorn.Config(served, log_config=None, access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[door])


def ask(port: int, **headers: str) -> bytes:
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(["GET /feed.atom HTTP/1.1", f"host: 127.0.0.1:{port}", *lines, "", ""]).encode()


def answer(port: int, request: bytes) -> bytes:
    """One whole answer."""
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(request.replace(b"host:", b"connection: close\r\nhost:"))
        return b"".join(iter(lambda: line.recv(1 << 20), b""))


def load(port: int, request: bytes, length: int, seconds: float) -> int:
    """Number of answers of `length` bytes received in that time, over connections kept open."""
    choose = selectors.DefaultSelector()
    left: dict[socket.socket, int] = {}
    for _ in range(CONNECTIONS):
        line = socket.create_connection(("127.0.0.1", port))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        choose.register(line, selectors.EVENT_READ)
        left[line] = length
        line.sendall(request)
    buffer = bytearray(1 << 20)
    count, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        for key, _ in choose.select(1):
            line = key.fileobj
            left[line] -= line.recv_into(buffer)
            if left[line] <= 0:
                count += 1
                left[line] = length
                line.sendall(request)
    for line in left:
        line.close()
    return count


def spent(pid: int) -> float:
    """CPU seconds of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=3)
    seconds = options.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        write({"feed.atom": feed()}, Path(folder))
        door = socket.create_server(("127.0.0.1", 0))
        port = door.getsockname()[1]
        process = multiprocessing.get_context("fork").Process(target=server, args=(Path(folder), door))
        process.start()
        try:
            door.close()
            plain = answer(port, ask(port))
            tags = {}
            for name, more in (("whole", {}), ("whole, gzip", {"accept_encoding": "gzip"})):
                head = answer(port, ask(port, **more)).partition(b"\r\n\r\n")[0].decode().lower()
                tags[name] = head.partition("etag: ")[2].partition("\r\n")[0]
                measure(process.pid, port, name, ask(port, **more), seconds)
            known = ask(port, accept_encoding="gzip", if_none_match=tags["whole, gzip"])
            measure(process.pid, port, "not modified", known, seconds)
            assert len(plain) > SIZE
        finally:
            process.terminate()
            process.join()


def measure(pid: int, port: int, name: str, request: bytes, seconds: float) -> None:
    length = len(answer(port, request).replace(b"connection: close\r\n", b""))
    load(port, request, length, 0.3)
    before = spent(pid)
    count = load(port, request, length, seconds)
    cpu = spent(pid) - before
    print(
        f"{name:13} {length:7} bytes  {count / seconds:7.0f} /s  {count / cpu:7.0f} per CPU second",
        flush=True,
    )


if __name__ == "__main__":
    main()
