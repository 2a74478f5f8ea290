"""The keys of aggregator.toml with their readers and defaults: the whole configuration reference."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from aggregator.config import addresses, values
from aggregator.config.values import Reader, within
from aggregator.model import Byline, Format, Images, Join, Notify, Output, Source

FORMATS: tuple[Format, ...] = ("atom", "rss", "json")
interval = within(values.duration, "1m", "31d")
reading_items = within(values.whole, 1, 10_000)
reading_archives = within(values.whole, 0, 1000)
reading_notify = values.one_of("never", "new-source", "material")
reading_byline = values.one_of("text", "title", "others")
reading_join = values.one_of("events", "copies", "nothing")
reading_formats = values.some(values.listed(values.one_of(*FORMATS), "formats"))


@dataclass(frozen=True, slots=True)
class Feed:
    title: Annotated[str, values.line] = "Stories"
    description: Annotated[str, values.line] = "Every story once, with all its reports."
    link: Annotated[str, addresses.site] = ""
    """Public address of the site, ending in /; it identifies the feeds."""
    language: Annotated[str, values.language] = ""
    timezone: Annotated[str, values.timezone] = "UTC"
    """Of the pages; feeds say times with their offset."""
    items: Annotated[int, reading_items] = 100
    archives: Annotated[int, reading_archives] = 10
    notify: Annotated[Notify, reading_notify] = "never"
    byline: Annotated[Byline, reading_byline] = "text"
    tags: Annotated[bool, values.switch] = False
    """Whether items have the tags of [[source]] as categories."""
    formats: Annotated[tuple[Format, ...], reading_formats] = FORMATS


@dataclass(frozen=True, slots=True)
class StoreSection:
    path: Annotated[Path, values.location] = Path("var/aggregator.db")
    backup: Annotated[Path | None, values.location] = None
    """Folder for the copies that the daemon makes."""
    backup_every: Annotated[timedelta, within(values.duration, "10m", "31d")] = timedelta(days=1)
    backup_keep: Annotated[int, within(values.whole, 1, 1000)] = 7
    keep: Annotated[timedelta | None, within(values.duration, "31d", "36500d")] = None
    """Age at which a story is pruned, by its latest report; at least the longest window."""
    keep_size: Annotated[int | None, within(values.size, "10MB", "10000GB")] = None
    """Size of the database from which the oldest stories are pruned."""


@dataclass(frozen=True, slots=True)
class Publish:
    folder: Annotated[Path, values.location] = Path("var/public")
    private: Annotated[Path, values.location] = Path("var/private")
    """For outputs with a secret. Must not be served by a web server, which would not ask for the secret."""
    hubs: Annotated[tuple[str, ...], values.listed(addresses.hub, "addresses")] = ()
    images: Annotated[Images, values.one_of("off", "direct")] = "off"
    """Pictures on the pages."""
    style: Annotated[Path | None, values.file_ending(".css")] = None
    """Of the operator, after our own."""
    icon: Annotated[Path | None, values.file_ending(".svg", ".png", ".ico")] = None


@dataclass(frozen=True, slots=True)
class Fetch:
    every: Annotated[timedelta, interval] = timedelta(hours=1)
    timeout: Annotated[timedelta, within(values.duration, "1s", "10m")] = timedelta(seconds=15)
    max_size: Annotated[int, within(values.size, "1kB", "1GB")] = 15_000_000
    """The same limit as in Miniflux and FreshRSS."""
    workers: Annotated[int, within(values.whole, 1, 500)] = 32
    pause: Annotated[timedelta, within(values.duration, "0s", "10m")] = timedelta(seconds=1)
    contact: Annotated[str, values.contact] = ""
    allow_networks: Annotated[tuple[str, ...], values.listed(addresses.network, "networks")] = ()
    allow_ports: Annotated[tuple[int, ...], values.listed(addresses.port, "numbers")] = ()
    websub: Annotated[bool, values.switch] = False
    proxy: Annotated[str, addresses.proxy] = field(default="", repr=False)
    """May contain a password."""


@dataclass(frozen=True, slots=True)
class Stories:
    window: Annotated[timedelta, within(values.duration, "1h", "31d")] = timedelta(hours=96)
    join: Annotated[Join, reading_join] = "events"
    """Applies to entries grouped from now on; published stories stay as they are."""


@dataclass(frozen=True, slots=True)
class Serve:
    host: Annotated[str, addresses.host] = "127.0.0.1"
    port: Annotated[int, within(values.whole, 0, 65535)] = 8080
    cache: Annotated[timedelta, within(values.duration, "0s", "31d")] = timedelta(minutes=5)
    metrics: Annotated[bool, values.switch] = False


@dataclass(frozen=True, slots=True)
class Work:
    cluster: Annotated[str, addresses.scheduler] = ""
    """Address of a Dask scheduler, whose workers make the visits."""


SOURCE: dict[str, Reader] = {
    "name": values.line,
    "url": addresses.web_start,
    "file": values.location,
    "folder": values.location,
    "pattern": values.line,
    "tags": values.listed(values.line, "texts"),
    "every": interval,
    "priority": within(values.whole, -100, 100),
    "join": reading_join,
    "headers": values.headers,
    "header_file": values.location,
    "user_agent": values.contact,
    "proxy": addresses.proxy,
    "full_text": values.switch,
    "site": addresses.site,
}

OUTPUT: dict[str, Reader] = {
    "name": values.slug,
    "title": values.line,
    "description": values.line,
    "language": values.language,
    "holds": values.one_of("stories", "problems"),
    "join": reading_join,
    "tags": values.listed(values.line, "texts"),
    "sources": values.listed(values.line, "texts"),
    "languages": values.listed(values.language, "texts"),
    "include": values.listed(values.rule, "texts"),
    "exclude": values.listed(values.rule, "texts"),
    "min_sources": within(values.whole, 1, 100),
    "per_source": within(values.whole, 0, 10_000),
    "max_age": within(values.duration, "1h", "3650d"),
    "items": reading_items,
    "archives": reading_archives,
    "order": values.one_of("newest story", "newest report", "most reported"),
    "notify": reading_notify,
    "byline": reading_byline,
    "formats": reading_formats,
    "token_file": values.location,
}


@dataclass(frozen=True, slots=True)
class Config:
    feed: Feed = field(default_factory=Feed)
    store: StoreSection = field(default_factory=StoreSection)
    publish: Publish = field(default_factory=Publish)
    fetch: Fetch = field(default_factory=Fetch)
    stories: Stories = field(default_factory=Stories)
    serve: Serve = field(default_factory=Serve)
    work: Work = field(default_factory=Work)
    sources: tuple[Source, ...] = ()
    outputs: tuple[Output, ...] = ()
    """The outputs in the file; the main one need not be among them."""
