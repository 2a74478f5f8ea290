"""What is plain, empty or said already: no markup, no element, no second time."""

import io
import json
from dataclasses import replace
from xml.etree import ElementTree

import feedparser
import pytest
from make import edition, report, story
from outline import SITE
from rules import FAULTS

from aggregator.model import Byline, Edition, Enclosure, Format, Results, Story
from aggregator.render import RENDERERS
from aggregator.render.iri import uri
from aggregator.render.pages import search_page

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
TEXT = story(1, report(1, lede="Fish & <chips>", summary="<p>Fish &amp; &lt;chips&gt; for all.</p>"))
TITLE_ONLY = story(
    1, report(1, title="Tea < coffee", lede="Tea < coffee", summary="<p>Tea &lt; <b>coffee</b></p>")
)
SILENT = story(1, report(1, lede="", summary=""))


def entry(made: Edition) -> ElementTree.Element:
    found = ElementTree.fromstring(RENDERERS["atom"](made)).find(f"{ATOM}entry")
    assert found is not None
    return found


def item(made: Edition) -> ElementTree.Element:
    found = ElementTree.fromstring(RENDERERS["rss"](made)).find("channel/item")
    assert found is not None
    return found


def json_item(made: Edition) -> dict[str, str]:
    found: dict[str, str] = json.loads(RENDERERS["json"](made))["items"][0]
    return found


def test_a_summary_is_plain_text_in_atom_and_escaped_in_rss() -> None:
    summary = entry(edition(TEXT)).find(f"{ATOM}summary")
    assert summary is not None
    assert (summary.get("type"), summary.text) == ("text", "Fish & <chips>")
    assert item(edition(TEXT)).findtext("description") == "Fish &amp; &lt;chips&gt;"
    assert item(edition(TEXT)).findtext(CONTENT, "").startswith("<p>Fish &amp; &lt;chips&gt; for all.</p>")
    assert (
        feedparser.parse(io.BytesIO(RENDERERS["atom"](edition(TEXT)))).entries[0].summary == "Fish & <chips>"
    )


@pytest.mark.parametrize("told", [SILENT, TITLE_ONLY])
def test_an_empty_summary_or_the_title_again_is_left_out(told: Story) -> None:
    assert entry(edition(told)).find(f"{ATOM}summary") is None
    assert "summary" not in json_item(edition(told))
    assert item(edition(told)).find(CONTENT) is None


@pytest.mark.parametrize("told", [SILENT, TITLE_ONLY])
@pytest.mark.parametrize("byline", ["text", "title", "others"])
def test_a_title_is_not_the_text_again(told: Story, byline: Byline) -> None:
    made = replace(edition(told), byline=byline)
    link = '<a href="https://one.example/bridge" rel="noopener noreferrer">One</a>'
    assert json_item(made)["content_html"] == f"<p>{link}</p>"
    assert item(made).findtext("description") == f"<p>{link}</p>"
    for format, faults in FAULTS.items():
        assert list(faults(RENDERERS[format](made))) == []  # type: ignore[index]


def test_a_link_or_a_picture_is_more_than_the_title() -> None:
    for more in (
        '<p><a href="https://b.example/">Bridge</a></p>',
        '<p>Bridge<img src="https://b.example/"></p>',
    ):
        assert (
            more
            in json_item(edition(story(1, report(1, title="Bridge", lede="Bridge", summary=more))))[
                "content_html"
            ]
        )


def test_a_page_does_not_say_a_title_twice_either() -> None:
    for given, shown in ((TITLE_ONLY, 0), (TEXT, 1)):
        assert search_page(SITE, Results("bridge", (given,))).count(b'<p class="lede"') == shown


@pytest.mark.parametrize(
    ("said", "tag"), [("epo", "eo"), ("en_us", "en-US"), ("nonsense", None), ("xx", None)]
)
def test_a_language_is_a_tag_or_none(said: str, tag: str | None) -> None:
    assert json_item(edition(story(1, report(1, language=said)))).get("language") == tag


@pytest.mark.parametrize(
    ("link", "ascii"),
    [
        ("https://a.example/b.mp3?c=d", "https://a.example/b.mp3?c=d"),
        ("https://bücher.example/ü ü.mp3", "https://xn--bcher-kva.example/%C3%BC%20%C3%BC.mp3"),
        ("https://a.example:/b", "https://a.example/b"),
        ("https://a.example:81/b[1]|2.mp3#t=1", "https://a.example:81/b%5B1%5D%7C2.mp3#t=1"),
        ("https://a.example/%C3%BC%zz", "https://a.example/%C3%BC%25zz"),
        ("https://[::1]:80/a", "https://[::1]:80/a"),
        ("https://[1:2]/a", ""),
        ("https://a..example/", ""),
        ("https://a'b.example/", ""),
        ("http://", ""),
        ("urn:x:1", ""),
    ],
)
def test_an_enclosure_s_address_is_ascii(link: str, ascii: str) -> None:
    assert uri(link) == ascii


@pytest.mark.parametrize("format", RENDERERS)
def test_an_enclosure_of_any_script_reaches_players(format: Format) -> None:
    sound = Enclosure("https://радио.example/новости.mp3", "audio/mpeg", 1)
    made = RENDERERS[format](edition(story(1, report(1, enclosures=(sound,)))))
    assert b"https://xn--80aimyg.example/%D0%BD%D0%BE%D0%B2" in made
