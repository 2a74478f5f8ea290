"""Recognises an entry that bears the id of an earlier, different one: the id names a place ("latest", the
third from the top), not an entry. Pure.

Taking an edit for another entry shows it twice; taking another entry for an edit loses the earlier one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from aggregator.model import Entry
from aggregator.stories.addresses import pages, recordings
from aggregator.stories.duplicates import shared_words
from aggregator.stories.repeated_ids import AGAIN, media, moment_of
from aggregator.stories.wording import corrected, same_title, wording

UNLIKE = 1 / 3
"""Titles that share fewer of their words name different things."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored under the id."""

    title: str
    text: str
    page: str
    when: datetime | None
    """None where its date is not evidence."""
    files: tuple[str, ...] = ()
    """The addresses of its enclosures."""


def is_another(entry: Entry, stored: Stored) -> bool:
    """An edit keeps the title, part of the text, the page, the recording or the date."""
    page = pages(entry.page, stored.page)
    if page not in {"other", "none"} or is_edited(entry.title, stored.title):
        return False
    text = wording(entry.lede, stored.text)
    if text not in {"other", "none"} or recordings(media(entry), stored.files) == "same":
        return False
    moment = moment_of(entry)
    gap = abs(moment - stored.when) if moment and stored.when else None
    if text == "none" or shared_words(entry.title, stored.title) >= UNLIKE:
        return gap is not None and gap >= AGAIN
    if page == "none" and entry.uid != entry.url:  # one that its author named
        return gap is None or gap >= AGAIN
    return gap != timedelta()


def is_edited(title: str, before: str) -> bool:
    return same_title(title, before) or corrected(title, before)
