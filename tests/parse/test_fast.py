"""The fast reader agrees with feedparser in every field, or raises Doubt."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aggregator.model import Document, Limits
from aggregator.parse.encoding import UTF8_XML, as_utf8
from aggregator.parse.fast import Doubt, read_fast
from aggregator.parse.feed import read_feed

CASES = Path(__file__).parent / "cases"
CORPUS = Path(__file__).parents[3] / "shared" / "conformance" / "corpus"
ENTRY = re.compile(rb"<(rss:)?(item|entry)\b")
REAL = 3000  # bytes from which a file of the corpus is likely to be a saved feed


def prepared(body: bytes) -> Document | None:
    utf8 = as_utf8(body, "")
    return None if utf8 is None else Document(utf8.lstrip(b" \t\r\n"), "https://feeds.example/f", UTF8_XML)


def compare(body: bytes) -> str:
    """Why the fast reader doubted, "" when it was sure and right."""
    document = prepared(body)
    if document is None:
        return "the encoding"
    try:
        fast = read_fast(document, Limits())
    except Doubt as doubt:
        return str(doubt)
    assert fast == replace(read_feed(document, Limits()), notes=())
    return ""


def rss(inside: str, channel: str = "") -> bytes:
    spaces = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
        ' xmlns:atom="http://www.w3.org/2005/Atom" xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:x="https://x.example/ns"'
    )
    item = f"<item>{inside}</item>" if inside else ""
    return f'<rss version="2.0" {spaces}><channel>{channel}{item}</channel></rss>'.encode()


def atom(inside: str, feed: str = "") -> bytes:
    space = 'xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"'
    return f"<feed {space}>{feed}<entry>{inside}</entry></feed>".encode()


SURE = {
    "guid before link": rss("<guid>https://a.example/1</guid><link>https://a.example/2</link>"),
    "guid alone is the link": rss("<guid> https://a.example/1 </guid>"),
    "relative guid": rss("<guid>12/34</guid><link>/x</link>"),
    "no permalink": rss('<guid isPermaLink="false">12</guid>'),
    "title that looks like HTML": rss("<title>a &lt;b&gt;c&lt;/b&gt; &amp;amp;</title>"),
    "title that does not": rss("<title>1 &lt; 2 &amp; 3</title>"),
    "two titles": rss("<title>first</title><title>second</title>"),
    "media title first": rss("<media:title>m</media:title><title>t</title>"),
    "media group": rss(
        '<title>t</title><media:group><media:title>m</media:title><media:content url="u" medium="image"/>'
        "<media:description>d</media:description></media:group>"
    ),
    "content before description": rss("<content:encoded>c</content:encoded><description>d</description>"),
    "two descriptions": rss("<description>d</description><description>e</description>"),
    "summary after description": rss("<description>d</description><itunes:summary>s</itunes:summary>"),
    "summary before description": rss("<itunes:summary>s</itunes:summary><description>d</description>"),
    "categories": rss(
        '<category domain="x">a</category><category>a</category><category>a</category><category domain="y"/>'
        "<category>b</category><dc:subject>c</dc:subject><itunes:keywords>d, e,,d</itunes:keywords>"
    ),
    "authors": rss(
        "<author>ann@example.com (Ann)</author><dc:creator>Bob</dc:creator><author>c@d.example</author>"
        "<author>Eve &lt;eve@example.com&gt;</author><itunes:author></itunes:author>"
    ),
    "dates": rss("<dc:date>2024-05-17</dc:date><pubDate>Fri, 17 May 2024 08:00:00 GMT</pubDate>"),
    "misread UTF-8": rss("<title>cafÃ© \x93quoted\x94</title><dc:creator>cafÃ©</dc:creator>"),
    "comments in text": rss("<title>one<!-- two -->three<?pi x?></title>"),
    "source": rss('<source url="https://s.example/">S</source><media:title>m</media:title>'),
    "channel image": rss("", "<image><title>i</title><url>u</url><link>l</link></image><title>t</title>"),
    "channel links": rss(
        "", '<atom:link rel="self" href="s"/><link>https://a.example</link><language>en</language>'
    ),
    "hubs": rss(
        "",
        '<atom:link rel="Self" href="s"/><atom:link rel="hub" href=" https://h.example/ "/>'
        '<atom:link rel="hub" href="https://i.example/"/><atom:link href="https://a.example/"/>',
    ),
    "atom hubs": atom(
        '<link rel="hub" href="https://of.an.entry.example/"/>',
        '<link rel="hub" href="javascript:x"/><link rel="hub" href="h"/><link rel="self" href=""/>',
    ),
    "skip hours": rss("", "<skipHours><hour>3</hour><hour>4</hour></skipHours><ttl>30</ttl>"),
    "foreign elements": rss('<x:title a="b">no<x:deep/></x:title><title>t</title>'),
    "foreign default": rss('<site xmlns="https://x.example/ns2">1</site><title>t</title>'),
    "enclosure": rss('<enclosure URL="u" Type="Audio/MPEG" length="5"/>'),
    "episode": rss(
        "<itunes:duration> 1:02:03 </itunes:duration><itunes:season>2</itunes:season>"
        '<itunes:episode>x</itunes:episode><podcast:chapters url="c.json" type="application/json+chapters"/>'
        '<podcast:transcript url="a" type="Text/VTT" language="de"/><podcast:transcript url="b"/>'
    ),
    "episode of another prefix": rss(
        '<p:transcript xmlns:p="https://podcastindex.org/namespace/1.0" url="a"/>'
    ),
    "two durations": rss("<itunes:duration>1</itunes:duration><itunes:duration>2</itunes:duration>"),
    "duration of a file": atom('<media:content url="u" type="audio/mpeg" duration="62"/>'),
    "atom links": atom(
        '<id>urn:1</id><link rel="Alternate" href="a"/><link rel="enclosure" href="e" length="1" type="A/B"/>'
        '<link rel="alternate" type="application/pdf" href="p"/>'
    ),
    "atom id alone": atom("<id>https://a.example/1</id>"),
    "atom xhtml": atom(
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><P Class="x">a &lt; b<br/>'
        '<img src="q&quot;r&amp;s"/></P> tail</div></content>'
    ),
    "atom xhtml of two": atom(
        '<summary type="xhtml"><b xmlns="http://www.w3.org/1999/xhtml">a</b> '
        '<i xmlns="http://www.w3.org/1999/xhtml">b</i></summary>'
    ),
    "atom base": atom(
        '<link href="x"/><content type="html" xml:base="c/">x</content>',
        '<id>urn:f</id><link href="/"/>',
    ).replace(b"<entry>", b'<entry xml:base="https://b.example/a/">'),
    "atom language": atom('<title xml:lang="de_AT">t</title><content xml:lang="">x</content>'),
    "atom authors": atom("<author><name>A</name><email>a@b.example</email><uri>u</uri></author>"),
    "atom source": atom('<source><id>urn:s</id><title>S</title><link href="https://s.example/"/></source>'),
    "atom content and summary": atom("<content>c</content><summary>s</summary>"),
    "empty": rss("<title/><link/><guid/><description/>"),
}


@pytest.mark.parametrize("name", SURE)
def test_where_it_is_sure_it_is_right(name: str) -> None:
    assert compare(SURE[name]) == ""


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE rss><rss version='2.0'><channel/></rss>",
        b"<rss version='2.0'><channel><item><title>a & b</title></item></channel></rss>",
        b"<rss version='0.91'><channel/></rss>",
        b"<html/>",
        rss("<title>a<b>c</b></title>"),
        rss("<item><title>nested</title></item>"),
        rss("<body xmlns='http://www.w3.org/1999/xhtml'>x</body>"),
        rss("<textinput/>"),
        rss('<itunes:duration a="b">1</itunes:duration>'),
        rss("<podcast:transcript>text</podcast:transcript>"),
        rss('<podcast:transcript xmlns:podcast="https://x.example/" url="a"/>'),
        rss("", "<x:y><title>not of the feed</title></x:y>"),
        atom('<content type="image/png">aGk=</content>'),
        atom('<content type="xhtml"><div>no namespace</div></content>'),
        b'<rss version="2.0" xmlns:dc="http://search.yahoo.com/mrss/"><channel/></rss>',
        b'<rss version="2.0" xmlns="http://backend.userland.com/rss2"><channel/></rss>',
    ],
)
def test_it_doubts_what_it_has_no_rule_for(body: bytes) -> None:
    assert compare(body)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.xml")), ids=lambda path: path.name)
def test_it_agrees_on_our_own_cases(path: Path) -> None:
    if path.read_bytes().strip():
        compare(path.read_bytes())


_TAGS = "title link guid description pubDate author category comments source enclosure dc:creator dc:date"
_TAGS += " content:encoded media:title media:description media:group itunes:summary itunes:duration"
_TAGS += " podcast:transcript atom:link x:foreign image"
_TEXT = st.text("ab <&>\"'é\x93Ã©/:@.()1", max_size=12).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
)
_ELEMENT = st.builds(
    lambda tag, text, attribute: f"<{tag}{attribute}>{text}</{tag}>",
    st.sampled_from(_TAGS.split()),
    _TEXT,
    st.sampled_from(
        [
            "",
            "",
            "",
            ' isPermaLink="false"',
            ' url="u"',
            ' href="h"',
            ' rel="hub" href="h"',
            ' type="html"',
            ' domain="d"',
        ]
    ),
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_ELEMENT, max_size=6), st.lists(_ELEMENT, max_size=3))
def test_it_agrees_on_any_items(inside: list[str], channel: list[str]) -> None:
    compare(rss("".join(inside), "".join(channel)))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the conformance corpus is not beside the project")
def test_it_agrees_on_the_corpus_and_takes_most_real_feeds() -> None:
    real = taken = 0
    for manifest in sorted(CORPUS.glob("*/manifest.json")):
        for entry in json.loads(manifest.read_text(encoding="utf-8")):
            body = (manifest.parent / entry["file"]).read_bytes()
            if entry["kind"] != "feed" or b"jsonfeed.org" in body[:500]:
                continue
            doubt = compare(body)
            if len(body) >= REAL and (not doubt or ENTRY.search(body)):
                real, taken = real + 1, taken + (not doubt)

    assert taken >= 0.85 * real, f"{taken} of {real}"
