"""Which of our doubts about a document people are told. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aggregator.model import Entry, Harvest, Parsed
from aggregator.stories import repeated_ids
from aggregator.visit import build_dates

TEXTS = ("jekyll", "dated text", "text")  # formats in which a file is one entry


def worth_telling(name: str, parsed: Parsed, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Of a text all that was mended, for the person who wrote it. Of a feed, whose readers cannot mend it,
    only what makes entries missing, doubled or badly dated: the rest would be told at every visit.

    `name`: of a local file, before each of them.
    """
    broken_off = () if parsed.whole else parsed.notes[:1]
    notes = parsed.notes if parsed.format in TEXTS else (*broken_off, *on_entries(parsed, entries))
    return tuple(f"{name}: {note}" if name else note for note in notes)


def on_entries(parsed: Parsed, entries: Sequence[Entry]) -> tuple[str, ...]:
    """`entries`: with their pages, all that share an id among them."""
    return tuple(filter(None, (repeated_ids.note_on_ids(entries), build_dates.note_on_dates(parsed.drafts))))


def with_notes(harvest: Harvest, before: tuple[str, ...]) -> Harvest:
    """What was wrong with a document still is when it has not changed."""
    visit = harvest.visit
    notes = before if visit.result == "same" and not visit.notes else visit.notes
    return replace(harvest, visit=replace(visit, notes=notes))
