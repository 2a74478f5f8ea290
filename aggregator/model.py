"""The nouns, in the order in which data passes through them.

Source -> Job -> Fetched(Document) -> Parsed(Draft) -> Entry -> Harvest -> Sketch -> Placement
-> Story -> Edition
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

Kind = Literal["url", "file", "folder"]

Fault = Literal[
    "address",  # not an address we may or can use: scheme, port, private network, outside the folder
    "dns",  # the name does not resolve
    "connect",  # refused, reset, unreachable
    "tls",  # certificate or handshake
    "timeout",  # the total deadline passed
    "size",  # more bytes than allowed, as sent or inflated
    "protocol",  # broken HTTP: truncated, unknown encoding, bad headers, too many redirects
    "status",  # an HTTP status that is no answer: 4xx, 5xx
    "gone",  # 410, or a configured file that is not there
    "format",  # fetched, but no feed and no document we can read
    "slow",  # parsing ran over its time
    "bug",  # our own mistake, logged with its traceback
]


@dataclass(frozen=True, slots=True)
class Source:
    """One `[[source]]` of the configuration. `name` is its identity, the address may change."""

    name: str
    kind: Kind
    address: str
    """http(s) URL, or an absolute path."""
    pattern: str = "*"
    tags: tuple[str, ...] = ()
    every: timedelta = timedelta(hours=1)


BROKEN = "broken:"
"""Begins the digest remembered of a file that could not be parsed: it is news at every visit."""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What we remember of a local file, so that neither a touch nor a rename makes a new entry."""

    path: str
    """Relative to the source's folder."""
    size: int
    mtime: int
    """Nanoseconds, as the file system gives it."""
    digest: str
    uid: str
    """Of the entry made from it; "" for a feed file, whose entries have ids of their own."""


@dataclass(frozen=True, slots=True)
class Job:
    """All that a worker, here or on another machine, needs for one visit."""

    source: str
    kind: Kind
    address: str
    pattern: str = "*"
    etag: str = ""
    """As the server sent it, quotes and W/ included; sent back unchanged."""
    modified: str = ""
    """Last-Modified as the server sent it; sent back unchanged."""
    answerer: str = ""
    """The URL, behind all redirects, that gave etag and modified: no other one is told them."""
    digest: str = ""
    """Of the last body that parsed: an equal body is "same" before it is parsed."""
    files: tuple[KnownFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes and where they came from."""

    body: bytes
    url: str
    """Final URL, the base of relative links; "" for a local file."""
    content_type: str = ""
    modified: datetime | None = None
    """A local file's own time; None for the web."""
    name: str = ""
    """A local file's path below its folder, for messages."""
    uid: str = ""
    """The entry id remembered for a local file; "" when it is new."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer to a Job. No documents: nothing has changed."""

    documents: tuple[Document, ...] = ()
    status: int = 0
    """HTTP status; 0 for files."""
    size: int = 0
    """Bytes that came over the wire or from the disk."""
    etag: str = ""
    modified: str = ""
    answerer: str = ""
    """The URL that answered, behind all redirects: etag and modified belong to it."""
    digest: str = ""
    moved_to: str = ""
    """Where the permanent redirects (301, 308) before the first temporary one led."""
    fresh: timedelta | None = None
    """How long the server says this answer stays fresh: Cache-Control less Age, else Expires."""
    files: tuple[KnownFile, ...] = ()
    """What to remember from now on in place of Job.files, which includes files that are gone."""
    gone: frozenset[str] = frozenset()
    """The paths of those: they may come back, here or under another name."""
    notes: tuple[str, ...] = ()
    """A line for each file that could not be read; the others were."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost and hold; what goes over is cut, noted, or ends its parse."""

    seconds: float = 1.3
    """To parse a document of up to 2 MB; larger ones get as much more as they are larger."""
    entries: int = 5_000
    size: int = 20_000_000
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    url: str
    type: str = ""
    length: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry as the document says it: anything may be missing, wrong or unsafe."""

    uid: str = ""
    title: str = ""
    title_type: str = "text/html"
    url: str = ""
    summary: str = ""
    summary_type: str = "text/html"
    """text/plain is escaped, all else is cleaned as HTML."""
    body: str = ""
    body_type: str = "text/html"
    base: str = ""
    """What relative links in it start from."""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    image: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    language: str = ""
    comments: str = ""
    """URL of the discussion."""
    via_title: str = ""
    """atom:source or RSS source: whom a planet feed had it from."""
    via_url: str = ""
    dateline: str = ""
    """"MIAMI, Dec. 6 (Reuters)": kept out of the text."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a document asks to be read."""

    every: timedelta | None = None
    """The longest of ttl and sy:updatePeriod / updateFrequency."""
    skip_hours: tuple[int, ...] = ()
    """0 to 23, GMT."""
    skip_days: tuple[int, ...] = ()
    """Monday is 0."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document as its format says it."""

    format: str
    """"rss 2.0", "atom 1.0", "json feed 1.1", "jekyll", "dated text", "text", …"""
    drafts: tuple[Draft, ...] = ()
    title: str = ""
    url: str = ""
    language: str = ""
    rhythm: Rhythm = Rhythm()
    notes: tuple[str, ...] = ()
    """The doubts we had and the repairs we made, a line each."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One report of one source, complete, safe and plain."""

    source: str
    uid: str
    """The id its source gives it, or one we made that survives editing and renaming."""
    title: str
    """Plain text."""
    url: str
    """Absolute http(s), or ""."""
    summary: str
    """Safe HTML."""
    body: str
    """Safe HTML, "" when there is no more than the summary."""
    lede: str
    """Plain text: the first words, for grouping and for lists."""
    published: datetime | None
    """None when the document gives no usable date: the store then takes the time of the first visit."""
    updated: datetime | None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    language: str = ""
    comments: str = ""
    via_title: str = ""
    via_url: str = ""
    dateline: str = ""
    digest: str = ""
    """Of all fields above: equal digest, equal entry."""
    page: str = ""
    """The url without what does not tell pages apart; equal page, same report."""
    fingerprint: str = ""
    """Of title and text; "" where there is too little text to tell."""


VisitResult = Literal["fresh", "same", "failed"]


@dataclass(frozen=True, slots=True)
class Visit:
    """One line of the fetch log."""

    source: str
    at: datetime
    seconds: float
    result: VisitResult
    status: int = 0
    size: int = 0
    fault: Fault | Literal[""] = ""
    notes: tuple[str, ...] = ()
    wait: timedelta | None = None
    """What the server asked for with Retry-After."""


@dataclass(frozen=True, slots=True)
class Harvest:
    """What one visit brought home. Crosses process and machine borders: plain values only."""

    visit: Visit
    entries: tuple[Entry, ...] = ()
    fetched: Fetched = field(default_factory=Fetched)
    """Without its documents: validators, digest, freshness, files."""
    title: str = ""
    url: str = ""
    language: str = ""
    rhythm: Rhythm = Rhythm()


@dataclass(frozen=True, slots=True)
class Memory:
    """What a source's visits have taught us, besides validators and files. New for a new address."""

    answered: datetime | None = None
    """Its last visit that did not fail."""
    failures: int = 0
    """In a row since."""
    gap: timedelta | None = None
    """Between one entry and the next, going by their dates."""
    newest: datetime | None = None
    """When something new last appeared."""
    rhythm: Rhythm = Rhythm()
    """Of the last document that was read: a 304 has none."""
    address: str = ""
    """Where it has moved to for good: visited in place of the configured address."""
    moved_to: str = ""
    """Where permanent redirects have led since `moved_since`, `moved_seen` times; not adopted yet."""
    moved_since: datetime | None = None
    moved_seen: int = 0
    ended: str = ""
    """Why it is never visited again."""


@dataclass(frozen=True, slots=True)
class Next:
    """The decision after a visit."""

    memory: Memory
    due: datetime | None
    """None: never."""
    reason: str
    """A short sentence for the person who wonders why nothing comes."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What grouping knows of an entry."""

    entry: int
    """Row number: entries are placed in the order published, source, uid; ties end here."""
    source: str
    title: str
    text: str
    """Plain text; grouping reads the first words."""
    url: str
    """Canonical (tracking parameters removed), or ""."""
    published: datetime
    language: str = ""


Level = Literal[
    "alone",  # the entry founded its story
    "same item",  # the same source gave it a new id
    "same page",  # the same canonical address
    "same text",  # a wire story printed twice
    "same event",  # scored
    "ruling",  # a person said so
]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an entry is in its story, or what kept it out of the nearest one."""

    level: Level
    score: float = 0.0
    threshold: float = 0.0
    other: int | None = None
    """The entry it was compared with: the nearest member."""
    terms: tuple[str, ...] = ()
    """Shared telling terms, the most telling first."""
    gap: timedelta = timedelta()
    veto: str = ""
    """The guard that struck, in words."""


@dataclass(frozen=True, slots=True)
class Placement:
    entry: int
    story: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Fold:
    """Two stories turned out to be one: the younger goes into the older."""

    story: int
    into: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Report:
    """An entry with the name of who published it."""

    entry: Entry
    number: int
    """Row number of the entry, for commands."""
    source_title: str
    source_url: str
    """The source's page for people, or ""."""
    feed_url: str
    """The source's feed; "" for local files, whose paths are nobody's business."""
    tags: tuple[str, ...] = ()
    """What the configuration calls the source's subjects."""


@dataclass(frozen=True, slots=True)
class Story:
    """All reports on one event."""

    number: int
    """Row number, for commands; never used again."""
    guid: str
    """The id readers see; never changes."""
    published: datetime
    updated: datetime
    """What readers are told; moves by policy only."""
    changed: datetime
    """When anything in it last changed."""
    lead: Report
    others: tuple[Report, ...] = ()
    """Oldest first."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One merged feed, ready to be rendered."""

    name: str
    guid: str
    title: str
    description: str
    link: str
    """Public address of the site, ending in /."""
    language: str
    updated: datetime
    stories: tuple[Story, ...] = ()


@dataclass(frozen=True, slots=True)
class Health:
    """How a source is doing, for people."""

    name: str
    address: str
    title: str
    due: datetime
    reason: str
    """Why the next visit is then."""
    visited: datetime | None = None
    succeeded: datetime | None = None
    result: VisitResult | Literal[""] = ""
    fault: str = ""
    notes: tuple[str, ...] = ()
    entries: int = 0
