"""Every open output has a page of its own, which all pages lead to and the front page announces."""

from pathlib import Path

import pytest
from bench import BRIDGE, OWLS, Bench
from outline import Outline
from pretend import item, rss

OUTPUTS = """
[[output]]
name = "birds"
title = "Bi<rds"
include = ["owls"]
formats = ["atom"]
[[output]]
name = "parts"
join = "nothing"
[[output]]
name = "trouble"
holds = "problems"
[[output]]
name = "mine"
token_file = "secret"
"""


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    (tmp_path / "secret").write_text("a secret of many characters")
    bench.source("One", rss("One", item("a", "Bridge in Lindmark reopens", BRIDGE), item("b", "Owls", OWLS)))
    bench.toml += OUTPUTS
    bench.refresh()
    return bench


def pages(bench: Bench) -> dict[str, bytes]:
    return {name: body for name, body in bench.published().items() if name.endswith(".html")}


def test_the_page_of_an_output_has_its_stories_alone(bench: Bench) -> None:
    page = pages(bench)["birds.html"].decode()
    assert "<h1>Bi&lt;rds</h1>" in page
    assert "Owls</a>" in page
    assert "Bridge" not in page


def test_every_page_leads_to_the_open_outputs_and_marks_the_one_it_is(bench: Bench) -> None:
    for name, body in pages(bench).items():
        root = "../" if "/" in name else ""
        assert {f"{root}birds.html", f"{root}parts.html"} <= set(Outline(body).links), name
        current = [each["href"] for tag, each in Outline(body).seen if tag == "a" and "aria-current" in each]
        assert (f"{root}{name}" in current) == (
            name in ("index.html", "birds.html", "parts.html", "sources.html", "search.html")
        )


def test_no_link_of_a_page_leads_to_a_file_that_is_not_there(bench: Bench) -> None:
    there = bench.published()
    for name, body in pages(bench).items():
        for link in Outline(body).links:
            if not link.startswith(("http", "#")):
                file = (Path("/") / name).parent.joinpath(link).resolve()
                assert str(file)[1:] in there, (name, link)


def test_the_front_page_announces_every_open_feed_and_a_page_its_own(bench: Bench) -> None:
    def announced(name: str) -> list[str | None]:
        seen = Outline(pages(bench)[name]).seen
        return [each["href"] for tag, each in seen if tag == "link" and each["rel"] == "alternate"]

    every = announced("index.html")
    assert every[:4] == ["feed.atom", "feed.rss", "feed.json", "birds.atom"]
    assert {"parts.json", "trouble.rss"} <= set(every)
    assert announced("birds.html") == ["birds.atom"]


def test_problems_have_no_page_but_a_feed_on_the_page_of_sources(bench: Bench) -> None:
    assert "trouble.html" not in pages(bench)
    assert "trouble.atom" in Outline(pages(bench)["sources.html"]).links


def test_a_secret_output_has_no_page_and_is_named_nowhere(bench: Bench) -> None:
    assert not any("mine" in name or b"mine." in body for name, body in pages(bench).items())


def test_where_the_main_feed_is_secret_there_are_no_pages(bench: Bench) -> None:
    bench.toml += '[[output]]\nname = "feed"\ntoken_file = "secret"\n'
    bench.refresh_all()
    assert pages(bench) == {}
    assert "birds.atom" in bench.published()
