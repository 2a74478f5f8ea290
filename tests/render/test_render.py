"""What we render reads back the same in a parser that is not ours."""

import io
import json
from dataclasses import replace
from xml.etree import ElementTree

import feedparser
import pytest
from make import NOON, edition, report, story

from aggregator.model import Document, Edition, Enclosure, Hub, Limits
from aggregator.parse import parse
from aggregator.render import RENDERERS as BY_FORMAT

RENDERERS = {f"feed.{format}": render for format, render in BY_FORMAT.items()}
ATOM = "{http://www.w3.org/2005/Atom}"
TWO = edition(
    story(
        1,
        report(1, tags=("cities",), authors=("A. Writer",)),
        (report(2, "Two", title="The <b>bridge</b>", url="https://two.example/?a=1&b=2", tags=("news",)),),
    ),
    story(3, report(3, "Three")),
)


def parsed(name: str, given: Edition = TWO) -> feedparser.FeedParserDict:
    return feedparser.parse(io.BytesIO(RENDERERS[name](given)))


@pytest.mark.parametrize("name", RENDERERS)
def test_equal_data_give_equal_bytes(name: str) -> None:
    assert RENDERERS[name](TWO) == RENDERERS[name](TWO)


@pytest.mark.parametrize("name", ["feed.atom", "feed.rss"])
def test_one_item_a_story_under_the_story_s_id(name: str) -> None:
    feed = parsed(name)
    assert not feed.bozo
    assert [item.id for item in feed.entries] == ["urn:story:1", "urn:story:3"]
    assert feed.feed.title == "Stories & more"


@pytest.mark.parametrize("name", ["feed.atom", "feed.rss"])
def test_an_item_has_the_lead_and_every_other_report_with_its_link(name: str) -> None:
    item = parsed(name).entries[0]
    assert item.title == "A bridge opens"
    assert item.link == "https://one.example/bridge"
    assert "It opened." in item.content[0].value
    assert 'href="https://two.example/?a=1&amp;b=2"' in item.content[0].value
    assert "Two: " in item.content[0].value


@pytest.mark.parametrize("name", ["feed.atom", "feed.rss"])
def test_a_title_with_markup_in_it_stays_text(name: str) -> None:
    assert "<b>bridge" not in parsed(name).entries[0].content[0].value


@pytest.mark.parametrize("name", ["feed.atom", "feed.rss"])
def test_categories_of_all_reports_are_kept_once(name: str) -> None:
    assert [tag.term for tag in parsed(name).entries[0].tags] == ["cities", "news"]


def test_the_operator_s_tags_of_a_source_are_categories_only_where_asked() -> None:
    tagged = replace(report(1, tags=("cities",)), tags=("world", "cities"))
    asked, unasked = (replace(edition(story(1, tagged)), source_tags=asked) for asked in (True, False))
    for name in ("feed.atom", "feed.rss"):
        assert [tag.term for tag in parsed(name, asked).entries[0].tags] == ["cities", "world"]
        assert [tag.term for tag in parsed(name, unasked).entries[0].tags] == ["cities"]
    assert json.loads(RENDERERS["feed.json"](unasked))["items"][0]["tags"] == ["cities"]


@pytest.mark.parametrize("name", ["feed.atom", "feed.rss"])
def test_dates_come_from_the_data(name: str) -> None:
    feed = parsed(name)
    assert feed.feed.updated_parsed[:5] == NOON.timetuple()[:5]
    assert feed.entries[0].published_parsed[:5] == NOON.timetuple()[:5]


def test_atom_names_the_source_in_full() -> None:
    source = ElementTree.fromstring(RENDERERS["feed.atom"](TWO)).find(f"{ATOM}entry/{ATOM}source")
    assert source is not None
    assert source.findtext(f"{ATOM}id") == "https://one.example/feed"
    assert source.findtext(f"{ATOM}title") == "One"
    assert source.findtext(f"{ATOM}updated") == NOON.isoformat()
    assert {link.get("rel"): link.get("href") for link in source.findall(f"{ATOM}link")} == {
        "self": "https://one.example/feed",
        "alternate": "https://one.example/",
    }


def test_rss_names_the_source() -> None:
    source = ElementTree.fromstring(RENDERERS["feed.rss"](TWO)).find("channel/item/source")
    assert source is not None
    assert (source.text, source.get("url")) == ("One", "https://one.example/feed")


def test_atom_links_the_other_reports() -> None:
    links = parsed("feed.atom").entries[0].links
    assert [link.href for link in links if link.rel == "related"] == ["https://two.example/?a=1&b=2"]


def test_json_feed_lists_the_reports() -> None:
    feed = json.loads(RENDERERS["feed.json"](TWO))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in feed["items"]] == ["urn:story:1", "urn:story:3"]
    assert [each["source"] for each in feed["items"][0]["_story"]["reports"]] == ["One", "Two"]


def test_an_enclosure_keeps_type_and_length() -> None:
    sound = Enclosure("https://one.example/a.mp3", "audio/mpeg", 321)
    given = edition(story(1, report(1, enclosures=(sound,))))
    for name in ("feed.atom", "feed.rss"):
        enclosure = parsed(name, given).entries[0].enclosures[0]
        assert (enclosure.href, enclosure.type, enclosure.length) == (sound.url, "audio/mpeg", "321")
    attachment = json.loads(RENDERERS["feed.json"](given))["items"][0]["attachments"][0]
    assert attachment == {"url": sound.url, "mime_type": "audio/mpeg", "size_in_bytes": 321}


@pytest.mark.parametrize("name", RENDERERS)
def test_an_entry_with_nothing_but_an_id_is_published_too(name: str) -> None:
    bare = report(1, title="", url="", summary="", lede="")
    assert b"One, 2026-03-01" in RENDERERS[name](edition(story(1, bare)))


@pytest.mark.parametrize("name", RENDERERS)
def test_an_empty_edition_is_a_feed_too(name: str) -> None:
    assert RENDERERS[name](edition())


HUBS = ("https://hub.example/", "https://other.example/?a=1&b=2")


@pytest.mark.parametrize("name", ["feed.atom", "feed.rss", "feed.json"])
def test_a_feed_names_its_hubs_and_itself_as_our_own_parser_reads_it(name: str) -> None:
    body = RENDERERS[name](replace(TWO, hubs=HUBS))
    told = parse(Document(body, "https://elsewhere.example/"), Limits()).hub
    assert told == Hub(HUBS[0], f"https://news.example/{name}")
    assert body.count(b"other.example") == 1
    assert b"hub" not in RENDERERS[name](TWO)


@pytest.mark.parametrize("name", ["feed.atom", "feed.rss"])
def test_hubs_change_nothing_else_in_a_feed(name: str) -> None:
    with_hubs, without = parsed(name, replace(TWO, hubs=HUBS)), parsed(name)
    assert [link.href for link in with_hubs.feed.links if link.rel == "hub"] == list(HUBS)
    assert (with_hubs.bozo, with_hubs.feed.link) == (without.bozo, without.feed.link)
    assert with_hubs.entries == without.entries


def test_a_local_file_tells_nobody_its_path() -> None:
    local = report(1)
    local = type(local)(local.entry, 1, "Files", "", "")
    atom = RENDERERS["feed.atom"](edition(story(1, local))).decode()
    assert "<title>Files</title>" in atom
    assert "urn:uuid:" in atom
    assert "<source" not in RENDERERS["feed.rss"](edition(story(1, local))).decode()


def test_nothing_else_in_the_process_is_disturbed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The locale is everybody's: other threads are at work while one renders."""

    def refuse(*_: object) -> None:
        raise AssertionError("the locale is set")

    monkeypatch.setattr("locale.setlocale", refuse)
    assert b"<pubDate>Sun, 01 Mar 2026 12:00:00 +0000</pubDate>" in RENDERERS["feed.rss"](TWO)
