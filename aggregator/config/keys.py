"""The keys of aggregator.toml, how each is read, and its default: the whole configuration reference."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from aggregator.config import values
from aggregator.config.values import Reader, within
from aggregator.model import Source

interval = within(values.duration, "1m", "31d")


@dataclass(frozen=True, slots=True)
class Feed:
    title: Annotated[str, values.line] = "Stories"
    description: Annotated[str, values.line] = "Every story once, with all its reports."
    link: Annotated[str, values.site] = ""
    """Public address of the site, ending in /; feeds name themselves by it."""
    language: Annotated[str, values.language] = ""
    items: Annotated[int, within(values.whole, 1, 10_000)] = 100


@dataclass(frozen=True, slots=True)
class StoreAt:
    path: Annotated[Path, values.location] = Path("var/aggregator.db")


@dataclass(frozen=True, slots=True)
class Publish:
    folder: Annotated[Path, values.location] = Path("var/public")
    hubs: Annotated[tuple[str, ...], values.listed(values.hub, "addresses")] = ()


@dataclass(frozen=True, slots=True)
class Fetch:
    every: Annotated[timedelta, interval] = timedelta(hours=1)
    timeout: Annotated[timedelta, within(values.duration, "1s", "10m")] = timedelta(seconds=15)
    max_size: Annotated[int, within(values.size, "1kB", "1GB")] = 15_000_000
    """What Miniflux and FreshRSS allow, too."""
    workers: Annotated[int, within(values.whole, 1, 500)] = 32
    pause: Annotated[timedelta, within(values.duration, "0s", "10m")] = timedelta(seconds=1)
    contact: Annotated[str, values.contact] = ""
    allow_networks: Annotated[tuple[str, ...], values.listed(values.network, "networks")] = ()
    allow_ports: Annotated[tuple[int, ...], values.listed(values.port, "numbers")] = ()
    websub: Annotated[bool, values.switch] = False


@dataclass(frozen=True, slots=True)
class Stories:
    window: Annotated[timedelta, within(values.duration, "1h", "31d")] = timedelta(hours=96)


@dataclass(frozen=True, slots=True)
class Serve:
    host: Annotated[str, values.host] = "127.0.0.1"
    port: Annotated[int, within(values.whole, 0, 65535)] = 8080
    cache: Annotated[timedelta, within(values.duration, "0s", "31d")] = timedelta(minutes=5)


SOURCE: dict[str, Reader] = {
    "name": values.line,
    "url": values.web,
    "file": values.location,
    "folder": values.location,
    "pattern": values.line,
    "tags": values.listed(values.line, "texts"),
    "every": interval,
}


@dataclass(frozen=True, slots=True)
class Config:
    feed: Feed = field(default_factory=Feed)
    store: StoreAt = field(default_factory=StoreAt)
    publish: Publish = field(default_factory=Publish)
    fetch: Fetch = field(default_factory=Fetch)
    stories: Stories = field(default_factory=Stories)
    serve: Serve = field(default_factory=Serve)
    sources: tuple[Source, ...] = ()
