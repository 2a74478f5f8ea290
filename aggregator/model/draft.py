"""What a document says, in its own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from aggregator.model.push import NO_HUB, Hub


@dataclass(frozen=True, slots=True)
class Enclosure:
    url: str
    type: str = ""
    length: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry as the document says it: anything may be missing, wrong or unsafe."""

    uid: str = ""
    title: str = ""
    title_type: str = "text/html"
    url: str = ""
    summary: str = ""
    summary_type: str = "text/html"
    """text/plain is escaped, all else is cleaned as HTML."""
    body: str = ""
    body_type: str = "text/html"
    base: str = ""
    """What relative links in it start from."""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    published: datetime | None = None
    dated: bool = True
    """False: `published` is a file's own time, not what the document says."""
    updated: datetime | None = None
    image: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    language: str = ""
    comments: str = ""
    """URL of the discussion."""
    via_title: str = ""
    """atom:source or RSS source: whom a planet feed had it from."""
    via_url: str = ""
    dateline: str = ""
    """"MIAMI, Dec. 6 (Reuters)": kept out of the text."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a document asks to be read."""

    every: timedelta | None = None
    """The longest of ttl and sy:updatePeriod / updateFrequency."""
    skip_hours: tuple[int, ...] = ()
    """0 to 23, GMT."""
    skip_days: tuple[int, ...] = ()
    """Monday is 0."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document as its format says it."""

    format: str
    """"rss 2.0", "atom 1.0", "json feed 1.1", "jekyll", "dated text", "text", …"""
    drafts: tuple[Draft, ...] = ()
    title: str = ""
    url: str = ""
    language: str = ""
    rhythm: Rhythm = Rhythm()
    notes: tuple[str, ...] = ()
    """The doubts we had and the repairs we made, a line each."""
    hub: Hub = NO_HUB
    whole: bool = True
    """False: it breaks off, as the first note says; what was whole of it is here."""
