"""What is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aggregator.model.entry import Entry
from aggregator.model.output import Byline


@dataclass(frozen=True, slots=True)
class Report:
    """An entry with the name of who published it."""

    entry: Entry
    number: int
    """Row number of the entry, for commands."""
    source_title: str
    source_url: str
    """The source's page for people, or ""."""
    feed_url: str
    """The source's feed; "" for local files, whose paths are nobody's business."""
    tags: tuple[str, ...] = ()
    """What the configuration calls the source's subjects."""
    earlier: tuple[int, ...] = ()
    """Row numbers of its earlier versions, in whose place it stands: its source published it again."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another story of the same affair, as a story names it."""

    number: int
    guid: str
    title: str
    """Plain text, never empty."""
    url: str
    """Of the page its lead is on, or ""."""
    source: str
    """Who published its lead."""
    published: datetime
    language: str = ""
    """Of its lead."""


@dataclass(frozen=True, slots=True)
class Membership:
    """How a report came into its story."""

    entry: int
    story: int
    twin: int | None
    """The entry that it repeats: the same item, page or text."""
    came: datetime
    """When it was first seen."""
    guid: str = ""
    """Of the story it founded and came here with; "" when it founded none, or this one."""
    lead: int = 0
    """Of that story."""


@dataclass(frozen=True, slots=True)
class Story:
    """All reports on one event."""

    number: int
    """Row number, for commands; never used again."""
    guid: str
    """The id readers see; never changes."""
    published: datetime
    updated: datetime
    """What readers are told; moves by policy only."""
    changed: datetime
    """When anything in it last changed."""
    lead: Report
    others: tuple[Report, ...] = ()
    """Oldest first."""
    joined: datetime | None = None
    """When a publisher was last added that it did not have when it came out."""
    revised: datetime | None = None
    """When its lead was last rewritten in more than details."""
    related: tuple[Related, ...] = ()
    """Other stories of its affair: those nearest in time, oldest first."""


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
    """Whom readers may ask to push it."""
    private: bool = False
    """Its address holds a secret and must not be told."""
    archive: int | None = None
    """Number of an archive document (RFC 5005 §4); None: the feed itself."""
    query: str = ""
    """Behind its files' names in their addresses, as "?q=bridge"."""
    before: int | None = None
    """Number of the archive document with what came before; None: nothing did."""
    byline: Byline = "text"
    source_tags: bool = False
    """See Output."""
    paged: bool = False
    """Its stories have pages under its address that the web can read."""


def file_name(name: str, archive: int | None, format: str) -> str:
    """Of an output's feed, or of an archive document of it, below the site's address."""
    return f"{name}.{format}" if archive is None else f"{name}.archive-{archive}.{format}"
