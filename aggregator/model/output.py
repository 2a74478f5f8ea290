"""The feeds that readers can subscribe to, as configured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from aggregator.model.grouping import Join

Order = Literal["newest story", "newest report", "most reported"]
Notify = Literal["never", "new-source", "material"]
Byline = Literal["text", "title", "others"]
Format = Literal["atom", "rss", "json"]
Part = Literal["title", "text", "author", "category"]
Holds = Literal["stories", "problems"]


@dataclass(frozen=True, slots=True)
class Rule:
    """Words or a regular expression, searched in one part of a report or in all parts."""

    pattern: str
    """In RE2's syntax; words are already escaped."""
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """One of our feeds, in several formats. Empty filters let everything pass."""

    name: str
    """Name of its files and in its address; its permanent identity."""
    title: str
    description: str
    language: str = ""
    holds: Holds = "stories"
    join: Join = "events"
    """If less than "events", a story that grouping joined further becomes several items."""
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    include: tuple[Rule, ...] = ()
    exclude: tuple[Rule, ...] = ()
    min_sources: int = 1
    """Independent publishers that must report a story."""
    per_source: int = 0
    """Stories that one source may lead; 0: no limit."""
    max_age: timedelta | None = None
    """Relative to the newest of all stories, so that the same data yield the same feed at any time."""
    items: int = 100
    archives: int = 0
    """Archive documents that we keep, of `items` stories each."""
    order: Order = "newest story"
    notify: Notify = "never"
    byline: Byline = "text"
    """Where an item names its lead's publisher: at the end of its text, also in its title, or nowhere; the
    text always lists the others."""
    source_tags: bool = False
    """Whether its categories include the tags that the operator gave a report's source."""
    formats: tuple[Format, ...] = ("atom", "rss", "json")
    token_file: Path | None = None
    """File with the secret that readers need."""
