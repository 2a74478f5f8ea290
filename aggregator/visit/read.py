"""The documents of one visit -> entries with their final ids. Pure, except for the parser."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from aggregator.errors import SourceError
from aggregator.model import AWAY, BROKEN, Document, Entry, Fetched, Job, KnownFile, Limits, Parsed
from aggregator.parse import parse
from aggregator.stories import fingerprint
from aggregator.text.urls import canonical
from aggregator.visit.build_dates import with_evidence
from aggregator.visit.file_ids import ids_of_new_files
from aggregator.visit.normalise import normalise, publication
from aggregator.visit.notes import TEXTS, document_notes
from aggregator.visit.similar_files import trace_of
from aggregator.visit.unchanged import split_unchanged

UNREAD = Parsed(format="")
NEVER = -1  # an impossible size in bytes, so that the file is read at the next visit


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """One document, and its entries or fault."""

    document: Document
    parsed: Parsed = UNREAD
    entries: tuple[Entry, ...] = ()
    kept: tuple[datetime | None, ...] = ()
    """Publication times of the entries that have not changed since the last visit."""
    digests: bytes = b""
    own_digests: tuple[bytes, ...] = ()
    """One for each of `entries`; b"" where several share an id."""
    notes: tuple[str, ...] = ()
    """For people: what is missing, or wrong with its dates."""
    fault: SourceError | None = None

    @property
    def own(self) -> str:
        """The id of a text's only entry; "" for feeds and for drafts."""
        return self.entries[0].uid if self.parsed.format in TEXTS and self.entries else ""


def read_document(document: Document, job: Job, now: datetime, limits: Limits) -> DocumentReading:
    try:
        parsed = parse(document, limits)
    except SourceError as e:
        return DocumentReading(document, fault=e)
    base = document.url or job.site
    sifted = split_unchanged(parsed.drafts, job.known, base=base, language=parsed.language)
    normal = [
        normalise(draft, source=job.source, base=base, language=parsed.language, now=now)
        for draft in sifted.news
    ]
    entries = tuple(map(with_marks, with_evidence(normal, parsed.drafts, now)))
    kept = tuple(publication(draft, now) for draft in sifted.old)
    return DocumentReading(
        document,
        parsed,
        entries,
        kept,
        sifted.digests,
        sifted.own_digests,
        document_notes(document.name, parsed, entries),
    )


def read_all(fetched: Fetched, job: Job, now: datetime, limits: Limits) -> list[DocumentReading]:
    """Reads all documents; reads a new local text again if its neighbours require another id."""
    reads = [read_document(document, job, now, limits) for document in fetched.documents]
    uids = ids_of_new_files(
        fetched, {each.document.name: each.entries[0] for each in reads if each.own and not each.document.uid}
    )
    return [
        read_document(replace(each.document, uid=uids[each.document.name]), job, now, limits)
        if uids.get(each.document.name, each.own) != each.own
        else each
        for each in reads
    ]


def with_marks(entry: Entry) -> Entry:
    """Adds page and fingerprint, by which the store finds equal reports of any age."""
    key = entry.fingerprint or fingerprint(entry.title, entry.lede)
    return replace(entry, page=canonical(entry.url), fingerprint=key)


def remembered_files(job: Job, fetched: Fetched, reads: Iterable[DocumentReading]) -> Iterator[KnownFile]:
    """Yields the files with the ids of their entries, except files that we could never read.

    Forgets a file that is gone once another continues its entry; until then, its bytes identify it.
    """
    by_name = {each.document.name: each for each in reads}
    faulty = {name for name, each in by_name.items() if each.fault and not each.document.uid}
    never = faulty - {known.path for known in job.files}
    taken = {""}
    for known in fetched.files:
        if known.path not in fetched.gone and known.path not in never:
            now = remembered_file(known, by_name.get(known.path))
            taken.add(now.uid)
            yield now
    away = (known for known in fetched.files if known.path in fetched.gone and known.uid not in taken)
    yield from (replace(known, trace=AWAY + known.trace.removeprefix(AWAY)) for known in away)


def remembered_file(known: KnownFile, reading: DocumentReading | None) -> KnownFile:
    """A post that has become a draft keeps the id it had when it was published.

    A file that was truncated or could not be read keeps its id, but with another digest, so that the next
    visit reads and reports it again.
    """
    if reading is None:
        return known
    if reading.fault or not reading.parsed.whole:
        return replace(known, size=NEVER, digest=BROKEN + known.digest)
    return replace(known, uid=reading.own, trace=trace_of(reading.entries[0])) if reading.own else known
