"""Chooses the notes on a document that people get to see. Pure."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import datetime

from aggregator.model import AWAY, Entry, Harvest, Parsed
from aggregator.stories import repeated_ids
from aggregator.visit import build_dates

TEXTS = ("jekyll", "dated text", "text")  # formats in which a file is one entry


def document_notes(name: str, parsed: Parsed, entries: Sequence[Entry], now: datetime) -> tuple[str, ...]:
    """For a text, all repairs, because its author can mend it. For a feed, which its readers cannot mend,
    only what makes entries missing, doubled or badly dated: the rest would be reported at every visit.

    `name`: of a local file; it precedes each note.
    """
    broken_off = () if parsed.whole else parsed.notes[:1]
    if parsed.format in TEXTS:
        notes = (*parsed.notes, *filter(None, [build_dates.note_on_replaced(parsed.drafts, now)]))
    else:
        notes = (*broken_off, *entry_notes(parsed, entries, now))
    return tuple(f"{name}: {note}" if name else note for note in notes)


def entry_notes(parsed: Parsed, entries: Sequence[Entry], now: datetime) -> tuple[str, ...]:
    """`entries`: with `page` set, and including all that share an id."""
    found = (
        repeated_ids.note_on_ids(entries),
        build_dates.note_on_dates(parsed.drafts),
        build_dates.note_on_replaced(parsed.drafts, now),
    )
    return tuple(filter(None, found))


def with_notes(harvest: Harvest, before: tuple[str, ...], folder: bool) -> Harvest:
    """Repeats the notes of the last visit on what has not changed since: the document, or files of it."""
    visit = harvest.visit
    if folder:
        files = {each.path for each in harvest.fetched.files if not each.trace.startswith(AWAY)}
        unread = files.difference(harvest.read)
        lasting = (note for note in before if is_on_one(note, unread) and note not in visit.notes)
        notes = (*visit.notes, *lasting)
    else:
        notes = before if visit.result == "same" and not visit.notes else visit.notes
    return replace(harvest, visit=replace(visit, notes=notes))


def is_on_one(note: str, files: Container[str]) -> bool:
    """A note on a file begins with its path."""
    return any(note[: mark.start()] in files for mark in re.finditer(": ", note))
