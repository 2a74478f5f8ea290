"""Compares parsing with feedparser in one run: CPU seconds, entries/s, MB/s and the ratio.

python benchmarks/parsing.py                 200 generated feeds of 30 entries
python benchmarks/parsing.py FOLDER          every file in it that feedparser reads as a feed
"""

from __future__ import annotations

import io
import random
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

import feedparser

from aggregator.errors import SourceError
from aggregator.model import Document, Limits
from aggregator.parse import parse
from aggregator.parse.encoding import UTF8_XML, as_utf8
from aggregator.parse.fast import Doubt, read_fast
from aggregator.visit.normalise import normalise
from aggregator.visit.unchanged import SIZE, split_unchanged

FEEDS, ENTRIES = 200, 30
NOW = datetime(2026, 1, 1, tzinfo=UTC)
KNOWN: dict[bytes, bytes] = {}
URL = "https://feeds.example/news/feed.xml"
_WORDS = "harbour ferry council tram bridge valley storm market school museum naïve café – river lamp"
WORDS = _WORDS.split()


def text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(words)).capitalize() + "."


def markup(chance: random.Random) -> str:
    parts = [f'<p>{text(chance, 40)} <a href="/{n}?a=1&amp;b=2">more</a></p>' for n in range(8)]
    return '<img src="/i.jpg" width="640" height="360" alt="x"/>' + "".join(parts)


def rss(chance: random.Random) -> bytes:
    items = "".join(
        f"<item><title>{escape(text(chance, 8))}</title><link>https://n.example/{n}</link>"
        f'<guid isPermaLink="false">{n}</guid><category>A</category><dc:creator>Ann</dc:creator>'
        f"<pubDate>{NOW - timedelta(hours=n):%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
        f"<description>{escape(text(chance, 30))}</description>"
        f"<content:encoded><![CDATA[{markup(chance)}]]></content:encoded></item>"
        for n in range(ENTRIES)
    )
    spaces = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    )
    return f'<rss version="2.0" {spaces}><channel><title>N</title>{items}</channel></rss>'.encode()


def atom(chance: random.Random) -> bytes:
    entries = "".join(
        f"<entry><id>urn:n:{n}</id><title>{escape(text(chance, 8))}</title>"
        f'<link href="https://n.example/{n}"/>'
        f"<updated>{NOW - timedelta(hours=n):%Y-%m-%dT%H:%M:%SZ}</updated>"
        f'<author><name>Ann</name></author><content type="html">{escape(markup(chance))}</content></entry>'
        for n in range(ENTRIES)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title>{entries}</feed>'.encode()


def documents(folder: str | None) -> list[Document]:
    if folder is None:
        chance = random.Random(7)
        bodies: Iterable[bytes] = [(rss, atom)[n % 2](chance) for n in range(FEEDS)]
    else:
        bodies = [path.read_bytes() for path in sorted(Path(folder).rglob("*")) if path.is_file()]
    return [Document(body, URL, "application/xml") for body in bodies if folder is None or is_feed(body)]


def is_feed(body: bytes) -> bool:
    found = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    return bool(found.get("version") and found.entries)


def by_feedparser(document: Document) -> int:
    headers = {"content-type": document.content_type, "content-location": document.url}
    return len(feedparser.parse(io.BytesIO(document.body), response_headers=headers).entries)


def by_bare_feedparser(document: Document) -> int:
    headers = {"content-type": document.content_type, "content-location": document.url}
    found = feedparser.parse(
        io.BytesIO(document.body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    return len(found.entries)


def fast_only(document: Document) -> int:
    body = as_utf8(document.body, document.content_type)
    try:
        return len(read_fast(Document((body or b"").strip(), URL, UTF8_XML), Limits()).drafts)
    except Doubt:
        return 0


def whole(document: Document) -> int:
    """Parses, cleans and resolves as a visit does; without the work of feedparser's child process."""
    try:
        parsed = parse(document, Limits(seconds=60))
    except SourceError:
        return 0
    return len([normalise(draft, source="s", base=URL, now=NOW) for draft in parsed.drafts])


def again(document: Document) -> int:
    """The next visit, when one entry of the document is new."""
    parsed = parse(document, Limits(seconds=60))
    known = KNOWN.get(document.body, b"")
    sifted = split_unchanged(parsed.drafts, known, base=URL, language=parsed.language)
    KNOWN[document.body] = sifted.digests[SIZE:]
    for draft in sifted.news:
        normalise(draft, source="s", base=URL, now=NOW)
    return len(parsed.drafts)


def measure(name: str, run: Callable[[Document], int], read: list[Document], base: float) -> float:
    start = time.process_time()
    entries = sum(map(run, read))
    seconds = time.process_time() - start
    size = sum(len(document.body) for document in read) / 1e6
    ratio = f"{base / seconds:6.1f} x" if base else "   1.0 x"
    print(f"{name:44} {seconds:7.2f} s {entries / seconds:9.0f} entries/s {size / seconds:7.1f} MB/s {ratio}")
    return seconds


def main() -> None:
    read = documents(sys.argv[1] if len(sys.argv) > 1 else None)
    sure = [document for document in read if fast_only(document)]
    print(f"{len(read)} feeds, {len(sure)} of them take the fast path and are measured")
    base = measure("feedparser, cleaning and resolving", by_feedparser, sure, 0)
    measure("feedparser, neither", by_bare_feedparser, sure, base)
    measure("fast path, neither", fast_only, sure, base)
    measure("ours: parsed, cleaned, resolved", whole, sure, base)
    for document in sure:
        again(document)
    measure("the same when one entry is new", again, sure, base)


if __name__ == "__main__":
    main()
