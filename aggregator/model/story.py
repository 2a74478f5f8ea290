"""What is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aggregator.model.entry import Entry


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
