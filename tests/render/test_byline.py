"""Who reports a story is said where every reader shows it: in the text, and as the author."""

import io
import json
from dataclasses import replace

import feedparser
import pytest
from make import edition, report, story
from rules import FAULTS

from aggregator.model import Byline, Edition, Format, Story
from aggregator.render import RENDERERS
from aggregator.render.item import content
from aggregator.text.html import plain

POST = report(1, "Post", title="A bridge opens", url="https://post.example/bridge?a=1&b=2")
BBC = report(2, "BBC", title="Bridge <b>open</b>", url="https://bbc.example/1")
NPR = report(3, "NPR", title="", url="")
TOLD = story(1, POST, (BBC, NPR))


def item(format: Format, made: Edition) -> feedparser.FeedParserDict:
    return feedparser.parse(io.BytesIO(RENDERERS[format](made))).entries[0]


def test_a_text_ends_with_who_reports_it_the_lead_first() -> None:
    assert plain(content(TOLD)).endswith("Post · also reported by BBC: Bridge <b>open</b> NPR: It opened.")


def test_each_is_named_once_with_its_link() -> None:
    said = content(TOLD)
    assert '<a href="https://post.example/bridge?a=1&amp;b=2" rel="noopener noreferrer">Post</a>' in said
    assert 'BBC: <a href="https://bbc.example/1" rel="noopener noreferrer">Bridge &lt;b&gt;' in said
    assert said.count("Post") == said.count("BBC") == 1


def test_a_story_with_one_report_names_its_publisher_too() -> None:
    assert plain(content(story(1, POST))) == "It opened. Post"


def test_another_report_of_the_lead_s_publisher_does_not_name_it_among_the_others() -> None:
    later = report(4, "Post", title="Crowds on the bridge", url="https://post.example/2")
    said = plain(content(story(1, POST, (BBC, later))))
    assert said.endswith(
        "Post · also reported by BBC: Bridge <b>open</b> More from Post: Crowds on the bridge"
    )
    assert plain(content(story(1, POST, (later,)))).endswith("Post More from Post: Crowds on the bridge")


def test_who_passes_a_report_on_is_no_publisher_of_it() -> None:
    passed = report(5, "Planet", title="From Post", page="post.example/bridge")
    first = replace(POST, entry=replace(POST.entry, page="post.example/bridge"))
    assert plain(content(story(1, first, (passed,)))).endswith("Post Passed on by: Planet: From Post")


def test_what_a_planet_has_from_elsewhere_bears_its_publisher_s_name() -> None:
    relayed = report(1, "Planet", via_title="Ann's notes", via_url="https://ann.example/")
    assert plain(content(story(1, relayed))).endswith("Ann's notes")


@pytest.mark.parametrize("format", ["atom", "rss"])
def test_the_author_is_the_publisher_where_nobody_else_is_named(format: Format) -> None:
    assert item(format, edition(TOLD)).author == "Post"
    written = story(1, report(1, "Post", authors=("Ann Writer",)))
    assert item(format, edition(written)).author == "Ann Writer"


def test_json_names_the_publisher_as_author_too() -> None:
    assert json.loads(RENDERERS["json"](edition(TOLD)))["items"][0]["authors"] == [{"name": "Post"}]


BYLINES: dict[Byline, tuple[str, str]] = {
    "text": ("A bridge opens", "It opened. Post · also reported by BBC: Bridge <b>open</b> NPR: It opened."),
    "title": (
        "A bridge opens · Post",
        "It opened. Post · also reported by BBC: Bridge <b>open</b> NPR: It opened.",
    ),
    "others": ("A bridge opens", "It opened. Also reported by BBC: Bridge <b>open</b> NPR: It opened."),
}


@pytest.mark.parametrize("format", RENDERERS)
@pytest.mark.parametrize("byline", BYLINES)
def test_byline_says_what_titles_and_texts_carry(byline: Byline, format: Format) -> None:
    made = replace(edition(TOLD), byline=byline)
    assert list(FAULTS[format](RENDERERS[format](made))) == []
    if format == "json":
        read = json.loads(RENDERERS["json"](made))["items"][0]
        found = (read["title"], plain(read["content_html"]))
    else:
        found = (item(format, made).title, plain(item(format, made).content[0].value))
    assert found == BYLINES[byline]


@pytest.mark.parametrize("byline", BYLINES)
def test_every_report_is_listed_whatever_is_chosen(byline: Byline) -> None:
    same, passed = report(6, "Post", title="Again"), report(7, "Planet", page="x", title="Relayed")
    first = replace(POST, entry=replace(POST.entry, page="x"))
    made: Story = story(1, first, (BBC, NPR, same, passed))
    assert all(words in content(made, byline) for words in ("Bridge", "NPR", "Again", "Relayed"))
