"""A refresh of many feeds beside other programs: cold (all is new), warm (304), partial (a tenth has news).

    python benchmarks/refresh.py [--feeds 500] [--entries 30] [--stages]

Prints CPU seconds and the most memory (PSS) of each program, and what it has stored. Beside ours run the
naive script, and `reader` (Python) and `newsboat` where they are installed. `--stages` prints where our own
seconds go instead. One run, one machine: compare the ratios.
"""

import argparse
import importlib.util
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from made_feeds import address, write_feeds, write_news
from stages import profile

HERE = Path(__file__).parent
NEW = 2  # entries in each feed with news
LOOK = 0.1  # seconds between two looks at the memory
READER = """
import sys
from reader import make_reader
reader = make_reader(sys.argv[1], feed_root=None)
for url in open(sys.argv[2]):
    reader.add_feed(url.strip(), exist_ok=True)
for _ in reader.update_feeds_iter(workers=20):
    pass
"""


@dataclass(frozen=True, slots=True)
class Program:
    name: str
    command: Callable[[Path], list[str]]
    """By the folder it works in, which has `urls`, one per line."""
    database: str
    rows: str
    """SQL that counts what it has stored."""


OURS = Program(
    "aggregator",
    lambda folder: [
        *(sys.executable, "-m", "aggregator", "fetch", "--all"),
        *("--config", str(folder / "aggregator.toml")),
    ],
    "ours.db",
    "SELECT count(*) FROM entries",
)
NAIVE = Program(
    "naive script",
    lambda folder: [sys.executable, str(HERE / "naive.py"), str(folder / "naive.db"), str(folder / "urls")],
    "naive.db",
    "SELECT count(*) FROM entries",
)
PEER_READER = Program(
    "reader",
    lambda folder: [sys.executable, "-c", READER, str(folder / "reader.db"), str(folder / "urls")],
    "reader.db",
    "SELECT count(*) FROM entries",
)
NEWSBOAT = Program(
    "newsboat",
    lambda folder: [
        *("newsboat", "-C", str(folder / "newsboat"), "-u", str(folder / "urls")),
        *("-c", str(folder / "newsboat.db"), "-x", "reload"),
    ],
    "newsboat.db",
    "SELECT count(*) FROM rss_item",
)


def installed() -> list[Program]:
    found = [OURS, NAIVE]
    if importlib.util.find_spec("reader"):
        found.append(PEER_READER)
    if shutil.which("newsboat"):
        found.append(NEWSBOAT)
    return found


def configure(folder: Path, feeds: int, port: int) -> None:
    urls = [address(feed, port) for feed in range(feeds)]
    (folder / "urls").write_text("\n".join(urls), encoding="utf-8")
    (folder / "newsboat").write_text("reload-threads 20\n", encoding="utf-8")
    head = (
        f'[store]\npath = "{OURS.database}"\n[publish]\nfolder = "public"\n[fetch]\npause = "0s"\n'
        f'allow_networks = ["127.0.0.0/8"]\nallow_ports = [{port}]\n'
    )
    sources = (f"[[source]]\nname = {json.dumps(url)}\nurl = {json.dumps(url)}\n" for url in urls)
    (folder / "aggregator.toml").write_text(head + "".join(sources), encoding="utf-8")


@contextmanager
def serving(folder: Path) -> Iterator[int]:
    command = [sys.executable, str(HERE / "made_feeds.py"), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            yield int(server.stdout.readline())
        finally:
            server.kill()


def measured(program: Program, folder: Path) -> tuple[float, float]:
    """CPU seconds of the process and its children, and MB (PSS) that they had at most."""
    most = 0.0
    # Compiled modules are kept, as in an installed program.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with (
        (folder / "said").open("wb") as said,
        subprocess.Popen(program.command(folder), stdout=said, env=env) as run,
    ):
        while True:
            pid, status, used = os.wait4(run.pid, os.WNOHANG)
            if pid:
                break
            most = max(most, memory(run.pid) + sum(map(memory, children(run.pid))))
            time.sleep(LOOK)
        run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode:
        sys.exit(f"{program.name}: ended with {run.returncode}")
    return used.ru_utime + used.ru_stime, most


def children(pid: int) -> list[int]:
    try:
        return [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except OSError:  # it has just ended
        return []


def memory(pid: int) -> float:
    """MB of the process, with its share of what several processes have in common."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("Pss:")), 0.0)


def stored(program: Program, folder: Path) -> int:
    with sqlite3.connect(folder / program.database) as database:
        return int(database.execute(program.rows).fetchone()[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--entries", type=int, default=30)
    parser.add_argument("--stages", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made, tempfile.TemporaryDirectory() as work:
        feeds, folder = Path(made), Path(work)
        write_feeds(feeds, given.feeds, given.entries)
        with serving(feeds) as port:
            configure(folder, given.feeds, port)
            for phase in ("cold", "warm", "partial"):
                if phase == "partial":
                    write_news(feeds, given.feeds, given.entries, NEW)
                if given.stages:
                    profile(phase, folder / "aggregator.toml")
                    continue
                for program in installed():
                    seconds, most = measured(program, folder)
                    count = stored(program, folder)
                    print(f"{phase:8} {program.name:13} {seconds:7.2f} s {most:5.0f} MB {count:7} entries")


if __name__ == "__main__":
    main()
