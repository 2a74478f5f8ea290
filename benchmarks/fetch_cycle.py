"""One cycle over many pretend hosts on the loopback, 30 % of them failing: first fresh, then unchanged.

    python benchmarks/fetch_cycle.py --sources 10000 --workers 50

10 % do not resolve, 5 % refuse, 5 % drip, 5 % answer 500, 5 % send broken bytes. Prints CPU seconds,
peak memory and the most open files of the fetching process alone.
"""

import argparse
import asyncio
import os
import resource
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from aggregator.errors import SourceError
from aggregator.fetch import Caps, Web, fetch
from aggregator.fetch.guard import guard
from aggregator.fetch.transport import Wire
from aggregator.model import Fetched, Harvest, Job, Visit
from aggregator.plan import bundles
from aggregator.visit.pool import WorkerPool, gather

NOW = datetime(2026, 1, 1, tzinfo=UTC)
KINDS = ("dns", "dns", "refused", "slow", "error", "broken", *["good"] * 14)
ITEM = "<item><title>Entry {n}</title><guid>{n}</guid><description>{text}</description></item>"
BODY = "".join(ITEM.format(n=n, text="some words " * 40) for n in range(30))
FEED = f'<rss version="2.0"><channel><title>t</title>{BODY}</channel></rss>'.encode()


def answer(path: str, conditional: bool) -> bytes:
    if path.startswith("/error"):
        return b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"
    if path.startswith("/broken"):
        return b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!"
    if conditional:
        return b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n'
    head = b'HTTP/1.1 200 OK\r\nETag: "a"\r\nContent-Type: application/rss+xml\r\n'
    return head + b"Content-Length: %d\r\n\r\n" % len(FEED) + FEED


async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            path = head.split(b" ", 2)[1].decode()
            if path.startswith("/slow"):
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
                while True:
                    writer.write(b" ")
                    await writer.drain()
                    await asyncio.sleep(1)
            writer.write(answer(path, b"If-None-Match" in head))
            await writer.drain()
    except (ConnectionError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


async def serve() -> None:
    server = await asyncio.start_server(client, "127.0.0.1", 0, backlog=1000)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def resolve(host: str, _: int) -> list[str]:
    if host.startswith("dns"):
        raise OSError(-2, "Name or service not known")
    return ["127.0.0.1"]


class Watch(threading.Thread):
    """The most files open at one time, sampled ten times a second."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(0.1):
            self.most = max(self.most, len(list(Path("/proc/self/fd").iterdir())))


def jobs(count: int, port: int) -> list[Job]:
    made = []
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        at = 1 if kind == "refused" else port
        made.append(Job(str(number), "url", f"http://{kind}{number}.site{number}.example:{at}/{kind}"))
    return made


def hanging(count: int, port: int) -> list[Job]:
    hosts = (f"slow{number}.hangs{number}.example:{port}" for number in range(count))
    return [Job(host, "url", f"http://{host}/slow") for host in hosts]


def look(web: Web, job: Job, now: datetime) -> Harvest:
    try:
        fetched = replace(fetch(job, web, now), documents=())
        return Harvest(Visit(job.source, now, 0, "fresh", fetched.status), fetched=fetched)
    except SourceError as e:
        return Harvest(Visit(job.source, now, 0, "failed", e.status, fault=e.fault))


def cycle(web: Web, listed: list[Job], workers: int) -> tuple[dict[str, Fetched], Counter[str], float]:
    """Results of the good sources, faults of the others, and seconds until the last good one."""
    faults: Counter[str] = Counter()
    got: dict[str, Fetched] = {}
    start = last = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        workers = WorkerPool(partial(look, web), pool, workers, timedelta(), lambda: NOW, threading.Event())
        for step in filter(None, gather(bundles(listed), workers)):
            visit = step.harvest.visit
            if visit.fault:
                faults[visit.fault] += 1
            else:
                got[visit.source] = step.harvest.fetched
                last = time.perf_counter()
    return got, faults, last - start


def measured(name: str, web: Web, listed: list[Job], workers: int) -> dict[str, Fetched]:
    cpu, wall = time.process_time(), time.perf_counter()
    got, faults, last = cycle(web, listed, workers)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{name}: {len(got)} of {len(listed)} good, {dict(faults)}; {wall:.1f} s, "
        f"the last good one after {last:.2f} s, CPU {cpu:.2f} s = "
        f"{cpu / len(listed) * 1e6:.0f} µs per source; at most {memory} MB"
    )
    return got


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sources", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=50)
    parser.add_argument("--deadline", type=float, default=15, help="seconds")
    parser.add_argument("--only-good", action="store_true", help="without failing sources")
    parser.add_argument(
        "--hanging", type=int, default=0, help="replace failing sources by this many that never end"
    )
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        asyncio.run(serve())
        return
    with subprocess.Popen([sys.executable, __file__, "--serve"], stdout=subprocess.PIPE) as server:
        assert server.stdout
        port = int(server.stdout.readline())
        listed = jobs(given.sources, port)
        if given.only_good or given.hanging:
            listed = [job for job in listed if "good" in job.address]
        listed[:0] = hanging(given.hanging, port)
        watch = Watch()
        watch.start()
        caps = Caps(deadline=timedelta(seconds=given.deadline))
        wire = Wire(guard(["127.0.0.0/8"], [port, 1]), caps.size, resolve)
        print(f"{len(listed)} sources of {len(FEED)} bytes, {given.workers} workers, {os.cpu_count()} cores")
        with Web(wire, "story-aggregator-benchmark/1 (+https://example.org)", caps) as web:
            got = measured("fresh", web, listed, given.workers)
            again = [replace(job, etag=got[job.source].etag if job.source in got else "") for job in listed]
            measured("unchanged", web, again, given.workers)
        watch.ended.set()
        print(f"at most {watch.most} open files")
        server.terminate()


if __name__ == "__main__":
    main()
