"""The content of a document, as parsed."""

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
class Transcript:
    url: str
    type: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Episode:
    """What podcast players show beside a recording."""

    seconds: int = 0
    """Its duration; 0 for unknown, as for all numbers here."""
    number: int = 0
    season: int = 0
    chapters: str = ""
    """URL of a document of chapters in JSON (podcast:chapters)."""
    transcripts: tuple[Transcript, ...] = ()


NO_EPISODE = Episode()


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry as in the document: anything may be missing, wrong or unsafe."""

    uid: str = ""
    title: str = ""
    title_type: str = "text/html"
    url: str = ""
    summary: str = ""
    summary_type: str = "text/html"
    """text/plain is escaped later; everything else is cleaned as HTML."""
    body: str = ""
    body_type: str = "text/html"
    base: str = ""
    """Base URL of its relative links."""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    published: datetime | None = None
    dated: bool = True
    """False: `published` is the file's modification time, not from the document."""
    updated: datetime | None = None
    image: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    episode: Episode = NO_EPISODE
    language: str = ""
    comments: str = ""
    """URL of the discussion."""
    via_title: str = ""
    """atom:source or RSS source: the feed from which a planet took it."""
    via_url: str = ""
    upstream: str = ""
    """Id of the story in which another aggregator lists it; "" otherwise."""
    text_key: str = ""
    """Fingerprint of its text, where that aggregator lists it without the text."""
    dateline: str = ""
    """"MIAMI, Dec. 6 (Reuters)"; not part of the text."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a document asks to be visited."""

    every: timedelta | None = None
    """The longest of ttl and sy:updatePeriod / updateFrequency."""
    skip_hours: tuple[int, ...] = ()
    """0 to 23, GMT."""
    skip_days: tuple[int, ...] = ()
    """Monday is 0."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed document of any format."""

    format: str
    """"rss 2.0", "atom 1.0", "json feed 1.1", "jekyll", "dated text", "text", …"""
    drafts: tuple[Draft, ...] = ()
    title: str = ""
    url: str = ""
    language: str = ""
    rhythm: Rhythm = Rhythm()
    notes: tuple[str, ...] = ()
    """Doubts and repairs, one per line."""
    hub: Hub = NO_HUB
    whole: bool = True
    """False: it is truncated, as the first note says; `drafts` has its whole entries."""
