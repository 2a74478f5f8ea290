"""Input and output of grouping."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Join = Literal[
    "events",  # reports of one event are one story
    "copies",  # only reports with the same item, page or text are one story
    "nothing",  # every entry is a separate story
]


@dataclass(frozen=True, slots=True)
class Sketch:
    """The part of an entry that grouping uses."""

    entry: int
    """Row number: entries are placed in the order published, source, uid; it breaks ties."""
    source: str
    title: str
    text: str
    """Plain text; grouping uses the first words."""
    url: str
    """Canonical (tracking parameters removed), or ""."""
    published: datetime
    language: str = ""
    dated: bool = True
    """Whether `published` is evidence; False when we or a build made it up."""
    publisher: str = ""
    """Who wrote it, if the source relays other publishers; "": the source itself."""
    attributed: bool = False
    """The source names the publisher, or is a folder of files: it counts as several publishers."""
    join: Join = "events"
    enclosures: tuple[str, ...] = ()
    """URLs of recordings and files."""
    upstream: bool = False
    """It may be joined with what another aggregator puts into one story with it."""


Level = Literal[
    "alone",  # the entry founded its story
    "same item",  # the same source published it under a new id
    "same page",  # the same canonical address
    "same text",  # an agency report published twice
    "same story",  # another aggregator has put both into one story
    "same event",  # by its score
    "ruling",  # by a person's decision
]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an entry is in its story, or why it is not in the nearest one."""

    level: Level
    score: float = 0.0
    threshold: float = 0.0
    other: int | None = None
    """The entry that it was compared with: the nearest member."""
    terms: tuple[str, ...] = ()
    """Shared terms, the most distinctive first."""
    gap: timedelta = timedelta()
    veto: str = ""
    """The guard that vetoed it, in words."""


@dataclass(frozen=True, slots=True)
class Placement:
    entry: int
    story: int
    reason: Reason
    affair: int = 0
    """The story's affair, numbered like its first story; 0: an affair of its own."""


Act = Literal[
    "split",  # move an entry out of a story
    "fold",  # merge a story into another
    "unite",  # merge an affair into another
    "part",  # keep two stories apart
]


@dataclass(frozen=True, slots=True)
class Fold:
    """Two stories, or two affairs, turned out to be one: the younger is merged into the older."""

    story: int
    into: int
    reason: Reason
    level: Literal["story", "affair"] = "story"


Sameness = Literal["same item", "same page", "same text", "same story"]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An entry placed earlier, however long ago, that equals the new one in the respect of `level`."""

    entry: int
    story: int
    """Its present story, after following aliases; 0: it was pruned."""
    source: str
    title: str
    published: datetime
    level: Sameness
    """same item: only source and title are known to be equal."""
    text: str | None = None
    """None: unknown, except for what `level` implies; likewise for `url`."""
    url: str | None = None
    dated: bool = True
    enclosures: tuple[str, ...] = ()
    together: bool = False
    """It is in the document beside the new one, or both are files that are there."""
    moved: bool = False
    """The new one's document gave new ids to its older entries."""

    @property
    def pruned(self) -> bool:
        return not self.story

    @classmethod
    def of(cls, sketch: Sketch, story: int, level: Sameness) -> Duplicate:
        return cls(
            entry=sketch.entry,
            story=story,
            source=sketch.source,
            title=sketch.title,
            published=sketch.published,
            level=level,
            text=sketch.text,
            url=sketch.url,
            dated=sketch.dated,
            enclosures=sketch.enclosures,
        )
