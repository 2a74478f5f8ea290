"""Recognises equal entries before likeness is computed: equal page, equal text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from aggregator.model import Sketch
from aggregator.stories.addresses import pages, recordings
from aggregator.stories.again import DAY, Pair, again, day_only
from aggregator.stories.settings import Settings
from aggregator.stories.title_numbers import conflict, marks
from aggregator.stories.wording import Wording, corrected, same_title, tokens, wording
from aggregator.text.words import terms

Sameness = Literal["same item", "same page", "same text"]
ORDER: tuple[Sameness, ...] = ("same item", "same page", "same text")
SURE: tuple[Wording, ...] = ("equal", "alike", "none", "other")


@dataclass(frozen=True, slots=True)
class Twin:
    """An entry placed earlier, however long ago, that equals the new one in the respect of `level`."""

    entry: int
    story: int
    """Its present story, after following aliases."""
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
    """It arrived with the same visit as the new one."""
    moved: bool = False
    """The new one's document gave new ids to its older entries."""

    @classmethod
    def of(cls, sketch: Sketch, story: int, level: Sameness) -> Twin:
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


def twin_of(sketch: Sketch, twins: Iterable[Twin], settings: Settings, repeated: bool = False) -> Twin | None:
    """The twin that decides the story: one of the same source before others, the most equal, the earliest.

    `repeated`: the source has used this title for some time.
    """
    known = list(twins)
    own = [each for each in known if each.source == sketch.source]
    single = only_one_near(sketch, own)
    pairs = [(pair_of(sketch, each, repeated, single), each) for each in own]
    found = [(SURE.index(pair.text), pair.page != "same", each) for pair, each in pairs if again(pair)]
    if found:
        return min(found, key=lambda one: (*one[:2], *rank(one[2])))[2]
    others = (each for each in known if not sketch.source or each.source != sketch.source)
    return min((each for each in others if copied(sketch, each, settings)), key=rank, default=None)


def rank(twin: Twin) -> tuple[int, datetime, int]:
    return ORDER.index(twin.level), twin.published, twin.entry


def only_one_near(sketch: Sketch, own: Sequence[Twin]) -> bool:
    near = {
        each.entry
        for each in own
        if abs(sketch.published - each.published) < DAY and same_title(sketch.title, each.title)
    }
    return len(near) == 1


def pair_of(sketch: Sketch, twin: Twin, repeated: bool, alone: bool) -> Pair:
    known = sketch.url if twin.level == "same page" else ""
    page = pages(sketch.url, known if twin.url is None else twin.url)
    dated = sketch.dated and twin.dated
    same = same_title(sketch.title, twin.title)
    return Pair(
        same_title=same,
        corrected=not same and corrected(sketch.title, twin.title),
        akin=not same and akin(sketch.title, twin.title),
        title=min(len(tokens(sketch.title)), len(tokens(twin.title))),
        text=wording_of(sketch, twin, counters=page == "same"),
        length=min(len(tokens(each)) for each in (sketch.text, twin.text or sketch.text)),
        page=page,
        recording=recordings(sketch.enclosures, twin.enclosures),
        gap=abs(sketch.published - twin.published) if dated else None,
        day_only=dated and day_only(sketch.published, twin.published),
        repeated=repeated,
        together=twin.together,
        moved=twin.moved,
        alone=alone,
    )


def wording_of(sketch: Sketch, twin: Twin, counters: bool) -> Wording:
    if twin.text is not None:
        return wording(sketch.text, twin.text, counters)
    return "equal" if twin.level == "same text" else "none"


def copied(sketch: Sketch, twin: Twin, settings: Settings) -> bool:
    """Another source linked to its page or reprinted its text while it was news."""
    gap = abs(sketch.published - twin.published)
    if twin.level == "same item" or gap > settings.window:
        return False
    if twin.level == "same page":
        parts = urlsplit(sketch.url)
        return parts.path not in {"", "/"} or bool(parts.query)
    return not conflict(marks(sketch.title), set(marks(twin.title)))


def akin(a: str, b: str) -> bool:
    return shared_words(a, b) >= 1 / 3 and not conflict(marks(a), set(marks(b)))


def shared_words(a: str, b: str) -> float:
    """The share of the shorter title's words that the longer one has."""
    ours, theirs = set(terms(a, 40)), set(terms(b, 40))
    return len(ours & theirs) / (min(len(ours), len(theirs)) or 1)
