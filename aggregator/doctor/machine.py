"""The machine that we run on: its disks and its way to the network."""

import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

from aggregator.config import Config
from aggregator.fetch.connection import Resolver, resolve_host
from aggregator.model import Finding

LEAST = 200_000_000  # bytes free, or as many as the database has: a new version may have to copy tables
ASKED = 3  # hosts: that one of them is gone is its own affair


def free_bytes(path: Path) -> int:
    return shutil.disk_usage(path).free


@dataclass(frozen=True, slots=True)
class Machine:
    """How it is asked."""

    free: Callable[[Path], int] = free_bytes
    resolve: Resolver = resolve_host
    patience: float = 5
    """Seconds for all names together."""
    reach: Callable[[str], str] = lambda _: ""
    """Reads an address on the web; returns why it cannot be read as a feed, in words, or ""."""


def full_disks(config: Config, machine: Machine) -> Iterator[Finding]:
    """One line a disk, by the first folder on it."""
    database = config.store.path
    needed = max(LEAST, database.stat().st_size if database.exists() else 0)
    told = set()
    for folder in (database.parent, config.publish.folder, config.publish.private):
        place = next(each for each in (folder, *folder.parents) if each.exists())
        disk, free = place.stat().st_dev, machine.free(place)
        if free < needed and disk not in told:
            told.add(disk)
            room = f"{free / 1e6:.0f} MB are free on the disk of {place}"
            yield Finding(room, f"make room: {needed / 1e6:.0f} MB are needed now and then")


def unresolved(config: Config, machine: Machine) -> Iterator[Finding]:
    urls = (source.address for source in config.sources if source.kind == "url")
    hosts = list(islice(dict.fromkeys(filter(None, (urlsplit(url).hostname for url in urls))), ASKED))
    if hosts and (why := trouble(hosts, machine)):
        yield Finding(
            f"no host name can be resolved ({', '.join(hosts)}: {why})",
            "see whether this machine is online, and what /etc/resolv.conf says",
        )


def trouble(hosts: Iterable[str], machine: Machine) -> str:
    """Why none of them has an address; "" when one has."""
    answers: SimpleQueue[str] = SimpleQueue()

    def ask() -> None:
        fault = ""
        for host in hosts:
            try:
                machine.resolve(host, 443)
            except (OSError, UnicodeError) as e:
                fault = getattr(e, "strerror", None) or "not a possible host name"
            else:
                fault = ""
                break
        answers.put(fault)

    threading.Thread(target=ask, daemon=True).start()  # a resolver cannot be told to give up
    try:
        return answers.get(timeout=machine.patience)
    except Empty:
        return f"no answer in {machine.patience:.0f} seconds"
