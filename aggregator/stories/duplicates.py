"""Recognises equal entries before likeness is computed: equal page, equal text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from aggregator.model import Duplicate, Sameness, Sketch
from aggregator.stories.addresses import Relation, pages, recordings
from aggregator.stories.again import DAY, Pair, again, day_only
from aggregator.stories.settings import Settings
from aggregator.stories.title_numbers import conflict, marks
from aggregator.stories.wording import Wording, corrected, same_title, tokens, wording
from aggregator.text.words import terms

ORDER: tuple[Sameness, ...] = ("same item", "same page", "same text", "same story")
SURE: tuple[Wording, ...] = ("equal", "alike", "none", "other")
NEAR: tuple[Relation, ...] = ("same", "moved", "slug", "none", "other")


def deciding_duplicate(
    sketch: Sketch, duplicates: Sequence[Duplicate], settings: Settings, repeated: bool = False
) -> Duplicate | None:
    """The one that decides the story: of the same source before others, the most equal, the earliest.

    `repeated`: the source has used this title for some time.
    """
    if not duplicates:
        return None
    listed = [each for each in duplicates if each.level == "same story"]
    known = [each for each in duplicates if each.level != "same story"]
    own = [each for each in known if each.source == sketch.source]
    single = only_one_near(sketch, own)
    pairs = [(pair_of(sketch, each, repeated, single), each) for each in own]
    found = [(evidence(pair), rank(each), each) for pair, each in pairs if again(pair)]
    if found:
        return min(found, key=lambda one: one[:2])[2]
    others = (each for each in known if not sketch.source or each.source != sketch.source)
    copies = [each for each in others if copied(sketch, each, settings)]
    return min(copies or (listed if sketch.upstream else []), key=rank, default=None)


def evidence(pair: Pair) -> tuple[int, int, timedelta]:
    """The less, the more equal."""
    return SURE.index(pair.text), NEAR.index(pair.page), pair.gap or timedelta()


def rank(duplicate: Duplicate) -> tuple[int, datetime, int]:
    return ORDER.index(duplicate.level), duplicate.published, duplicate.entry


def only_one_near(sketch: Sketch, own: Sequence[Duplicate]) -> bool:
    """Whether only one item has this title at about this time, or at any time if it has no date.

    Entries of one story are one item, however often the source has published it.
    """
    named = [each for each in own if same_title(sketch.title, each.title)]
    if sketch.dated:
        named = [each for each in named if abs(sketch.published - each.published) < DAY]
    return len({each.story or each.entry for each in named}) == 1


def pair_of(sketch: Sketch, duplicate: Duplicate, repeated: bool, alone: bool) -> Pair:
    known = sketch.url if duplicate.level == "same page" else ""
    page = pages(sketch.url, known if duplicate.url is None else duplicate.url)
    dated = sketch.dated and duplicate.dated
    same = same_title(sketch.title, duplicate.title)
    return Pair(
        same_title=same,
        corrected=not same and corrected(sketch.title, duplicate.title),
        akin=not same and akin(sketch.title, duplicate.title),
        title=min(len(tokens(sketch.title)), len(tokens(duplicate.title))),
        text=wording_of(sketch, duplicate, counters=page == "same"),
        length=min(len(tokens(each)) for each in (sketch.text, duplicate.text or sketch.text)),
        page=page,
        recording=recordings(sketch.enclosures, duplicate.enclosures),
        gap=abs(sketch.published - duplicate.published) if dated else None,
        day_only=dated and day_only(sketch.published, duplicate.published),
        repeated=repeated,
        together=duplicate.together,
        moved=duplicate.moved,
        alone=alone,
    )


def wording_of(sketch: Sketch, duplicate: Duplicate, counters: bool) -> Wording:
    if duplicate.text is not None:
        return wording(sketch.text, duplicate.text, counters)
    return "equal" if duplicate.level == "same text" else "none"


def copied(sketch: Sketch, duplicate: Duplicate, settings: Settings) -> bool:
    """Another source linked to its page or reprinted its text while it was news."""
    gap = abs(sketch.published - duplicate.published)
    if duplicate.level == "same item" or gap > settings.window:
        return False
    if duplicate.level == "same page":
        parts = urlsplit(sketch.url)
        return parts.path not in {"", "/"} or bool(parts.query)
    return not conflict(marks(sketch.title), set(marks(duplicate.title)))


def akin(a: str, b: str) -> bool:
    return shared_words(a, b) >= 1 / 3 and not conflict(marks(a), set(marks(b)))


def shared_words(a: str, b: str) -> float:
    """The share of the shorter title's words that the longer one has."""
    ours, theirs = set(terms(a, 40)), set(terms(b, 40))
    return len(ours & theirs) / (min(len(ours), len(theirs)) or 1)
