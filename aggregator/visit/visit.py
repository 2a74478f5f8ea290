"""One visit: fetch, parse, normalise. Never raises."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import BoundedSemaphore
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aggregator.errors import SourceError
from aggregator.fetch import Web, fetch
from aggregator.model import Entry, Fetched, Harvest, Hub, Job, Limits, Parsed, Visit, VisitResult
from aggregator.text.urls import web_link

if TYPE_CHECKING:
    from aggregator.visit.articles import ArticleReader, FullTexts
    from aggregator.visit.read import DocumentReading

LOG = logging.getLogger("aggregator")
LIMITS = Limits()
READERS = 2  # documents read at the same time: more only take the interpreter from each other and the server
PATIENCE = 0.5  # seconds that a document waits for its turn: a slow one must not hold up all others


def readers() -> BoundedSemaphore:
    return BoundedSemaphore(READERS)


@dataclass(frozen=True, slots=True)
class VisitContext:
    """Shared by all visits of a worker."""

    web: Web
    limits: Limits = LIMITS
    articles: Callable[[], ArticleReader] | None = None
    """The one reader of full texts; None: there are none."""
    turns: BoundedSemaphore = field(default_factory=readers)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Held while reading documents, which also bounds the memory that it takes."""
        taken = self.turns.acquire(timeout=PATIENCE)
        try:
            yield
        finally:
            if taken:
                self.turns.release()


def visit(job: Job, now: datetime, context: VisitContext) -> Harvest:
    start = time.monotonic()
    try:
        found = fetch_and_parse(job, now, context)
    except SourceError as e:
        blank = Visit(job.source, now, 0, "failed", e.status, fault=e.fault, notes=(e.note,), wait=e.wait)
        found = Harvest(blank)
    except Exception as e:  # our bug, not the source's: log it with its traceback and go on with the others
        LOG.exception("%s: internal error (a bug in aggregator)", job.source)
        note = f"internal error (a bug in aggregator): {type(e).__name__}: {e}"
        found = Harvest(Visit(job.source, now, 0, "failed", fault="bug", notes=(note,)))
    return replace(found, visit=replace(found.visit, seconds=time.monotonic() - start))


def fetch_and_parse(job: Job, now: datetime, context: VisitContext) -> Harvest:
    """Raises SourceError."""
    fetched = fetch(job, context.web, now)
    if job.kind == "url" and not fetched.documents:
        return Harvest(Visit(job.source, now, 0, "same", fetched.status, fetched.size), fetched=fetched)
    with context.turn():
        return read_fetched(fetched, job, now, context)


def read_fetched(fetched: Fetched, job: Job, now: datetime, context: VisitContext) -> Harvest:
    """Raises SourceError."""
    # Loading the readers of all formats takes longer than a refresh that finds nothing new.
    from aggregator.stories.repeated_ids import latest
    from aggregator.visit.notes import TEXTS
    from aggregator.visit.read import UNREAD, read_all, remembered_files

    reads = read_all(fetched, job, now, context.limits)
    failed = {each.document.name: each.fault for each in reads if each.fault}
    if failed and job.kind != "folder":
        raise (
            with_answering_address(failed[""], job.address, fetched)
            if job.kind == "url"
            else next(iter(failed.values()))
        )
    good = [each for each in reads if not each.fault]
    first = good[0].parsed if good else UNREAD
    notes = (
        *fetched.notes,
        *(each.note for each in failed.values()),
        *(note for each in good for note in each.notes),
    )
    if notes and not good and not job.files:
        return Harvest(Visit(job.source, now, 0, "failed", fault="format", notes=notes))
    texts = full_texts(tuple(latest(each.entries for each in good)), good, job, now, context)
    result: VisitResult = "fresh" if good else "same"
    return Harvest(
        visit=Visit(job.source, now, 0, result, fetched.status, fetched.size, notes=(*notes, *texts.notes)),
        entries=texts.entries,
        fetched=replace(
            fetched,
            documents=(),
            files=tuple(remembered_files(job, fetched, reads)),
            # Without a digest no validators are kept, so the next visit reads the whole document.
            digest=fetched.digest if all(each.parsed.whole for each in good) else "",
        ),
        title="" if job.kind == "folder" or first.format in TEXTS else first.title,
        url=site_of_source(job, fetched, first),
        language=first.language,
        rhythm=first.rhythm,
        kept=tuple(date for each in good for date in each.kept),
        known=digests_to_remember(good[0], texts) if good and job.kind == "url" else None,
        hub=announced_hub(fetched, first.hub) if good and job.kind == "url" and not job.pushed else None,
    )


def site_of_source(job: Job, fetched: Fetched, first: Parsed) -> str:
    """Its website: of a feed the one that it names; "" for unknown."""
    if job.kind != "url":
        return job.site
    return web_link(first.url, fetched.documents[0].url) if fetched.documents else ""


def full_texts(
    entries: tuple[Entry, ...], reads: list[DocumentReading], job: Job, now: datetime, context: VisitContext
) -> FullTexts:
    """Not of what a hub has pushed, which is to be published at once: the next visit asks for it."""
    from aggregator.visit.articles import FullTexts

    if not job.full_text or job.pushed or not context.articles:
        return FullTexts(entries)
    pairs = (pair for each in reads for pair in zip(each.entries, each.own_digests, strict=True))
    alone = {entry.uid for entry, own in pairs if own}
    found = context.articles().read([each for each in entries if each.uid in alone], job, now, context.limits)
    by_uid = {entry.uid: entry for entry in found.entries}
    return replace(found, entries=tuple(by_uid.get(entry.uid, entry) for entry in entries))


def digests_to_remember(reading: DocumentReading, texts: FullTexts) -> bytes:
    """Without those of entries whose pages are asked at the next visit: it must take them for news."""
    from aggregator.visit.unchanged import without_digests

    pairs = zip(reading.entries, reading.own_digests, strict=True)
    dropped = frozenset(own for entry, own in pairs if entry.uid in texts.later)
    return without_digests(reading.digests, dropped)


def with_answering_address(fault: SourceError, asked: str, fetched: Fetched) -> SourceError:
    """Adds the address that answered, if it is another page than the one we requested."""
    there = fetched.answerer
    if host_and_path(there) == host_and_path(asked):
        return fault
    return SourceError(fault.fault, f"redirected to {there[:200]}: {fault.note}", status=fetched.status)


def host_and_path(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return (parts.hostname or "").rstrip("."), parts.path or "/"


def announced_hub(fetched: Fetched, told: Hub) -> Hub:
    """Link headers take precedence over the document (WebSub 4); without a topic, its URL is used."""
    header = fetched.hub
    return Hub(header.url or told.url, header.topic or told.topic or fetched.documents[0].url)
