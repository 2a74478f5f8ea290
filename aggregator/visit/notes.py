"""Chooses the notes on a document that people get to see. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from aggregator.model import Entry, Harvest, Parsed
from aggregator.stories import repeated_ids
from aggregator.visit import build_dates
from aggregator.visit.dropped_dates import SKEW, note_on_dropped_dates

TEXTS = ("jekyll", "dated text", "text")  # formats in which a file is one entry


def document_notes(name: str, parsed: Parsed, entries: Sequence[Entry], now: datetime) -> tuple[str, ...]:
    """For a text, all repairs, because its author can mend it. For a feed, which its readers cannot mend,
    only what makes entries missing, doubled or badly dated: the rest would be reported at every visit.

    `name`: of a local file; it precedes each note.
    """
    broken_off = () if parsed.whole else parsed.notes[:1]
    # A publisher's clock or zone may be off by a day; its own author need not be.
    dropped = note_on_dropped_dates(parsed.drafts, now, timedelta() if parsed.format in TEXTS else SKEW)
    notes = parsed.notes if parsed.format in TEXTS else (*broken_off, *entry_notes(parsed, entries))
    notes += (dropped,) if dropped else ()
    return tuple(f"{name}: {note}" if name else note for note in notes)


def entry_notes(parsed: Parsed, entries: Sequence[Entry]) -> tuple[str, ...]:
    """`entries`: with `page` set, and including all that share an id."""
    return tuple(filter(None, (repeated_ids.note_on_ids(entries), build_dates.note_on_dates(parsed.drafts))))


def with_notes(harvest: Harvest, before: tuple[str, ...]) -> Harvest:
    """Repeats the notes of the last visit when the document has not changed since."""
    visit = harvest.visit
    notes = before if visit.result == "same" and not visit.notes else visit.notes
    return replace(harvest, visit=replace(visit, notes=notes))
