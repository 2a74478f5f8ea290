"""What is shown to people besides the stories themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from aggregator.model.document import Fault
from aggregator.model.grouping import Reason
from aggregator.model.output import Byline, Format
from aggregator.model.story import Report, Story
from aggregator.model.visit import VisitResult

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


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages have in common."""

    title: str = "Stories"
    description: str = ""
    link: str = ""
    """Public address, ending in /."""
    language: str = ""
    timezone: str = "UTC"
    """Of all times and days on the pages: an IANA name."""
    icon: str = "icon.svg"
    """Name of its file."""
    styled: bool = False
    """With a style sheet of the operator's."""
    images: Images = "off"
    """direct: browsers load pictures from the publishers, who so learn who reads."""
    feed: str = "feed"
    """Name of the main feed's files, without their endings."""
    formats: tuple[Format, ...] = ("atom", "rss", "json")
    """What the main feed is written as."""
    byline: Byline = "text"
    source_tags: bool = False
    """As byline, of the feeds of a search."""
    sections: tuple[Section, ...] = ()
    """The other open outputs."""
    paged: bool = False
    """Its stories have pages that the web can read."""


@dataclass(frozen=True, slots=True)
class Highlights:
    """What the front page shows besides the newest stories. Most publishers first."""

    top: tuple[Story, ...] = ()
    """With a report of the last day."""
    before: tuple[Story, ...] = ()
    """Last reported earlier in the week."""


@dataclass(frozen=True, slots=True)
class Told:
    """A report, and why it is in its story."""

    report: Report
    reason: Reason | None = None
    """With shared terms in the report's own words. None: it was placed elsewhere since the story was read."""
    other_title: str = ""
    """Of the entry it was compared with; "" for none."""
    later: bool | None = None
    """Than that entry; None: it is not in the story."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Another story that turned out to be this one."""

    number: int
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Account:
    """A story told from its first report to its last."""

    story: Story
    told: tuple[Told, ...]
    joined: tuple[Joined, ...] = ()
    older: int | None = None
    """Number of the story before it that has a page."""
    newer: int | None = None


@dataclass(frozen=True, slots=True)
class Logged:
    """A visit as the log keeps it."""

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
    """Its page for people, or ""."""
    host: str
    """Of its address; "" for local files, whose paths are nobody's business."""
    due: datetime | None
    """None: never again."""
    reason: str
    """Why the next visit is then."""
    answered: datetime | None
    """Its last visit that did not fail."""
    failures: int
    """In a row since."""
    ended: str
    """Why it is never visited again."""
    trouble: str = ""
    """What is wrong with it, in words."""
    visits: tuple[Logged, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """What was asked for, and what was found."""

    asked: str
    stories: tuple[Story, ...] = ()
    trouble: str = ""
    """Why nothing was looked for, in words."""
