"""The keys of aggregator.toml with their defaults: the whole configuration reference."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from aggregator.config.values import Contact, Network, Size
from aggregator.model import Source

NOBODY = Contact()
FIFTEEN_MB = Size(15_000_000)  # what Miniflux and FreshRSS allow, too


@dataclass(frozen=True, slots=True)
class Feed:
    title: str = "Stories"
    description: str = "Every story once, with all its reports."
    link: str = ""
    """Public address of the site, ending in /; feeds name themselves by it."""
    language: str = ""
    items: int = 100


@dataclass(frozen=True, slots=True)
class StoreAt:
    path: Path = Path("var/aggregator.db")


@dataclass(frozen=True, slots=True)
class Publish:
    folder: Path = Path("var/public")


@dataclass(frozen=True, slots=True)
class Fetch:
    every: timedelta = timedelta(hours=1)
    timeout: timedelta = timedelta(seconds=15)
    max_size: Size = FIFTEEN_MB
    workers: int = 32
    pause: timedelta = timedelta(seconds=1)
    contact: Contact = NOBODY
    allow_networks: tuple[Network, ...] = ()
    allow_ports: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Stories:
    window: timedelta = timedelta(hours=96)


@dataclass(frozen=True, slots=True)
class Serve:
    host: str = "127.0.0.1"
    port: int = 8080
    cache: timedelta = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Config:
    feed: Feed = field(default_factory=Feed)
    store: StoreAt = field(default_factory=StoreAt)
    publish: Publish = field(default_factory=Publish)
    fetch: Fetch = field(default_factory=Fetch)
    stories: Stories = field(default_factory=Stories)
    serve: Serve = field(default_factory=Serve)
    sources: tuple[Source, ...] = ()
