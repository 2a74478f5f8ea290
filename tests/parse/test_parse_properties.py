"""Any bytes yield entries or a SourceError, and every entry can be rendered."""

import json
import re
from dataclasses import fields
from datetime import UTC, datetime
from html import escape
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aggregator.errors import SourceError
from aggregator.model import Document, Enclosure, Entry, Limits
from aggregator.parse import parse
from aggregator.text.html import plain, safe_html, title_text
from aggregator.visit.normalise import normalise

NOW = datetime(2024, 6, 1, tzinfo=UTC)
FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# fmt: off
PIECES = (
    "<rss version='2.0'>", "<channel>", "<item>", "</item>", "<title>", "</title>", "<link>", "</link>",
    "<guid>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "</entry>",
    "<content type='xhtml'>", "<?xml", "?>", "<description>", "<![CDATA[", "]]>", "<!--", "-->", "&lt;",
    "&amp;", "&#0;", "&bogus;", "javascript:", "\x00", "<!DOCTYPE x [<!ENTITY e 'x'>]>", "&e;", "\xff",
    "<pubDate>", "2024-05-17", "xml:base='//'", "<media:title>", "---\n", "title: x\n",
    "date 2024-05-17 x\n", "{", "}", '"items":', "[", "]", "+++\n", "\ufeff", "\u202e",
    '"version": "https://jsonfeed.org"', "\ud800", " ", "\n", "a", "<p onclick=x>", "<svg>", "=", "'",
    '"', ">", "/",
)
MARKUP = (
    "<p>", "</p>", "<a href='", "'>", "javascript:x", "<img src=", " onerror=x", "<svg>", "<style>",
    "</style>", "<math>", "<mtext>", "<table>", "<!--", "-->", "&lt;", "&#60;", "<", ">", '"', "\x00",
    "x", " ", "<noscript>", "<title>", "<textarea>", "<iframe srcdoc=", "<img width=1 height=1>",
    "<form>", "]]>", "`", "é", "<b>", "</b>",
)
# fmt: on
BODIES = st.one_of(
    st.binary(max_size=300),
    st.lists(st.sampled_from(PIECES), max_size=40).map(
        lambda parts: "".join(parts).encode("utf-8", "replace")
    ),
)
HTML = st.lists(st.sampled_from(MARKUP), max_size=30).map("".join)


def fit_to_render(entry: Entry) -> None:
    texts = [value for field in fields(entry) if isinstance(value := getattr(entry, field.name), str)]
    texts += [*entry.authors, *entry.tags, *(part.type for part in entry.enclosures)]
    assert not any(FORBIDDEN.search(text) for text in texts)
    for link in (
        entry.url,
        entry.image,
        entry.comments,
        entry.via_url,
        *(part.url for part in entry.enclosures),
    ):
        assert not link or (urlsplit(link).scheme.lower() in {"http", "https"} and urlsplit(link).hostname)
    assert entry.uid
    assert safe_html(entry.summary) == entry.summary or "src" in entry.summary or "href" in entry.summary


@QUICK
@given(BODIES, st.booleans())
def test_any_bytes_give_entries_or_our_error(body: bytes, web: bool) -> None:
    document = Document(body, "https://a.example/f" if web else "", name="" if web else "x.txt")
    try:
        parsed = parse(document, Limits(seconds=60))
    except SourceError as error:
        assert error.fault in {"format", "size"}
        assert "\n" not in error.note
        return

    assert not FORBIDDEN.search(parsed.title + parsed.url + parsed.language)
    for draft in parsed.drafts:
        fit_to_render(normalise(draft, source="s", base=document.url, now=NOW))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=5,
)
_KEYS = "id url title content_html content_text summary tags authors author attachments date_published image"
ITEM_KEYS = _KEYS.split()


@QUICK
@given(st.dictionaries(st.sampled_from(ITEM_KEYS), JSON, max_size=6), JSON)
def test_a_json_feed_of_any_values_is_read(item: dict[str, object], title: object) -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": title, "items": [item, title]}

    parsed = parse(Document(json.dumps(feed).encode(), "https://a.example/f"), Limits())

    for draft in parsed.drafts:
        fit_to_render(normalise(draft, source="s", base="https://a.example/f", now=NOW))


@QUICK
@given(HTML)
def test_nothing_that_runs_survives_cleaning(html: str) -> None:
    safe = safe_html(html, "https://a.example/")

    tags = re.findall(r"<[a-zA-Z!/?][^>]*>", safe)
    assert not [
        tag for tag in tags if re.search(r'\s(on\w*|style|srcdoc)=|="javascript:|<[!?]', tag, re.IGNORECASE)
    ]
    assert not re.search(r"<(script|style|svg|math|iframe|form|title|textarea|noscript)\b", safe)
    assert safe_html(safe, "https://a.example/") == safe


@QUICK
@given(st.text(max_size=60))
def test_a_plain_title_stays_what_it_is_through_html(title: str) -> None:
    shown = title_text(title, "text/plain")

    assert plain(escape(shown)) == shown


@pytest.mark.parametrize("text", ["A\x0ctitle\n\nWords.", '---\ntitle: "A\\ftitle"\n---\nWords.'])
def test_the_title_of_a_file_is_fit_to_be_the_name_of_its_source(text: str) -> None:
    assert parse(Document(text.encode(), "", name="x.txt"), Limits()).title in ("Atitle", "A title")


def test_an_endless_enclosure_has_no_length() -> None:
    item = {"id": 1, "attachments": [{"url": "https://a.example/x", "size_in_bytes": 1e300}]}
    feed = {"version": "https://jsonfeed.org/version/1", "items": [item]}

    (draft,) = parse(Document(json.dumps(feed).encode(), "https://a.example/f"), Limits()).drafts

    assert draft.enclosures == (Enclosure("https://a.example/x"),)
