"""Data for the pages, besides the stories themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from aggregator.model.document import Fault
from aggregator.model.output import Byline, Format
from aggregator.model.story import Report, Story
from aggregator.model.visit import VisitResult

Images = Literal["off", "direct"]


@dataclass(frozen=True, slots=True)
class Site:
    """Settings that all pages share."""

    title: str = "Stories"
    description: str = ""
    link: str = ""
    """Public address, ending in /."""
    language: str = ""
    images: Images = "off"
    """direct: browsers load pictures from the publishers, who thus learn who reads."""
    feed: str = "feed"
    """Name of the main feed's files, without extension."""
    formats: tuple[Format, ...] = ("atom", "rss", "json")
    """Formats of the main feed."""
    byline: Byline = "text"
    source_tags: bool = False
    """Like byline, for the feeds of a search."""
    paged: bool = False
    """Its stories have public pages."""


@dataclass(frozen=True, slots=True)
class Told:
    """A report, and why it is in its story, in words."""

    report: Report
    why: str
    first: bool = False
    """It was the first report of the story."""
    other: int = 0
    """Number of the entry that it was compared with; 0 for none."""
    other_title: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """Another story that was merged into this one."""

    number: int
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Account:
    """A story with its reports in order of arrival and the reasons for them."""

    story: Story
    told: tuple[Told, ...]
    joined: tuple[Joined, ...] = ()


@dataclass(frozen=True, slots=True)
class Logged:
    """A visit as in the log."""

    at: datetime
    result: VisitResult
    status: int = 0
    added: int = 0
    fault: Fault | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A source with its latest visits, oldest first."""

    name: str
    title: str
    url: str
    """Its website, or ""."""
    host: str
    """Host of its address; "" for local files, whose paths are private."""
    due: datetime | None
    """Next visit; None: never again."""
    reason: str
    """Why the next visit is due then."""
    answered: datetime | None
    """Its last visit that did not fail."""
    failures: int
    """Failures in a row since then."""
    ended: str
    """Why it is no longer visited, or ""."""
    trouble: str = ""
    """Its fault, in words."""
    visits: tuple[Logged, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """A query and its results."""

    asked: str
    stories: tuple[Story, ...] = ()
    trouble: str = ""
    """Why there was no search, in words."""
