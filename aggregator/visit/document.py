"""One document by itself, without a source that remembers anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aggregator.fetch import fetch
from aggregator.model import Document, Entry, Fetched, Job, Limits, RequestSettings, Rhythm
from aggregator.parse import parse
from aggregator.visit.build_dates import with_evidence
from aggregator.visit.normalise import normalise
from aggregator.visit.notes import entry_notes
from aggregator.visit.read import with_marks
from aggregator.visit.visit import VisitContext


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document with its entries as a refresh would store them."""

    format: str
    """"rss 2.0", "atom 1.0", "json feed 1.1", "jekyll", "dated text", "text", …"""
    title: str
    url: str
    language: str
    rhythm: Rhythm
    """How often it says that it changes."""
    notes: tuple[str, ...]
    """What was repaired or is doubtful, for people: one line each."""
    entries: tuple[Entry, ...]


def fetch_alone(
    url: str, context: VisitContext, now: datetime, request: RequestSettings | None = None
) -> Fetched:
    """As a visit fetches it, with one document. `request`: of the source at this address.

    Raises SourceError.
    """
    return fetch(Job(url, "url", url, home=url, request=request or RequestSettings()), context.web, now)


def read_alone(document: Document, source: str, limits: Limits, now: datetime) -> ReadDocument:
    """`source`: by which its entries name it. Raises SourceError."""
    parsed = parse(document, limits)
    entries = [
        normalise(draft, source=source, base=document.url, language=parsed.language, now=now)
        for draft in parsed.drafts
    ]
    entries = with_evidence(entries, parsed.drafts, now)
    notes = (*parsed.notes, *entry_notes(parsed, list(map(with_marks, entries)), now))
    return ReadDocument(
        parsed.format, parsed.title, parsed.url, parsed.language, parsed.rhythm, notes, tuple(entries)
    )
