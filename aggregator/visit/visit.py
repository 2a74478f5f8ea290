"""One visit: fetch, parse, normalise. Never raises."""

import logging
import time
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from aggregator.errors import SourceError
from aggregator.fetch import Web, fetch
from aggregator.model import Entry, Fetched, Harvest, Hub, Job, Limits, Visit, VisitResult
from aggregator.stories.repeated_ids import latest
from aggregator.text.urls import web_link
from aggregator.visit.articles import ArticleReader, FullTexts
from aggregator.visit.notes import TEXTS
from aggregator.visit.read import UNREAD, DocumentReading, read_all, remembered_files
from aggregator.visit.unchanged import without_digests

LOG = logging.getLogger("aggregator")
LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class VisitContext:
    """Shared by all visits of a worker."""

    web: Web
    limits: Limits = LIMITS
    articles: ArticleReader | None = None
    """None: no full texts."""


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
        url=web_link(first.url, fetched.documents[0].url) if good and job.kind == "url" else "",
        language=first.language,
        rhythm=first.rhythm,
        kept=tuple(date for each in good for date in each.kept),
        known=digests_to_remember(good[0], texts) if good and job.kind == "url" else None,
        hub=announced_hub(fetched, first.hub) if good and job.kind == "url" and not job.pushed else None,
    )


def full_texts(
    entries: tuple[Entry, ...], reads: list[DocumentReading], job: Job, now: datetime, context: VisitContext
) -> FullTexts:
    """Not of what a hub has pushed, which is to be published at once: the next visit asks for it."""
    if not job.full_text or job.pushed or not context.articles:
        return FullTexts(entries)
    pairs = (pair for each in reads for pair in zip(each.entries, each.own_digests, strict=True))
    alone = {entry.uid for entry, own in pairs if own}
    found = context.articles.read([each for each in entries if each.uid in alone], job, now, context.limits)
    by_uid = {entry.uid: entry for entry in found.entries}
    return replace(found, entries=tuple(by_uid.get(entry.uid, entry) for entry in entries))


def digests_to_remember(reading: DocumentReading, texts: FullTexts) -> bytes:
    """Without those of entries whose pages are asked at the next visit: it must take them for news."""
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
