"""A truncated document yields its whole entries and a note, and is read again at the next visit."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from fresh import fresh
from hypothesis import given
from hypothesis import strategies as st
from make import NOON
from pretend import item, rss
from web import web

from aggregator.errors import SourceError
from aggregator.model import Document, Harvest, Job, Limits, Parsed, Source, SourceState
from aggregator.parse import parse
from aggregator.plan import next_visit
from aggregator.store import Store
from aggregator.visit.visit import VisitContext, visit

URL = "https://a.example/feed"
RSS = rss(
    "Aé", item("1", "One", "First é text."), item("2", "Two", "Text of <b>two</b>."), item("3", "Three")
)
ATOM = (
    '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>A</title>'
    "<id>urn:a</id><updated>2026-03-01T10:00:00Z</updated>"
    + "".join(
        f"<entry><id>urn:{name}</id><title>{name}</title><updated>2026-03-01T10:00:00Z</updated>"
        f"<content>Wörter von {name}</content></entry>"
        for name in ("One", "Two", "Three")
    )
    + "</feed>"
).encode()
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
    '<channel rdf:about="u"><title>A</title><link>u</link><description>d</description>'
    '<items><rdf:Seq><rdf:li rdf:resource="1"/></rdf:Seq></items></channel>'
    + "".join(f'<item rdf:about="{n}"><title>{n}</title><link>{n}</link></item>' for n in ("One", "Two"))
    + "</rdf:RDF>"
).encode()
QUOTING = rss("A", item("1", "One"), item("2", "Two", "<![CDATA[Feeds end in </item></channel></rss>]]>"))
PREFIXED = RSS.replace(b"<rss ", b"<r:rss xmlns:r='urn:r' ").replace(b"</rss>", b"</r:rss>")
DOCUMENTS = {"rss": RSS, "atom": ATOM, "rdf": RDF, "quoting": QUOTING, "prefixed": PREFIXED}


def read(body: bytes) -> Parsed:
    return parse(Document(body, URL), Limits())


@pytest.mark.parametrize("name", DOCUMENTS)
@given(data=st.data())
def test_wherever_it_breaks_off_it_gives_whole_entries_only(name: str, data: st.DataObject) -> None:
    body = DOCUMENTS[name]
    whole = read(body)
    cut = data.draw(st.integers(body.index(b"<title>"), len(body) - len("</rss>")))

    try:
        parsed = read(body[:cut])
    except SourceError as error:
        assert error.note == "the document breaks off before its first entry ends"
        parsed = replace(whole, drafts=(), whole=False)

    assert whole.whole
    assert not parsed.whole
    assert parsed.drafts == whole.drafts[: len(parsed.drafts)]
    ends = sum(body[:cut].count(end) for end in (b"</item>", b"</entry>"))
    assert len(parsed.drafts) in ({ends} if name != "quoting" else {ends, ends - 1})


def test_an_end_tag_in_an_unclosed_quotation_does_not_count() -> None:
    assert not read(QUOTING[: QUOTING.index(b"</rss>]]>") + len(b"</rss>]")]).whole


def test_the_first_note_says_so() -> None:
    assert read(RSS[: RSS.index(b"Text of")]).notes[0] == "the document breaks off after 1 whole entry"


@pytest.mark.parametrize(
    "body",
    [
        RSS,
        RSS + b"<!-- made in 3 s -->\n",
        RSS + b"<script>" + b"x" * 9_000 + b"</script>",
        RSS.replace(b"</rss>", b"</RSS >"),
        RSS.replace(b"First", b"First & <br>"),
        b'<feed xmlns="http://www.w3.org/2005/Atom"/>',
    ],
)
def test_what_ends_does_not_break_off(body: bytes) -> None:
    assert read(body).whole


def test_half_a_character_at_the_end_spoils_none_before() -> None:
    cut = RSS[: RSS.index(b"Two")] + "é".encode()[:1]

    assert read(cut).drafts == read(RSS).drafts[:1]


def json_feed(**more: object) -> bytes:
    items = [
        {"id": name, "title": f"{name} é }}]", "tags": ["items", "[{"], "_a": {"items": [{"b": 1}]}}
        for name in ("One", "Two", "Three")
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "A", "authors": [{"name": "B"}]}
    return json.dumps(feed | {"items": items} | more, ensure_ascii=False).encode()


@given(data=st.data())
def test_wherever_json_breaks_off_it_gives_whole_entries_only(data: st.DataObject) -> None:
    body = json_feed(hubs=[{"type": "WebSub", "url": "https://a.example/hub"}])
    whole = read(body)
    ends = [body.index(b'{"id": "Two"') - 2, body.index(b'{"id": "Three"') - 2, body.index(b', "hubs"') - 1]
    cut = data.draw(st.integers(ends[0], len(body) - 1))

    parsed = read(body[:cut])

    assert whole.whole
    assert not parsed.whole
    assert parsed.drafts == whole.drafts[: sum(end <= cut for end in ends)]
    assert parsed.notes[0].startswith(f"the document breaks off after {len(parsed.drafts)} whole entr")


def test_json_that_begins_with_its_items_gives_those_that_are_whole() -> None:
    items = [{"id": name, "content_text": f"Text {name}"} for name in ("One", "Two", "Three")]
    body = json.dumps({"items": items, "title": "A", "version": "https://jsonfeed.org/version/1.1"}).encode()
    assert [each.uid for each in read(body[: body.index(b"Three")]).drafts] == ["One", "Two"]


@pytest.mark.parametrize(
    "body",
    [
        json_feed()[: json_feed().index(b'{"id": "Two"') - 3],
        json_feed().replace(b'"Two"', b"Two"),
        json_feed().replace(b'"Two"', b"Two")[:-1],
        json_feed()[:-20].replace(b"jsonfeed.org", b"b.example").replace(b'"title": "A"', b'"name": "A"'),
    ],
)
def test_json_without_a_whole_entry_or_of_another_kind_is_not_a_feed(body: bytes) -> None:
    with pytest.raises(SourceError, match="this is truncated or invalid JSON"):
        read(body)


# --- through the whole of a visit


def visited(store: Store, body: bytes, hour: int) -> Harvest:
    """A server that answers 304 once it has sent anything, as if its file had not changed."""
    now = NOON + timedelta(hours=hour)
    (job,) = store.sources.claim_named(["One"], now, now, 1)

    def answer(request: httpx.Request) -> httpx.Response:
        known = "if-none-match" in request.headers
        return httpx.Response(304 if known else 200, content=b"" if known else body, headers={"etag": '"1"'})

    harvest = visit(job, now, VisitContext(web(answer)))
    with store.writing():
        kept = store.entries.keep("One", harvest.entries, now)
        source = Source("One", "url", URL)
        store.sources.visited(harvest, next_visit(source, SourceState(), harvest, now, kept.added), kept)
    return harvest


def test_a_truncated_answer_is_reported_and_requested_again(tmp_path: Path) -> None:
    half = RSS[: RSS.index(b"<title>Two") + 30]
    with Store(fresh(tmp_path / "a.db")) as store:
        with store.writing():
            store.sources.sync([Source("One", "url", URL)], NOON)
        results = []
        for hour, body in enumerate((half, half, RSS, RSS)):
            results.append(visited(store, body, hour).visit.result)
            (health,) = store.sources.health()
            told = "breaks off" in health.reason and "breaks off" in " ".join(health.notes)
            assert told == (hour < 2)
            assert store.entries.count() == (1 if hour < 2 else 3)

    assert results == ["fresh", "fresh", "fresh", "same"]


def test_a_truncated_file_is_read_and_reported_again(tmp_path: Path) -> None:
    saved = tmp_path / "saved.xml"
    saved.write_bytes(RSS[: RSS.index(b"<title>Two")])
    job = Job("One", "folder", str(tmp_path))
    tools = VisitContext(web(lambda request: httpx.Response(404)))

    first = visit(job, NOON, tools)
    second = visit(replace(job, files=first.fetched.files), NOON, tools)

    assert (
        first.visit.notes == second.visit.notes == ("saved.xml: the document breaks off after 1 whole entry",)
    )
    assert [entry.title for entry in second.entries] == ["One"]
