"""What grouping reads of an entry, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Join = Literal[
    "events",  # reports of one event are one story
    "copies",  # only the same item, page or text is
    "nothing",  # every entry is a story of its own
]


@dataclass(frozen=True, slots=True)
class Sketch:
    """What grouping knows of an entry."""

    entry: int
    """Row number: entries are placed in the order published, source, uid; ties end here."""
    source: str
    title: str
    text: str
    """Plain text; grouping reads the first words."""
    url: str
    """Canonical (tracking parameters removed), or ""."""
    published: datetime
    language: str = ""
    dated: bool = True
    """Whether `published` is evidence: not so when we or a build made it up."""
    publisher: str = ""
    """Who wrote it, where a source passes on what others write; "": the source itself."""
    attributed: bool = False
    """The source names the publisher, or is a pile of files: it is several publishers."""
    join: Join = "events"
    enclosures: tuple[str, ...] = ()
    """Addresses of recordings and files."""


Level = Literal[
    "alone",  # the entry founded its story
    "same item",  # the same source gave it a new id
    "same page",  # the same canonical address
    "same text",  # a wire story printed twice
    "same event",  # scored
    "ruling",  # a person said so
]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an entry is in its story, or what kept it out of the nearest one."""

    level: Level
    score: float = 0.0
    threshold: float = 0.0
    other: int | None = None
    """The entry it was compared with: the nearest member."""
    terms: tuple[str, ...] = ()
    """Shared telling terms, the most telling first."""
    gap: timedelta = timedelta()
    veto: str = ""
    """The guard that struck, in words."""


@dataclass(frozen=True, slots=True)
class Placement:
    entry: int
    story: int
    reason: Reason
    affair: int = 0
    """The affair of the story, named after its first story; 0: the story's own."""


Act = Literal[
    "split",  # an entry is taken out of a story
    "fold",  # a story goes into another
    "unite",  # an affair goes into another
    "part",  # two stories are kept apart
]


@dataclass(frozen=True, slots=True)
class Fold:
    """Two stories, or two affairs, turned out to be one: the younger goes into the older."""

    story: int
    into: int
    reason: Reason
    level: Literal["story", "affair"] = "story"
