"""Decides whether a source has published one of its own items again under another id (pure).

Two items taken for one hide the earlier, so doubtful cases count as two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from aggregator.stories.addresses import Relation
from aggregator.stories.wording import Wording

CORRECTION = timedelta(hours=6)
DAY = timedelta(days=1)
NEXT_ISSUE = timedelta(hours=20)
"""After this gap, a title that the source repeats is the next issue ("Daily briefing")."""
LONG = 40
"""Words of text that a source does not reprint by habit: a shorter text that returns on another day under
the same title may be the standing text of a series ("Open thread: talk about anything")."""
TELLING = 12
"""Words of a text without date and page from which it is not a formula."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What two entries of one source have in common."""

    same_title: bool
    corrected: bool
    """Titles that differ in spelling or a few words."""
    akin: bool
    """Titles that share a third of their words and do not contradict each other."""
    title: int
    """Words of the shorter title."""
    text: Wording
    length: int
    """Words of the shorter text."""
    page: Relation
    recording: Relation
    gap: timedelta | None
    """None: at least one of the dates is not evidence."""
    day_only: bool
    """One of the dates may have lost its time."""
    repeated: bool
    """The source has used this title for some time."""
    together: bool
    """Their document lists them as two, or both are files that are there."""
    moved: bool
    """The document of the later entry gave new ids to its older entries."""
    alone: bool
    """No other entry of the source has this title at about this time; without a date, at any time."""

    @property
    def placed(self) -> bool:
        return self.page in {"same", "moved", "slug"}

    @property
    def apart(self) -> bool:
        """Listed as two, each with a page of its own."""
        return self.together and self.page == "other"

    @property
    def same_moment(self) -> bool:
        return self.gap == timedelta()

    @property
    def near(self) -> bool:
        return self.gap is not None and self.gap <= CORRECTION

    @property
    def same_day(self) -> bool:
        return self.gap is not None and self.gap < DAY

    @property
    def another_issue(self) -> bool:
        return self.repeated and self.gap is not None and self.gap >= NEXT_ISSUE


def again(pair: Pair) -> bool:
    if not pair.same_title:
        return headline_corrected(pair)
    if pair.moved and pair.alone and pair.same_day and not pair.together:
        return True
    if pair.another_issue and pair.text != "equal":
        return False
    if pair.recording == "same":
        return pair.text != "other" or (pair.near and not pair.together)
    if pair.apart and (pair.day_only or not pair.same_moment):  # flats, alerts, threads
        return False
    return RULES[pair.text](pair)


def printed_twice(pair: Pair) -> bool:
    """Same title, same text."""
    if pair.placed or pair.same_moment or (pair.moved and not pair.together):
        return True
    if pair.recording == "other":
        return False
    if pair.gap is None:
        return pair.length >= TELLING or pair.title >= 4
    if pair.near or (pair.same_day and pair.day_only):
        return True
    return pair.length >= LONG and not pair.together


def text_mended(pair: Pair) -> bool:
    """Same title, the text shortened, continued or corrected."""
    if pair.placed or pair.near or (pair.same_day and pair.day_only):
        return True
    return pair.gap is None and pair.length >= TELLING and pair.recording != "other"


def without_text(pair: Pair) -> bool:
    """Same title, and no text to compare."""
    if pair.page in {"same", "moved"}:
        return True
    if pair.page == "slug":
        return pair.gap is None or pair.same_day
    if pair.together or pair.recording == "other":
        return pair.same_moment and pair.page == "none" and pair.recording != "other"
    if pair.gap is None:
        return (pair.title >= 6 and not pair.repeated) or (pair.moved and pair.alone and pair.title >= 3)
    return pair.same_moment or (pair.same_day and pair.day_only and pair.title >= 3)


def text_rewritten(pair: Pair) -> bool:
    """Same title, another text: the other evidence must leave no doubt."""
    if pair.together:
        return False
    if pair.page == "same":
        return pair.same_moment
    return pair.page in {"moved", "slug"} and (pair.gap is None or pair.same_day)


RULES = {"equal": printed_twice, "alike": text_mended, "none": without_text, "other": text_rewritten}


def headline_corrected(pair: Pair) -> bool:
    if pair.text == "none":
        return pair.corrected and pair.near and not pair.together
    if pair.text == "other":
        return False
    if pair.corrected and (pair.placed or pair.near):
        return True
    return pair.akin and pair.page == "same" and pair.near and pair.length >= LONG / 2 and not pair.together


def day_only(*moments: datetime) -> bool:
    """A time is midnight, or only one is a full hour (midnight in another zone)."""
    full = [(each.minute, each.second) == (0, 0) for each in moments]
    return any((each.hour, each.minute, each.second) == (0, 0, 0) for each in moments) or (
        any(full) and not all(full)
    )
