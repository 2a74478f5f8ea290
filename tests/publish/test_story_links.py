"""With a public address every item leads to its story's page, and the output folder has each of them."""

import io
import json
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest
from bench import BRIDGE, OTHER_WORDS, OWLS, Bench
from make import edition, report, story
from outline import Outline
from pretend import item, rss
from rules import FAULTS

from aggregator.model import Document, Format, Limits
from aggregator.parse import parse
from aggregator.render import RENDERERS
from aggregator.store import Store

OWN = "https://news.example/story/1.html"
ARTICLE = "https://one.example/bridge"
SHARED = replace(edition(story(1, report(1), (report(2, "Two"),))), paged=True)
LOCAL = replace(edition(story(1, report(1, url=""))), paged=True)


@pytest.mark.parametrize("format", ["atom", "rss"])
def test_the_link_of_an_item_is_the_article_and_its_page_is_related(format: Format) -> None:
    read = feedparser.parse(io.BytesIO(RENDERERS[format](SHARED))).entries[0]
    assert read.link == ARTICLE
    assert next(each.href for each in read.links if each.rel == "related") == OWN


def test_in_json_the_page_is_ours_and_the_article_is_elsewhere() -> None:
    read = json.loads(RENDERERS["json"](SHARED))["items"][0]
    assert (read["url"], read["external_url"]) == (OWN, ARTICLE)


@pytest.mark.parametrize("format", RENDERERS)
def test_without_a_public_address_nothing_leads_there(format: Format) -> None:
    made = RENDERERS[format](replace(SHARED, paged=False))
    assert OWN.encode() not in made
    assert b"external_url" not in made


@pytest.mark.parametrize("format", RENDERERS)
def test_an_item_without_an_article_on_the_web_links_to_its_page(format: Format) -> None:
    (draft,) = parse(Document(RENDERERS[format](LOCAL), "https://news.example/"), Limits()).drafts
    assert draft.url == OWN
    assert b"related" not in RENDERERS[format](LOCAL)


@pytest.mark.parametrize("format", RENDERERS)
def test_our_own_parser_still_reads_the_article_as_the_link(format: Format) -> None:
    draft = parse(Document(RENDERERS[format](SHARED), "https://news.example/"), Limits()).drafts[0]
    assert draft.url == ARTICLE


@pytest.mark.parametrize("format", RENDERERS)
@pytest.mark.parametrize("made", [SHARED, LOCAL])
def test_a_feed_with_pages_keeps_the_rules(made: object, format: Format) -> None:
    assert list(FAULTS[format](RENDERERS[format](made))) == []  # type: ignore[arg-type]


def test_the_text_links_to_the_page() -> None:
    shared = json.loads(RENDERERS["json"](SHARED))["items"][0]["content_html"]
    assert f'<a href="{OWN}" rel="noopener noreferrer">also reported by</a>' in shared
    alone = RENDERERS["json"](replace(SHARED, stories=(story(1),)))
    assert (
        f'<a href="{OWN}" rel="noopener noreferrer">story page</a></p>'
        in json.loads(alone)["items"][0]["content_html"]
    )


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    bench.toml += '[feed]\nlink = "https://ours.example/"\nitems = 2\narchives = 2\n'
    bench.source("One", rss("One"))
    return bench


def brings(bench: Bench, *names: str) -> None:
    """One story each."""
    for name in names:
        text = " ".join(f"{name}{ending}" for ending in ("ton", "ville", "wood", "ers", "field", "bury"))
        news = item(f"urn:tree:{name}", f"{name.title()}ton {name}mongers", text)
        bench.web.pages["https://one.example/feed"] = rss("One", news)
        bench.later(hours=1)
        bench.refresh_all()


def pages(bench: Bench) -> set[str]:
    return {name for name in bench.published() if name.startswith("story/")}


def linked_pages(bench: Bench) -> set[str]:
    found = set()
    for name, body in bench.published().items():
        if name.endswith(".json"):
            found |= {each["url"].removeprefix("https://ours.example/") for each in json.loads(body)["items"]}
    return found


def test_every_page_that_a_feed_or_an_archive_links_to_is_there_and_no_other(bench: Bench) -> None:
    brings(bench, "ash", "birch", "cedar", "dogwood", "elm", "fir", "ginkgo", "hazel", "ilex")
    assert "feed.archive-3.json" in bench.published()
    assert pages(bench) == linked_pages(bench) == {f"story/{number}.html" for number in range(5, 10)}


def test_another_open_feed_keeps_pages_and_one_with_a_secret_does_not(bench: Bench) -> None:
    (bench.folder / "s").write_text("a secret of many characters")
    bench.toml = bench.toml.replace("archives = 2", "archives = 0")
    bench.toml += '[[output]]\nname = "long"\nitems = 4\narchives = 0\n'
    bench.toml += f'[[output]]\nname = "hidden"\nitems = 9\ntoken_file = "{bench.folder / "s"}"\n'
    brings(bench, "ash", "birch", "cedar", "dogwood", "elm", "fir")
    assert pages(bench) == {f"story/{number}.html" for number in range(3, 7)}


def test_a_problem_has_no_page(bench: Bench) -> None:
    bench.toml += '[[output]]\nname = "problems"\nholds = "problems"\n'
    bench.source("Two")
    for _ in range(4):
        bench.later(days=1)
        bench.refresh_all()
    problems = json.loads(bench.published()["problems.json"])["items"]
    assert problems
    assert not any("external_url" in each for each in problems)


def test_a_page_that_lies_there_is_made_again_only_when_it_would_be_another(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    brings(bench, "ash", "birch")
    made: list[int] = []

    def noted(site: object, explained: object, paged: object) -> bytes:
        made.append(explained.story.number)  # type: ignore[attr-defined]
        return b"<html></html>"

    monkeypatch.setattr("aggregator.render.pages.story_page", noted)
    brings(bench, "cedar")
    assert made == [3, 2]  # the second has a newer one beside it now
    bench.toml = bench.toml.replace("[feed]", '[feed]\ntitle = "Another"')
    brings(bench, "cedar")
    assert sorted(made[2:]) == [1, 2, 3]


def test_a_late_report_is_on_the_page_of_an_archived_story(bench: Bench) -> None:
    bench.web.pages["https://one.example/feed"] = rss("One", item("a", "Bridge in Lindmark reopens", BRIDGE))
    bench.refresh()
    brings(bench, "ash", "birch", "cedar")
    assert BRIDGE.split(". ")[0].encode() not in bench.published()["feed.json"]
    late = item("b", "Harbour bridge in Lindmark reopens", OTHER_WORDS).replace("/b<", "/a<")
    bench.source("Two", rss("Two", late, item("c", "Snowy owls counted", OWLS)))
    bench.refresh_all()
    assert b"Harbour bridge in Lindmark reopens" in bench.published()["story/1.html"]


def test_pages_link_to_no_story_page_that_is_not_there(bench: Bench) -> None:
    brings(bench, "ash", "birch", "cedar", "dogwood", "elm")
    for name in pages(bench):
        inner = [link for link in Outline(bench.published()[name]).links if link[:1].isdigit()]
        assert all(f"story/{link}" in pages(bench) for link in inner)


def test_a_page_that_a_power_cut_has_emptied_is_made_again(bench: Bench) -> None:
    brings(bench, "ash")
    page = bench.folder / "var/public/story/1.html"
    whole = page.read_bytes()
    page.write_bytes(b"")
    bench.refresh_all()
    assert page.read_bytes() == whole


def test_a_page_names_a_related_story_s_source_as_it_is_called_now(bench: Bench) -> None:
    bench.source("Two")
    brings(bench, "ash")
    bench.web.pages["https://two.example/feed"] = rss("Two", item("x", "Quite another matter", OWLS))
    bench.later(hours=1)
    bench.refresh_all()
    with Store(bench.folder / "var/aggregator.db") as store, store.writing():
        store.stories.unite(1, 2, bench.now)
    bench.refresh_all()
    assert b"Two" in bench.published()["story/1.html"]
    bench.web.pages["https://two.example/feed"] = rss("The Second", item("x", "Quite another matter", OWLS))
    bench.later(hours=1)
    bench.refresh_all()
    assert b"The Second" in bench.published()["story/1.html"]
