"""What we publish is read back by our own parser as it was: title, link, id, date and text."""

import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aggregator.model import (
    Document,
    Draft,
    Edition,
    Enclosure,
    Entry,
    Format,
    Limits,
    Output,
    Report,
    Site,
    Story,
)
from aggregator.parse import parse
from aggregator.publish.compose import compose
from aggregator.render import RENDERERS
from aggregator.render.item import content, own_text, title
from aggregator.render.pages import river
from aggregator.text.html import plain, title_text
from aggregator.visit.normalise import normalise

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LINK = "https://news.example/"
FEEDS: tuple[Format, ...] = ("atom", "rss", "json")
QUICK = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# fmt: off
PIECES = (
    "<p>", "</p>", "<b>", "</b>", "<br>", "<a href='", "'>", "</a>", "<img src='/i.png' alt='", "<table>",
    "<td>", "<pre>\n", "</pre>", "<ul><li>", "]]>", "<![CDATA[", "<!--", "-->", "&amp;", "&lt;", "&#60;",
    "&#133;", "&nbsp;", "&", "<", ">", '"', "'", "\n", "  ", "\t", "\x00", "\x0b", "\x85", "\u2028", "\ufeff",
    "\u202e", "\ufffe", "\ud800", "é", "東京", "😀", "e\u0301", "word", "two words", "ﬁ", "/x?a=1&b=2",
    "javascript:x", "{{", "%s", "\\",
)
# fmt: on
TEXT = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
DATE = st.one_of(
    st.none(), st.integers(0, 1_700_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))
)
DRAFT = st.builds(
    Draft,
    uid=TEXT,
    title=TEXT,
    title_type=st.sampled_from(["text/plain", "text/html"]),
    url=st.sampled_from(
        ["", "/1", "https://a.example/?q=a b&c=<d>'\"", "https://é.example/東京", "http://[::1]/x"]
    ),
    summary=TEXT,
    summary_type=st.sampled_from(["text/plain", "text/html"]),
    body=TEXT,
    authors=st.lists(TEXT, max_size=2).map(tuple),
    tags=st.lists(TEXT, max_size=2).map(tuple),
    published=DATE,
    updated=DATE,
    enclosures=st.lists(st.builds(Enclosure, st.just("/a.mp3"), TEXT, st.integers(0, 9)), max_size=2).map(
        tuple
    ),
)


def entry(draft: Draft) -> Entry:
    return normalise(draft, source="s", base="https://a.example/feed", now=NOW)


def edition(drafts: list[Draft]) -> Edition:
    """A story of two reports from each draft, the next one older."""
    stories = []
    for number, each in enumerate(map(entry, drafts)):
        lead = Report(each, number, "A & <b>", "https://a.example/", "https://a.example/feed", ("tag",))
        other = Report(each, number + 100, "]]> & Sons", "", "")
        date = each.published or NOW - timedelta(days=number)
        stories.append(Story(number, f"urn:uuid:{number}", date, date, NOW, lead, (other,)))
    return compose(stories, Output("feed", "A & <b>b</b>", "d", language="en"), LINK)


def read_back(name: Format, made: Edition) -> list[Entry]:
    parsed = parse(Document(RENDERERS[name](made), LINK + "feed." + name), Limits(seconds=60))
    assert parsed.notes == ()
    return [normalise(draft, source="s", base=LINK, now=NOW) for draft in parsed.drafts]


@pytest.mark.parametrize("name", FEEDS)
@QUICK
@given(st.lists(DRAFT, min_size=1, max_size=3))
def test_what_we_publish_reads_back_as_it_was(name: Format, drafts: list[Draft]) -> None:
    made = edition(drafts)

    items = [read for read in read_back(name, made) if read.upstream in ("", read.uid)]
    for story, read in zip(made.stories, items, strict=True):
        assert read.uid == story.guid
        assert read.url == story.lead.entry.url
        # RSS cannot say whether a title is text or HTML: what looks like HTML may be read as such.
        if name != "rss" or title_text(title(story)) == title(story):
            assert read.title == title(story)
        assert read.published == story.published
        said = own_text(story) if name == "json" else content(story)  # its byline is read as reports
        assert plain(read.body or read.summary) == plain(said)


@QUICK
@given(st.lists(DRAFT, min_size=1, max_size=3))
def test_the_other_reports_are_read_from_json(drafts: list[Draft]) -> None:
    made = edition(drafts)
    read = {(each.upstream, each.via_title, each.url) for each in read_back("json", made)}
    assert {(story.guid, "]]> & Sons", story.others[0].entry.url) for story in made.stories} <= read


@QUICK
@given(st.lists(DRAFT, min_size=1, max_size=3))
def test_what_we_publish_is_well_formed(drafts: list[Draft]) -> None:
    made = edition(drafts)

    for name in ("atom", "rss"):
        ElementTree.fromstring(RENDERERS[name](made))
    assert len(json.loads(RENDERERS["json"](made))["items"]) == len(drafts)
    assert river(Site("A & <b>b</b>"), made.stories).decode().count("</html>") == 1
