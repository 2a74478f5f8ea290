"""Days of the daemon in minutes: growing and hostile sources, readers, edits of the configuration, kills.

    python benchmarks/soak.py [--minutes 15] [--speed 100] [--feeds 200] [--kills 5]

The clock runs `--speed` times faster; beats and timeouts do not. First the daemon is left alone with its
readers, and its memory, descriptors and threads are sampled; then it is killed so many times. Prints the
samples, the growth after the first third, what `aggregator verify` says at the end, and files left behind.
"""

import argparse
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from fast_daemon import pretend_time
from made_feeds import NEWEST, STEP, address, document
from refresh import serving
from samples import Sample, report, sample

HERE = Path(__file__).parent
ENTRIES = 30
PAGES = (
    "feed.atom",
    "feed.rss",
    "feed.json",
    "",
    "sources",
    "search?q=ba",
    "search?q=zuster",
    "healthz",
    "metrics",
)
SAMPLE = 10  # seconds
HOSTILE = {
    "cut": document(9_001, ENTRIES)[:9_000],
    "page": b"<!doctype html><title>Not a feed</title>" + b"<p>x</p>" * 1_000,
    "blank": b" " * 3_000_000,
    "nothing": b"",
}


@dataclass(slots=True)
class Soak:
    folder: Path
    feeds: int
    speed: float
    port: int
    silent: int
    """A port that accepts and never answers."""
    began: float = field(default_factory=time.time)
    own_port: int = field(default_factory=lambda: free_port())
    answers: dict[int, int] = field(default_factory=dict)
    over: threading.Event = field(default_factory=threading.Event)
    edits: int = 0
    fresh: dict[int, int] = field(default_factory=dict)
    """New entries by feed."""

    @property
    def config(self) -> Path:
        return self.folder / "aggregator.toml"

    def configure(self) -> None:
        """Another tag at each call, and a source that comes and goes."""
        self.edits += 1
        urls = [address(feed, self.port) for feed in range(self.feeds)]
        urls += [f"http://127.9.9.{at}:{self.port}/{name}" for at, name in enumerate(HOSTILE, 1)]
        urls += [f"http://127.9.8.1:{self.silent}/", f"http://127.9.8.2:{free_port()}/"]
        if self.edits % 2:
            urls.append(address(self.feeds, self.port))
        lines = [
            f'[serve]\nport = {self.own_port}\nmetrics = true\n[fetch]\ntimeout = "5s"\npause = "0s"\n'
            f'allow_networks = ["127.0.0.0/8"]\nallow_ports = [1, 65535, {self.port}, {self.silent}]\n'
        ]
        tags = f'tags = ["edit{self.edits}"]'
        lines += [f'[[source]]\nname = "{url}"\nurl = "{url}"\n{tags}\n' for url in urls]
        new = self.config.with_suffix(".new")
        new.write_text("".join(lines), encoding="utf-8")
        new.replace(self.config)

    def grow(self, made: Path) -> None:
        """One entry more in five pretend hours, in each feed at its own minute."""
        passed = pretend_time(self.speed, self.began) - NEWEST
        for feed in range(self.feeds + 1):
            fresh = int((passed + timedelta(minutes=feed % 240)) / STEP)
            if self.fresh.get(feed) != fresh:
                self.fresh[feed] = fresh
                new = made / f"{feed}.new"
                new.write_bytes(document(feed, ENTRIES, fresh))
                new.replace(made / f"{feed}.xml")

    def start(self) -> "subprocess.Popen[bytes]":
        command = [
            sys.executable,
            str(HERE / "fast_daemon.py"),
            str(self.config),
            str(self.speed),
            str(self.began),
        ]
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)

    def read(self) -> None:
        """One reader, until the end; it keeps a connection that says nothing, too."""
        chance, idle = random.Random(threading.get_ident()), []
        while not self.over.wait(chance.uniform(0.05, 0.5)):
            url = f"http://127.0.0.1:{self.own_port}/{chance.choice(PAGES)}"
            try:
                with urllib.request.urlopen(url, timeout=20) as answer:
                    answer.read(chance.choice((100, 10_000_000)))
                    status = answer.status
            except urllib.error.HTTPError as e:
                status = e.code
            except OSError:
                status = 0
            self.answers[status] = self.answers.get(status, 0) + 1
            with suppress(OSError):
                idle = [*idle[-3:], socket.create_connection(("127.0.0.1", self.own_port), timeout=5)]

    def watch(self, made: Path, daemon: "subprocess.Popen[bytes]", minutes: float) -> Iterator[Sample]:
        end, turn = time.time() + minutes * 60, 0
        while time.time() < end:
            time.sleep(SAMPLE)
            turn += 1
            if daemon.poll() is not None:
                raise SystemExit((self.folder / "log").read_text(encoding="utf-8")[-1_000:])
            self.grow(made)
            if turn % 6 == 0:
                self.configure()
                daemon.send_signal(signal.SIGHUP)
            yield sample(daemon.pid, time.time() - self.began, self.folder / "var/aggregator.db-wal")

    def kill(self, made: Path, daemon: "subprocess.Popen[bytes]", kills: int) -> "subprocess.Popen[bytes]":
        chance = random.Random(1)
        for _ in range(kills):
            time.sleep(chance.uniform(3, 25))
            daemon.kill()
            daemon.wait()
            self.grow(made)
            daemon = self.start()
        time.sleep(2 * SAMPLE)
        return daemon


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


@contextmanager
def readers(soak: Soak, count: int) -> Iterator[None]:
    threads = [threading.Thread(target=soak.read) for _ in range(count)]
    for each in threads:
        each.start()
    try:
        yield
    finally:
        soak.over.set()
        for each in threads:
            each.join()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name, least in (("minutes", 15.0), ("speed", 100.0), ("feeds", 200), ("kills", 5), ("readers", 4)):
        parser.add_argument(f"--{name}", type=type(least), default=least)
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as made_at,
        tempfile.TemporaryDirectory() as work,
        socket.create_server(("", 0)) as silent,
        serving(Path(made_at)) as port,
    ):
        made, soak = Path(made_at), Soak(Path(work), given.feeds, given.speed, port, silent.getsockname()[1])
        for name, body in HOSTILE.items():
            (made / name).write_bytes(body)
        soak.grow(made)
        soak.configure()
        daemon = soak.start()
        time.sleep(SAMPLE)
        with readers(soak, given.readers):
            report(list(soak.watch(made, daemon, given.minutes)))
            daemon = soak.kill(made, daemon, given.kills)
            daemon.terminate()
            print(f"SIGTERM: exit code {daemon.wait(60)}")
        print(
            f"answers by status: {dict(sorted(soak.answers.items()))} (0: not reached, as while it is killed)"
        )
        print(f"pretend hours: {(pretend_time(soak.speed, soak.began) - NEWEST) / timedelta(hours=1):.0f}")
        print(
            "left over:",
            [str(each) for each in soak.folder.rglob("*") if each.suffix in (".new", ".tmp")] or "nothing",
        )
        subprocess.run(
            [sys.executable, "-m", "aggregator", "verify", "--config", str(soak.config)], check=False
        )
        print((soak.folder / "log").read_text(encoding="utf-8")[-1_000:])


if __name__ == "__main__":
    main()
