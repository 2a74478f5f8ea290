"""Stories and editions, ready for publishing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aggregator.model.entry import Entry
from aggregator.model.output import Byline


@dataclass(frozen=True, slots=True)
class Report:
    """An entry with the name of its publisher."""

    entry: Entry
    number: int
    """Row number of the entry, for commands."""
    source_title: str
    source_url: str
    """The source's website, or ""."""
    feed_url: str
    """The source's feed; "" for local files, whose paths are private."""
    tags: tuple[str, ...] = ()
    """The source's tags in the configuration."""
    earlier: tuple[int, ...] = ()
    """Row numbers of the earlier versions that it replaces, because its source published it again."""
    publisher: str = ""
    """Who published it: two sources of one owner count once."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another story of the same affair, as a story links to it."""

    number: int
    guid: str
    title: str
    """Plain text, never empty."""
    url: str
    """URL of its lead's page, or ""."""
    source: str
    """Publisher of its lead."""
    published: datetime
    language: str = ""
    """Language of its lead."""


@dataclass(frozen=True, slots=True)
class Membership:
    """How a report became part of its story."""

    entry: int
    story: int
    duplicate_of: int | None
    """The entry that it repeats: the same item, page or text."""
    came: datetime
    """When we first saw it."""
    guid: str = ""
    """Of the merged story that it founded; "" when it founded none, or this one."""
    lead: int = 0
    """The merged story's lead."""


@dataclass(frozen=True, slots=True)
class Story:
    """All reports on one event."""

    number: int
    """Row number, for commands; never reused."""
    guid: str
    """The id that readers see; never changes."""
    published: datetime
    updated: datetime
    """The update time that readers see; changes only by the `notify` policy."""
    changed: datetime
    """When anything in it last changed."""
    lead: Report
    others: tuple[Report, ...] = ()
    """Oldest first."""
    joined: datetime | None = None
    """When a new publisher was last added after its publication."""
    revised: datetime | None = None
    """When the text of its lead last changed materially."""
    related: tuple[Related, ...] = ()
    """Other stories of its affair, the nearest in time; oldest first."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One merged feed, ready to be rendered."""

    name: str
    guid: str
    title: str
    description: str
    link: str
    """Public address of the site, ending in /."""
    language: str
    updated: datetime
    stories: tuple[Story, ...] = ()
    hubs: tuple[str, ...] = ()
    """Hubs where readers can subscribe to pushes."""
    private: bool = False
    """Readable only with a token: no self, hub or archive link may reveal its address."""
    archive: int | None = None
    """Number of an archive document (RFC 5005 §4); None: the feed itself."""
    query: str = ""
    """Appended to its files' addresses, such as "?q=bridge"."""
    before: int | None = None
    """Number of the preceding archive document; None for none."""
    byline: Byline = "text"
    source_tags: bool = False
    """See Output."""
    paged: bool = False
    """Its stories have public pages below `link`."""


def file_name(name: str, archive: int | None, format: str) -> str:
    """Name of an output's feed, or of one of its archive documents, below the site's address."""
    return f"{name}.{format}" if archive is None else f"{name}.archive-{archive}.{format}"
