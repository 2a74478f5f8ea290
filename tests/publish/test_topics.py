"""Languages and tags as plain links: each leads to a page of its stories."""

from dataclasses import replace
from pathlib import Path

import pytest
from bench import BRIDGE, OWLS, Bench
from make import report, story
from outline import Outline
from pretend import item, rss

from aggregator.publish.topics import MOST, topics_of
from aggregator.text.file_names import readable_name


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    english, german = rss("One", item("a", "Bridge reopens", BRIDGE)), rss("Two", item("b", "Eulen", OWLS))
    bench.source("One", english.replace(b"<item>", b"<language>en-GB</language><item>"))
    bench.toml += 'tags = ["Town & Port", "boats"]\n'
    bench.source("Two", german.replace(b"<item>", b"<language>de</language><item>"))
    return bench


def topics(bench: Bench) -> list[str]:
    """The front page's links to them."""
    links = Outline(bench.published()["index.html"]).links
    return [link for link in links if link.startswith(("language/", "tag/"))]


def test_languages_have_pages_of_their_stories_and_tags_only_where_they_are_published(bench: Bench) -> None:
    bench.refresh()
    assert topics(bench) == ["language/en.html", "language/de.html"]
    page = bench.published()["language/en.html"].decode()
    assert "<h1><bdi>English</bdi></h1>" in page
    assert "Bridge reopens" in page
    assert "Eulen" not in page
    assert '<a href="../language/en.html" aria-current="page">' in page
    assert not any(name.startswith("tag/") for name in bench.published())


def test_tags_that_are_published_have_pages(bench: Bench) -> None:
    bench.toml += "[feed]\ntags = true\nlanguage = 'de'\n"
    bench.refresh()
    boats, town = topics(bench)[2:]
    assert boats == "tag/boats.html"
    page = bench.published()[town].decode()
    assert "<h1><bdi>Town &amp; Port</bdi></h1>" in page
    assert "<bdi>Englisch</bdi>" in page
    assert all(f"../{link}" in Outline(bench.published()[town]).links for link in topics(bench))


def test_one_language_is_no_choice_and_its_page_goes_with_the_other(bench: Bench) -> None:
    bench.refresh()
    bench.toml += "[feed]\nitems = 1\n"
    bench.later(hours=2)
    bench.refresh_all()
    assert not any(name.startswith("language/") for name in bench.published())


def test_pages_are_bounded() -> None:
    tagged = [replace(report(each), tags=(f"tag {each}", "all")) for each in range(100)]
    found = topics_of([story(each.number, each) for each in tagged], tags=True)
    assert len(found) == MOST
    assert max(map(len, found.values())) == 50


def test_every_tag_has_a_file_of_its_own() -> None:
    tags = ["harbour", "Harbour", "harbour!", "港", "海", "../x", "a" * 90, "a" * 91]
    files = [readable_name(tag) for tag in tags]
    assert files[0] == "harbour"
    assert len({name.lower() for name in files}) == len(tags)
    assert all(name.replace("-", "").isalnum() and name.isascii() for name in files)
