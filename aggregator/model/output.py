"""What readers can subscribe to, as the configuration says it."""

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
    """Words or a regular expression, looked for in one part of a report or in all of them."""

    pattern: str
    """In RE2's syntax; words are escaped already."""
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """One feed of ours, in several formats. Filters that are empty let everything through."""

    name: str
    """Of its files and its address; its identity for ever."""
    title: str
    description: str
    language: str = ""
    holds: Holds = "stories"
    join: Join = "events"
    """Less than "events": what grouping joined further comes as several items."""
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    include: tuple[Rule, ...] = ()
    exclude: tuple[Rule, ...] = ()
    min_sources: int = 1
    """Publishers that do not belong to each other."""
    per_source: int = 0
    """Stories that one source may lead; 0: as many as there are."""
    max_age: timedelta | None = None
    """Before the newest story of all, so that the same data give the same feed at any time."""
    items: int = 100
    archives: int = 0
    """Documents of `items` stories each that are kept of the past."""
    order: Order = "newest story"
    notify: Notify = "never"
    byline: Byline = "text"
    """Where an item names its lead's publisher: at the end of its text, in its title as well, or nowhere; the
    text always lists the others."""
    source_tags: bool = False
    """Whether the operator's tags of a report's source are among its categories."""
    formats: tuple[Format, ...] = ("atom", "rss", "json")
    token_file: Path | None = None
    """Holds the secret without which it cannot be read."""
