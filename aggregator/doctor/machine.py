"""The machine that we run on: its disks and its way to the network."""

import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue
from shlex import quote
from urllib.parse import urlsplit

from aggregator.config import Config, token_files
from aggregator.fetch.connection import Resolver, resolve_host
from aggregator.model import Finding, Source

LEAST = 200_000_000  # bytes free, or as many as the database has: a new version may have to copy tables
ASKED = 3  # hosts: that one of them is gone is its own affair


def free_bytes(path: Path) -> int:
    return shutil.disk_usage(path).free


def may_write(path: Path) -> bool:
    """Also False on a disk that is mounted read-only."""
    return os.access(path, os.W_OK | os.X_OK if path.is_dir() else os.W_OK)


@dataclass(frozen=True, slots=True)
class Machine:
    """How it is asked."""

    free: Callable[[Path], int] = free_bytes
    writable: Callable[[Path], bool] = may_write
    resolve: Resolver = resolve_host
    patience: float = 5
    """Seconds for all names together."""
    reach: Callable[[str], str] = lambda _: ""
    """Reads an address on the web; returns why it cannot be read as a feed, in words, or ""."""


def full_disks(config: Config, machine: Machine) -> Iterator[Finding]:
    """One line a disk, by the first folder on it."""
    database = config.store.path
    needed = max(LEAST, database.stat().st_size if database.exists() else 0)
    reported = set()
    for folder in (database.parent, config.publish.folder, config.publish.private):
        place = existing(folder)
        disk, free = place.stat().st_dev, machine.free(place)
        if free < needed and disk not in reported:
            reported.add(disk)
            room = f"{free / 1e6:.0f} MB are free on the disk of {place}"
            yield Finding(room, f"make room: {needed / 1e6:.0f} MB are needed now and then")


def unwritable(config: Config, machine: Machine) -> Iterator[Finding]:
    """The folders that we write to, the pages' own among them, and the database."""
    for path in dict.fromkeys(folders_written(config)):
        place = existing(path)
        if not place.is_dir():
            yield Finding(f"{place}: is a file, and should be a folder", "move it away")
        elif not machine.writable(place):
            above = "" if place == path else f"cannot be made, since {place} "
            yield closed(place, f"{path}: {above}cannot be written to")
    database = config.store.path
    if database.exists() and not machine.writable(database):
        yield closed(database, f"{database}: cannot be written to")


def folders_written(config: Config) -> Iterator[Path]:
    public = config.publish.folder
    yield config.store.path.parent
    yield public
    yield from (each for each in (public / "story", public / "source") if each.exists())
    if token_files(config):
        yield config.publish.private
    if config.store.backup:
        yield config.store.backup


def closed(place: Path, fault: str) -> Finding:
    return Finding(fault, f"give it to the user of the service: `chown -R USER {quote(str(place))}`")


def existing(path: Path) -> Path:
    """The path itself, or the nearest folder above it that exists."""
    return next(each for each in (path, *path.parents) if each.exists())


def unresolved(config: Config, machine: Machine) -> Iterator[Finding]:
    """A proxy resolves names itself."""
    urls = (each.address for each in config.sources if each.kind == "url" and not proxied(each, config))
    hosts = list(islice(dict.fromkeys(filter(None, (urlsplit(url).hostname for url in urls))), ASKED))
    if hosts and (why := trouble(hosts, machine)):
        yield Finding(
            f"no host name can be resolved ({', '.join(hosts)}: {why})",
            "see whether this machine is online, and what /etc/resolv.conf says",
        )


def proxied(source: Source, config: Config) -> bool:
    return bool(config.fetch.proxy if source.request.proxy is None else source.request.proxy)


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

    threading.Thread(target=ask, daemon=True).start()  # a resolver cannot be interrupted
    try:
        return answers.get(timeout=machine.patience)
    except Empty:
        return f"no answer in {machine.patience:.0f} seconds"
