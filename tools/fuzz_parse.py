"""Checks that any bytes yield entries or one of our errors, and entries well-formed feeds. Needs atheris.

python tools/fuzz_parse.py tests/parse/cases -max_len=8192
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from xml.etree import ElementTree

import atheris  # type: ignore[import-not-found,unused-ignore]

with atheris.instrument_imports(include=["aggregator", "feedparser", "yaml", "markdown_it"]):
    from aggregator.cli.describe import describe
    from aggregator.errors import SourceError
    from aggregator.model import Document, Entry, Limits, Output, Report, Story
    from aggregator.parse import parse
    from aggregator.parse.feed import read_feed
    from aggregator.parse.front_matter import has_front
    from aggregator.parse.jekyll import read_post
    from aggregator.parse.plain import decode
    from aggregator.publish.compose import compose
    from aggregator.render import RENDERERS
    from aggregator.text.html import safe_html
    from aggregator.visit.document import ReadDocument
    from aggregator.visit.normalise import normalise

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LIMITS = Limits(seconds=60)


def one(data: bytes) -> None:
    """The first byte chooses a document from the web, a local file, or feedparser's path alone."""
    web = Document(data[1:], "https://feeds.example/f")
    local = Document(data[1:], "", name="x.txt")
    try:
        if data[:1] < b"\x55":
            parsed = parse(web, LIMITS)
        elif data[:1] < b"\xaa":
            parsed = read_post(local, LIMITS) if has_front(decode(local)) else parse(local, LIMITS)
        else:
            parsed = read_feed(web, LIMITS)
    except SourceError:
        return
    entries = [normalise(draft, source="s", base=web.url, now=NOW) for draft in parsed.drafts]
    facts = parsed.format, parsed.title, parsed.url, parsed.language, parsed.rhythm, parsed.notes
    describe(ReadDocument(*facts, tuple(entries)))
    for entry in entries:
        again = safe_html(entry.body, web.url)
        if safe_html(again, web.url) != again:
            raise AssertionError(f"cleaning again changes the result: {entry.body!r}")
    render(parsed.title or "x", entries[:5])


def render(title: str, entries: list[Entry]) -> None:
    stories = []
    for number, entry in enumerate(entries):
        report = Report(entry, number, title, "", "https://feeds.example/f")
        date = entry.published or NOW
        stories.append(Story(number, f"urn:x:{number}", date, entry.updated or date, NOW, report, (report,)))
    made = compose(stories, Output("feed", title, title, items=5), "https://a.example/")
    files = {name: write(made) for name, write in RENDERERS.items()}
    ElementTree.fromstring(files["atom"])
    ElementTree.fromstring(files["rss"])
    json.loads(files["json"])


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
