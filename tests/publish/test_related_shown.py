"""Related stories in every format and on the page."""

import io
import json
from dataclasses import replace

import feedparser
import pytest
from make import NOON, edition, report, story
from outline import SITE, Outline
from rules import FAULTS

from aggregator.model import Edition, ExplainedReport, ExplainedStory, Related, Story
from aggregator.render import RENDERERS
from aggregator.render.pages import page_files, story_page

TRIAL = Related(
    2, "urn:story:2", 'The "trial" <begins>', "https://two.example/?a=1&b=2", "Two & Co", NOON, "de"
)
NOTE = Related(3, "urn:story:3", "A note", "", "Notes", NOON)
ARREST = replace(story(1), related=(TRIAL, NOTE))


def given(**more: object) -> Edition:
    return replace(edition(ARREST, story(4)), **more)  # type: ignore[arg-type]


def page(paged: set[int] | None, of: Story = ARREST) -> bytes:
    return story_page(SITE, ExplainedStory(of, (ExplainedReport(of.lead),)), paged)


@pytest.mark.parametrize("format", ["atom", "rss"])
def test_a_related_story_is_a_link_with_its_title(format: str) -> None:
    first, other = feedparser.parse(io.BytesIO(RENDERERS[format](given()))).entries  # type: ignore[index]
    found = [(each.href, each.title) for each in first.links if each.rel == "related"]
    assert found == [(TRIAL.url, TRIAL.title)]
    assert not any(each.rel == "related" for each in other.links)


def test_json_says_the_id_the_title_the_address_and_the_date() -> None:
    first, other = json.loads(RENDERERS["json"](given()))["items"]
    assert first["_story"]["related"][0] == {
        "id": "urn:story:2",
        "title": TRIAL.title,
        "url": TRIAL.url,
        "source": "Two & Co",
        "date_published": "2026-03-01T12:00:00+00:00",
    }
    assert "related" not in other["_story"]


@pytest.mark.parametrize("format", RENDERERS)
def test_what_has_no_address_of_its_own_is_linked_on_a_public_site(format: str) -> None:
    ours = b"https://news.example/story/3.html"
    assert ours not in RENDERERS[format](given())
    assert ours in RENDERERS[format](given(paged=True))


@pytest.mark.parametrize("format", RENDERERS)
def test_a_feed_with_related_stories_keeps_the_rules(format: str) -> None:
    assert list(FAULTS[format](RENDERERS[format](given(paged=True)))) == []


def test_the_page_names_title_source_and_date() -> None:
    shown = page(None).decode()
    assert '<h2 id="related">Related</h2>' in shown
    assert "The &#34;trial&#34; &lt;begins&gt;</a>" in shown
    assert "<bdi>Two &amp; Co</bdi>" in shown
    assert '<span lang="de"' in shown
    assert shown.count('<time datetime="2026-03-01T12:00:00Z">') >= 3


def test_a_related_story_is_linked_by_its_page_where_it_has_one() -> None:
    assert {"2.html", "3.html"} <= set(Outline(page(None)).links)
    assert {"2.html", TRIAL.url} & set(Outline(page({1, 2})).links) == {"2.html"}
    assert {"2.html", TRIAL.url} & set(Outline(page({1})).links) == {TRIAL.url}


def test_pages_as_files_link_both_ways_and_to_no_file_that_is_not_there() -> None:
    back = Related(1, "urn:story:1", "A bridge opens", "https://one.example/bridge", "One", NOON)
    both = (ARREST, replace(story(2, report(2, "Two")), related=(back,)))
    explained = [ExplainedStory(each, (ExplainedReport(each.lead),)) for each in both]
    files = dict(page_files(SITE, edition(*both), explained))
    assert "2.html" in Outline(files["story/1.html"]).links
    assert "1.html" in Outline(files["story/2.html"]).links
    assert "3.html" not in Outline(files["story/1.html"]).links


def test_a_story_page_says_what_the_levels_mean_where_it_shows_them() -> None:
    one_event, one_matter = b"A story is one event: whoever has read one report", b"Related stories belong to"
    reports = tuple(ExplainedReport(report(number, name)) for number, name in ((1, "One"), (2, "Two")))
    several = story_page(SITE, ExplainedStory(story(4), reports))
    assert one_event in several
    assert one_matter not in several
    assert one_matter in page(None)
    assert one_event not in page(None)
    assert b"levels" not in page(None, story(4))
    assert b"<h2 id=" not in page(None, story(4))
