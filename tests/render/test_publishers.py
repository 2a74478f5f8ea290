"""How pages call what they list: entries without a title, and publishers, each once."""

import re
from dataclasses import replace

from make import report, story
from outline import SITE

from aggregator.model import ExplainedReport, ExplainedStory
from aggregator.render.pages import river, story_page


def test_what_has_no_title_is_called_by_its_first_words_its_page_or_its_source_and_day() -> None:
    bare = {"title": "", "lede": "", "summary": "", "url": "https://www.one.example/2026/a%20b/?x=1"}
    made = (
        story(1, report(1, **bare | {"lede": "It opened."})),
        story(2, report(2, **bare)),
        story(3, report(3, **bare | {"url": ""})),
        story(4, report(4, **bare | {"url": "", "published": None})),
    )
    page = river(SITE, made).decode()
    titles = [part.split("</a>")[0].split(">")[-1] for part in page.split("<h3")[1:]]
    assert titles == ["It opened.", "one.example/2026/a b", "One, 2026-03-01", "One"]


def test_two_sources_of_one_publisher_are_one_source_as_min_sources_counts() -> None:
    world, home = (
        replace(report(number, name), publisher="bbc") for number, name in ((1, "World"), (2, "UK"))
    )
    two = story(1, world, (home,))
    assert "2 sources" not in river(SITE, (two,)).decode()
    page = story_page(SITE, ExplainedStory(two, tuple(map(ExplainedReport, (world, home))))).decode()
    assert "<strong>2 reports</strong> by <strong>1 source</strong>" in page
    assert '<p class="by"><bdi>UK</bdi>' in page


def test_publishers_whose_reports_one_source_relays_are_named_as_themselves() -> None:
    lead, *others = (
        replace(report(each, "Region", via_title=name, via_url=f"https://{name}.example/"), publisher=name)
        for each, name in enumerate(("herald", "post", "wire"), 1)
    )
    told = story(1, lead, tuple(others))
    row = river(SITE, (told,)).decode()
    assert '<bdi class="pub">herald</bdi>' in row
    assert re.findall(r'">(\w+)</a></bdi>', row.split('class="also"')[1]) == ["post", "wire"]
    explained = ExplainedStory(told, tuple(map(ExplainedReport, (lead, *others))))
    page = story_page(SITE, explained).decode()
    assert '<h2><bdi><a href="https://herald.example/"' in page
    assert "Region" not in page.split("<main")[1].replace("name=Region", "")
