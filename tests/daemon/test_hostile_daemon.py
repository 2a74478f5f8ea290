"""The daemon with every endpoint of the hostile server as a source, and good ones among them."""

import json
import re
import signal
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import hostile
import pytest
from hostile import Server, serving
from lxml import etree
from pretend import item, rss
from program import PATIENCE, ended, started

from aggregator.store import Store

pytestmark = hostile.needed

GOOD = [f"Good {number}" for number in range(10)]
REFUSED = {"error", "blocked", "gone", "wait"}
FINE = {"ok", "moved", "not_modified"}
MALFORMED = ("99999", "not-an-address")  # no configuration takes them
MEMORY = 400  # MB: what the whole program may take; what it takes at rest is about a fourth of it
THREADS = 60


class Good(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        name = self.path.strip("/").replace("-", " ")
        body = rss(name, item(name, f"{name} has news of its own kind", f"All about {name}"))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@dataclass
class Daemon:
    """What was seen of it from start to end."""

    folder: Path
    endpoints: list[dict[str, Any]]
    health: dict[str, dict[str, Any]]
    feed: bytes
    unvisited_when_published: int
    """Hostile sources still to come when the good ones were out."""
    megabytes: int
    threads: int
    ended: int
    canary: list[Any]
    log: str

    def having(self, *outcomes: str) -> list[dict[str, Any]]:
        return [each for each in self.endpoints if each["expect"]["outcome"] in outcomes]


def configuration(server: Server, endpoints: list[dict[str, Any]], port: int) -> str:
    doors = json.dumps([*server.doors, f"127.0.0.1:{port}"])
    # All that each has, but for the one with 5,000 entries: they would be published again at every lull.
    lines = ['[[output]]\nname = "feed"\nitems = 10000\nper_source = 20']
    lines += [f'[fetch]\npause = "0s"\ntimeout = "2s"\nallow_networks = {doors}']
    lines += [source(each["path"], server.address(each)) for each in endpoints]
    lines += [source(name, f"http://127.0.0.1:{port}/{name.replace(' ', '-')}") for name in GOOD]
    return "\n".join(lines)


def source(name: str, url: str) -> str:
    return f"[[source]]\nname = {json.dumps(name)}\nurl = {json.dumps(url)}"


def run(folder: Path, server: Server, port: int) -> Daemon:
    endpoints = [each for each in hostile.endpoints() if not any(m in each["path"] for m in MALFORMED)]
    path = folder / "aggregator.toml"
    path.write_text(configuration(server, endpoints, port), encoding="utf-8")
    listed = folder / "listed"
    with (
        (folder / "log").open("w") as log,
        started("run", "--port", "0", "--config", path, err=log.fileno()) as daemon,
    ):
        url = daemon.stdout.readline().split()[-1]
        threading.Thread(target=daemon.stdout.read, daemon=True).start()
        until = time.monotonic() + PATIENCE
        feed, unvisited = b"", -1
        while time.monotonic() < until:
            waiting = len(endpoints) + len(GOOD) - visited(folder)
            feed = published(url)
            if unvisited < 0 and all(name.encode() in feed for name in GOOD):
                unvisited = waiting
            if not waiting and unvisited >= 0:
                break
            time.sleep(0.5)
        with listed.open("w") as file:
            assert ended("sources", "--json", "--config", path, out=file.fileno()).returncode == 0
        status = Path(f"/proc/{daemon.pid}/status").read_text()
        daemon.send_signal(signal.SIGTERM)
        return Daemon(
            folder=folder,
            endpoints=endpoints,
            health={each["name"]: each for each in json.loads(listed.read_text())},
            feed=feed,
            unvisited_when_published=unvisited,
            megabytes=number(status, "VmHWM") // 1024,
            threads=number(status, "Threads"),
            ended=daemon.wait(),
            canary=server.get("/_canary"),
            log=(folder / "log").read_text(),
        )


def visited(folder: Path) -> int:
    """How many sources, by the database: a command of ours would take longer to start than to ask."""
    with Store.reading(folder / "var/aggregator.db") as store:
        return sum(bool(each.result) for each in store.sources.health())


def published(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError:
        return b""  # not yet


def number(status: str, name: str) -> int:
    found = re.search(rf"{name}:\s+(\d+)", status)
    assert found
    return int(found[1])


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    if not Path("/proc/self/status").exists():
        pytest.skip("memory and threads are read from /proc")
    good = ThreadingHTTPServer(("127.0.0.1", 0), Good)
    threading.Thread(target=good.serve_forever, daemon=True).start()
    with serving() as server:
        yield run(tmp_path_factory.mktemp("hostile"), server, good.server_port)
    good.shutdown()
    good.server_close()


def test_good_sources_are_published_while_hostile_ones_go_on(daemon: Daemon) -> None:
    assert {daemon.health[name]["result"] for name in GOOD} <= {"fresh", "same"}
    assert daemon.unvisited_when_published > 0


def test_every_source_was_visited_and_none_showed_a_mistake_of_ours(daemon: Daemon) -> None:
    assert not [name for name, each in daemon.health.items() if not each["result"] or each["fault"] == "bug"]


def test_what_is_good_is_read_in_full(daemon: Daemon) -> None:
    for each in daemon.having(*FINE):
        health, expect = daemon.health[each["path"]], each["expect"]
        assert health["result"] in ("fresh", "same"), each["path"]
        if "entries" in expect and expect.get("fetches", 1) == 1:
            assert health["entries"] == expect["entries"], each["path"]
        if "title" in expect:
            assert health["title"] == expect["title"], each["path"]


def test_what_is_bad_brings_nothing(daemon: Daemon) -> None:
    for each in daemon.having(*REFUSED):
        health = daemon.health[each["path"]]
        assert (health["result"], health["entries"]) == ("failed", 0), each["path"]


def test_who_asks_for_a_wait_gets_it_and_who_is_gone_is_never_visited_again(daemon: Daemon) -> None:
    for each in daemon.having("wait"):
        health = daemon.health[each["path"]]
        wait = datetime.fromisoformat(health["due"]) - datetime.fromisoformat(health["visited"])
        assert wait >= timedelta(seconds=each["expect"].get("wait_s") or 600), each["path"]
    assert [daemon.health[each["path"]]["due"] for each in daemon.having("gone")] == [None]


def test_a_failing_source_says_what_happened_and_what_comes_next(daemon: Daemon) -> None:
    for each in daemon.having("error", "blocked"):
        reason = daemon.health[each["path"]]["reason"]
        assert re.match(r"failed once: [a-z].*; again after", reason), reason
        assert not re.search(r"bytearray|Error -|\[Errno|\\x|\n", reason), reason


def test_nothing_got_to_the_canary(daemon: Daemon) -> None:
    assert daemon.canary == []


def test_what_is_published_is_well_formed_and_harmless(daemon: Daemon) -> None:
    feed = etree.fromstring(
        (daemon.folder / "var/public/feed.atom").read_bytes(), etree.XMLParser(resolve_entities=False)
    )
    harmful = re.compile(r"<script|<[^>]+\son\w+\s*=|href=[\"']?\s*javascript:|root:x:0", re.IGNORECASE)
    for content in feed.iter("{*}content", "{*}summary"):
        assert not harmful.search(content.text or "")
    for link in feed.iter("{*}link"):
        assert re.match("https?://", link.get("href", "")), link.get("href")
    assert not harmful.search((daemon.folder / "var/public/index.html").read_text(encoding="utf-8"))


def test_nothing_is_written_elsewhere(daemon: Daemon) -> None:
    written = {str(path.relative_to(daemon.folder)) for path in daemon.folder.rglob("*") if path.is_file()}
    ours = re.compile(r"aggregator\.toml|log|listed|var/\.?aggregator\.db|var/public/[.a-z]+")
    assert all(ours.match(each) for each in written)


def test_memory_and_threads_are_bounded(daemon: Daemon) -> None:
    assert daemon.megabytes < MEMORY
    assert daemon.threads < THREADS


def test_the_log_has_no_traceback_and_the_end_is_in_order(daemon: Daemon) -> None:
    assert "Traceback" not in daemon.log
    assert daemon.ended == 0
