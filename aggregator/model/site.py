"""Data for the pages, besides the stories themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from aggregator.model.document import Fault
from aggregator.model.grouping import Reason
from aggregator.model.output import Byline, Format
from aggregator.model.story import Report, Story
from aggregator.model.visit import Condition, VisitResult

Images = Literal["off", "direct"]


@dataclass(frozen=True, slots=True)
class Section:
    """An open output as pages name it."""

    name: str
    title: str
    description: str = ""
    formats: tuple[Format, ...] = ("atom", "rss", "json")
    paged: bool = True
    """It has a page, NAME.html: that of problems is the one on sources."""
    by_day: bool = True
    """In the order of days; else each story has its date."""


@dataclass(frozen=True, slots=True)
class Site:
    """Settings that all pages share."""

    title: str = "Stories"
    description: str = ""
    link: str = ""
    """Public address, ending in /."""
    language: str = ""
    timezone: str = "UTC"
    """The zone of all times and days on the pages: an IANA name."""
    icon: str = "icon.svg"
    """Name of its file."""
    styled: bool = False
    """With a style sheet of the operator's."""
    images: Images = "off"
    """direct: browsers load pictures from the publishers, who thus learn who reads."""
    feed: str = "feed"
    """Name of the main feed's files, without extension."""
    formats: tuple[Format, ...] = ("atom", "rss", "json")
    """Formats of the main feed."""
    byline: Byline = "text"
    source_tags: bool = False
    """Like byline, for the feeds of a search."""
    sections: tuple[Section, ...] = ()
    """The other open outputs."""
    paged: bool = False
    """Its stories have public pages."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What some stories have in common, with a page of them."""

    kind: Literal["language", "tag"]
    name: str
    """A language code, or the tag."""
    file: str
    """Name of its page below the output folder."""


@dataclass(frozen=True, slots=True)
class Highlights:
    """What the front page shows besides the newest stories. Most publishers first."""

    top: tuple[Story, ...] = ()
    """With a report of the last day."""
    before: tuple[Story, ...] = ()
    """Last reported earlier in the week."""
    topics: tuple[Topic, ...] = ()
    """That have a page."""


@dataclass(frozen=True, slots=True)
class ExplainedReport:
    """A report, and why it is in its story."""

    report: Report
    reason: Reason | None = None
    """With shared terms in the report's own words. None: it was placed elsewhere since the story was read."""
    other_title: str = ""
    """The title of the entry it was compared with; "" for none."""
    later: bool | None = None
    """Whether it is later than that entry; None: it is not in the story."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Another story that was merged into this one."""

    number: int
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ExplainedStory:
    """A story with its reports in order of arrival and the reasons for them."""

    story: Story
    reports: tuple[ExplainedReport, ...]
    joined: tuple[Joined, ...] = ()
    older: int | None = None
    """Number of the story before it that has a page."""
    newer: int | None = None


@dataclass(frozen=True, slots=True)
class LoggedVisit:
    """A visit as in the log."""

    at: datetime
    result: VisitResult
    status: int = 0
    added: int = 0
    fault: Fault | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class SourceStatus:
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
    condition: Condition
    trouble: str = ""
    """Why it is failing or has ended, in words."""
    detail: str = ""
    """What its server, or our resolver, said about that at the latest visit; in English."""
    visits: tuple[LoggedVisit, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item of a feed that somebody opened in a browser."""

    title: str
    url: str
    source: str
    published: datetime | None
    summary: str
    """Plain text, shortened."""
    language: str


@dataclass(frozen=True, slots=True)
class Results:
    """A query and its results."""

    asked: str
    stories: tuple[Story, ...] = ()
    more: bool = False
    """There may be older ones."""
    trouble: str = ""
    """Why there was no search, in words."""
