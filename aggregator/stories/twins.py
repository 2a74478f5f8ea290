"""Entries that are known to be the same before anything is compared: equal page, equal text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

from aggregator.model import Sketch
from aggregator.stories.marks import conflict, marks, skeleton
from aggregator.stories.settings import Settings
from aggregator.text import terms

Sameness = Literal["same item", "same page", "same text"]
ORDER: tuple[Sameness, ...] = ("same item", "same page", "same text")
REDATED = timedelta(days=1)
NEXT_ISSUE = timedelta(hours=20)
"""From here on the same title at the same address is the next issue ("Daily briefing")."""
LONG = 40
"""Words of text that a source does not print twice by habit: below it, a text that returns on another
day under the same title may be the standing text of a series ("Open thread: talk about anything")."""


@dataclass(frozen=True, slots=True)
class Twin:
    """An entry placed earlier, however long ago, that equals the new one in `level`."""

    entry: int
    story: int
    """Where it is now: aliases followed."""
    source: str
    title: str
    published: datetime
    level: Sameness


def twin_of(sketch: Sketch, twins: Iterable[Twin], settings: Settings, repeated: bool = False) -> Twin | None:
    """The twin that proves a story, the strongest and then the earliest.

    `repeated`: the source has used this title for some time.
    """
    ranked = sorted(twins, key=lambda twin: (ORDER.index(twin.level), twin.published, twin.entry))
    return next((twin for twin in ranked if proves(sketch, twin, settings, repeated)), None)


def proves(sketch: Sketch, twin: Twin, settings: Settings, repeated: bool) -> bool:
    gap = abs(sketch.published - twin.published)
    if twin.level == "same item":
        return True
    if twin.level == "same page":
        if repeated and gap >= NEXT_ISSUE and sketch.source == twin.source and sketch.title == twin.title:
            return False
        return same_page(sketch, twin, gap <= settings.window)
    return same_text(sketch, twin, gap, settings)


def same_page(sketch: Sketch, twin: Twin, near: bool) -> bool:
    """Not so for a front page, nor for an address under which a source prints one thing after another."""
    parts = urlsplit(sketch.url)
    if parts.path in {"", "/"} and not parts.query:
        return False
    if sketch.title == twin.title:
        return near or sketch.source == twin.source
    if sketch.source != twin.source:
        return near
    same_marks = not conflict(marks(sketch.title), set(marks(twin.title)))
    return near and same_marks and shared(sketch.title, twin.title) >= 1 / 3


def same_text(sketch: Sketch, twin: Twin, gap: timedelta, settings: Settings) -> bool:
    """One source's text under a new title or date is a standing text, unless it is long."""
    if sketch.source != twin.source:
        return gap <= settings.window and not conflict(marks(sketch.title), set(marks(twin.title)))
    if skeleton(terms(sketch.title, 40)) != skeleton(terms(twin.title, 40)) or marks(sketch.title) != marks(
        twin.title
    ):
        return False
    return gap <= REDATED / 4 or gap == timedelta() or len(terms(sketch.text, LONG)) >= LONG


def shared(a: str, b: str) -> float:
    """The share of the shorter title's words that the longer one has."""
    ours, theirs = set(terms(a, 40)), set(terms(b, 40))
    return len(ours & theirs) / (min(len(ours), len(theirs)) or 1)
