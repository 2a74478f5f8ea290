"""visit(job): fetch, parse, normalise. Runs in threads, in processes or on a cluster; never raises."""

import logging
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from urllib.parse import urlsplit

from aggregator.builds import with_evidence
from aggregator.errors import SourceError
from aggregator.fetch import Caps, Web, fetch, open_web, post
from aggregator.heirs import trace_of
from aggregator.known import sift
from aggregator.model import (
    AWAY,
    BROKEN,
    Document,
    Entry,
    Fetched,
    Harvest,
    Hub,
    Job,
    KnownFile,
    Limits,
    Parsed,
    Reply,
    Visit,
    VisitResult,
)
from aggregator.normalise import normalise, publication
from aggregator.notes import TEXTS, worth_telling
from aggregator.owners import owned
from aggregator.parse import parse
from aggregator.siblings import latest
from aggregator.stories import fingerprint
from aggregator.urls import canonical, web_link

LOG = logging.getLogger("aggregator")
UNREAD = Parsed(format="")
NEVER = -1  # bytes: no file has so few, so that it is read at the next visit
LIMITS = Limits()
MAKING = threading.Lock()  # cache() alone lets every thread that comes at first make its own


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


def tools(manners: Manners) -> Tools:
    """One set a process: it is costly to make, bounds what is asked of a host, and cannot be sent."""
    with MAKING:
        return made(manners)


@cache
def made(manners: Manners) -> Tools:
    caps = Caps(deadline=manners.deadline, size=manners.size)
    web = open_web(manners.agent, caps, manners.networks, manners.ports)
    return Tools(web, Limits(size=manners.size))


def visit_by(manners: Manners, job: Job, now: datetime) -> Harvest:
    return visit(job, now, tools(manners))


def post_by(manners: Manners, url: str, form: bytes, now: datetime) -> Reply:
    """To a hub."""
    return post(url, form, tools(manners).web, now)


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
    reads = read_all(fetched, job, now, tools.limits)
    failed = {each.document.name: each.fault for each in reads if each.fault}
    if failed and job.kind != "folder":
        raise placed(failed[""], job.address, fetched) if job.kind == "url" else next(iter(failed.values()))
    good = [each for each in reads if not each.fault]
    first = good[0].parsed if good else UNREAD
    notes = (
        *fetched.notes,
        *(each.note for each in failed.values()),
        *(note for each in good for note in each.notes),
    )
    if notes and not good and not job.files:
        return Harvest(Visit(job.source, now, 0, "failed", fault="format", notes=notes))
    result: VisitResult = "fresh" if good else "same"
    return Harvest(
        visit=Visit(job.source, now, 0, result, fetched.status, fetched.size, notes=notes),
        entries=tuple(latest(each.entries for each in good)),
        fetched=replace(
            fetched,
            documents=(),
            files=tuple(remembered(job, fetched, reads)),
            # Without a digest no validators are kept: the next answer is asked for whole, and read.
            digest=fetched.digest if all(each.parsed.whole for each in good) else "",
        ),
        title=first.title if job.kind != "folder" else "",
        url=web_link(first.url, fetched.documents[0].url) if good and job.kind == "url" else "",
        language=first.language,
        rhythm=first.rhythm,
        kept=tuple(date for each in good for date in each.kept),
        known=good[0].digests if good and job.kind == "url" else None,
        hub=hub(fetched, first.hub) if good and job.kind == "url" and not job.pushed else None,
    )


def placed(fault: SourceError, asked: str, fetched: Fetched) -> SourceError:
    """With the address that answered, where it is another page than the one we asked for."""
    there = fetched.answerer
    if page(there) == page(asked):
        return fault
    return SourceError(fault.fault, f"redirected to {there[:200]}: {fault.note}", status=fetched.status)


def page(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return (parts.hostname or "").rstrip("."), parts.path or "/"


def hub(fetched: Fetched, told: Hub) -> Hub:
    """Link headers come before what the document says (WebSub 4); a document without a name of its own is
    called by its address."""
    header = fetched.hub
    return Hub(header.url or told.url, header.topic or told.topic or fetched.documents[0].url)


@dataclass(frozen=True, slots=True)
class Reading:
    """One document with what became of it."""

    document: Document
    parsed: Parsed = UNREAD
    entries: tuple[Entry, ...] = ()
    kept: tuple[datetime | None, ...] = ()
    """When those were published that are as they were at the last visit."""
    digests: bytes = b""
    notes: tuple[str, ...] = ()
    """For the person who wonders what is missing, or wrong with its dates."""
    fault: SourceError | None = None

    @property
    def own(self) -> str:
        """The id of the one entry that a text is; "" for a feed and for what is not published."""
        return self.entries[0].uid if self.parsed.format in TEXTS and self.entries else ""


def read(document: Document, job: Job, now: datetime, limits: Limits) -> Reading:
    try:
        parsed = parse(document, limits)
    except SourceError as e:
        return Reading(document, fault=e)
    sifted = sift(parsed.drafts, job.known, base=document.url, language=parsed.language)
    normal = [
        normalise(draft, source=job.source, base=document.url, language=parsed.language, now=now)
        for draft in sifted.news
    ]
    entries = tuple(map(marked, with_evidence(normal, parsed.drafts, now)))
    kept = tuple(publication(draft, now) for draft in sifted.old)
    return Reading(
        document, parsed, entries, kept, sifted.digests, worth_telling(document.name, parsed, entries)
    )


def read_all(fetched: Fetched, job: Job, now: datetime, limits: Limits) -> list[Reading]:
    """Each new local text under the id it is to have, which its neighbours decide, too."""
    reads = [read(document, job, now, limits) for document in fetched.documents]
    uids = owned(
        fetched, {each.document.name: each.entries[0] for each in reads if each.own and not each.document.uid}
    )
    return [
        read(replace(each.document, uid=uids[each.document.name]), job, now, limits)
        if uids.get(each.document.name, each.own) != each.own
        else each
        for each in reads
    ]


def marked(entry: Entry) -> Entry:
    """With the two marks by which equal reports are found again, however old."""
    return replace(entry, page=canonical(entry.url), fingerprint=fingerprint(entry.title, entry.lede))


def remembered(job: Job, fetched: Fetched, reads: Iterable[Reading]) -> Iterator[KnownFile]:
    """The files with the ids of their entries, except those of which nothing was ever read.

    A file that is gone is forgotten when another one goes on with its entry; else it is known by its bytes.
    """
    by_name = {each.document.name: each for each in reads}
    faulty = {name for name, each in by_name.items() if each.fault and not each.document.uid}
    never = faulty - {known.path for known in job.files}
    taken = {""}
    for known in fetched.files:
        if known.path not in fetched.gone and known.path not in never:
            now = known_now(known, by_name.get(known.path))
            taken.add(now.uid)
            yield now
    away = (known for known in fetched.files if known.path in fetched.gone and known.uid not in taken)
    yield from (replace(known, trace=AWAY + known.trace.removeprefix(AWAY)) for known in away)


def known_now(known: KnownFile, reading: Reading | None) -> KnownFile:
    """A draft is not published and keeps the id of the time when it was.

    A file that could not be read, or not to its end, keeps its own under another digest, so that it is read,
    and told, again.
    """
    if reading is None:
        return known
    if reading.fault or not reading.parsed.whole:
        return replace(known, size=NEVER, digest=BROKEN + known.digest)
    return replace(known, uid=reading.own, trace=trace_of(reading.entries[0])) if reading.own else known
