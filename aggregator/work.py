"""visit(job): fetch, parse, normalise. Runs in threads, in processes or on a cluster; never raises."""

import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

from aggregator.errors import SourceError
from aggregator.fetch import Caps, Web, fetch, open_web
from aggregator.model import (
    Document,
    Entry,
    Fetched,
    Harvest,
    Job,
    KnownFile,
    Limits,
    Parsed,
    Visit,
    VisitResult,
)
from aggregator.normalise import normalise
from aggregator.parse import parse
from aggregator.stories import fingerprint
from aggregator.urls import canonical, web_link

LOG = logging.getLogger("aggregator")
TEXTS = ("jekyll", "dated text", "text")  # formats in which a file is one entry
UNREAD = Parsed(format="")
LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Manners:
    """How to visit: plain values, so that a worker may be another process or another machine."""

    agent: str
    deadline: timedelta = timedelta(seconds=15)
    size: int = 15_000_000
    networks: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Tools:
    """What a worker holds for all its visits."""

    web: Web
    limits: Limits = LIMITS


@cache
def tools(manners: Manners) -> Tools:
    """One set a process: what it holds is costly to make and cannot be sent."""
    caps = Caps(deadline=manners.deadline, size=manners.size)
    web = open_web(manners.agent, caps, manners.networks, manners.ports)
    return Tools(web, Limits(size=manners.size))


def visit_by(manners: Manners, job: Job, now: datetime) -> Harvest:
    return visit(job, now, tools(manners))


def visit(job: Job, now: datetime, tools: Tools) -> Harvest:
    start = time.monotonic()
    try:
        found = bring(job, now, tools)
    except SourceError as e:
        blank = Visit(job.source, now, 0, "failed", e.status, fault=e.fault, notes=(e.note,), wait=e.wait)
        found = Harvest(blank)
    except Exception as e:  # ours, not the source's: told with its traceback, and the others go on
        LOG.exception("%s: a mistake of this program", job.source)
        note = f"a mistake of this program: {type(e).__name__}: {e}"
        found = Harvest(Visit(job.source, now, 0, "failed", fault="bug", notes=(note,)))
    return replace(found, visit=replace(found.visit, seconds=time.monotonic() - start))


def bring(job: Job, now: datetime, tools: Tools) -> Harvest:
    """Raises SourceError."""
    fetched = fetch(job, tools.web, now)
    reads = [read(document, job, now, tools.limits) for document in fetched.documents]
    failed = {each.document.name: each.fault for each in reads if each.fault}
    if failed and job.kind != "folder":
        raise next(iter(failed.values()))
    good = [each for each in reads if not each.fault]
    first = good[0].parsed if good else UNREAD
    notes = (*fetched.notes, *(each.note for each in failed.values()))
    result: VisitResult = "fresh" if good else "same"
    return Harvest(
        visit=Visit(job.source, now, 0, result, fetched.status, fetched.size, notes=notes),
        entries=tuple(entry for each in good for entry in each.entries),
        fetched=replace(fetched, documents=(), files=tuple(remembered(job, fetched, reads))),
        title=first.title if job.kind != "folder" else "",
        url=web_link(first.url, fetched.documents[0].url) if good and job.kind == "url" else "",
        language=first.language,
        rhythm=first.rhythm,
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """One document with what became of it."""

    document: Document
    parsed: Parsed = UNREAD
    entries: tuple[Entry, ...] = ()
    fault: SourceError | None = None


def read(document: Document, job: Job, now: datetime, limits: Limits) -> Reading:
    try:
        parsed = parse(document, limits)
    except SourceError as e:
        return Reading(document, fault=e)
    entries = [
        normalise(draft, source=job.source, base=document.url, language=parsed.language, now=now)
        for draft in parsed.drafts
    ]
    return Reading(document, parsed, tuple(map(marked, entries)))


def marked(entry: Entry) -> Entry:
    """With the two marks by which equal reports are found again, however old."""
    return replace(entry, page=canonical(entry.url), fingerprint=fingerprint(entry.title, entry.lede))


def remembered(job: Job, fetched: Fetched, reads: Iterable[Reading]) -> Iterator[KnownFile]:
    """The files with the ids of their entries.

    One that could not be read is remembered as it was before, so that it is read, and told, again.
    """
    before = {known.path: known for known in job.files}
    by_name = {each.document.name: each for each in reads}
    for known in fetched.files:
        reading = by_name.get(known.path)
        if reading is None:
            yield known
        elif reading.fault:
            if known.path in before:
                yield before[known.path]
        else:
            own = reading.entries[0].uid if reading.parsed.format in TEXTS and reading.entries else ""
            yield replace(known, uid=own)
