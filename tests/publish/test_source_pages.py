"""The output folder has a page for every source with a report on one of its pages of stories."""

from pathlib import Path

import pytest
from bench import BRIDGE, OTHER_WORDS, OWLS, Bench
from pretend import item, rss


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    bench.source("One", rss("The First", item("a", "Bridge in Lindmark reopens", BRIDGE)))
    other = rss("Two", item("b", "Harbour bridge in Lindmark reopens", OTHER_WORDS))
    bench.source("Two & Co", other.replace(b"news.example", b"two.example"))  # another publisher
    bench.source("Mute", rss("Mute"))
    bench.toml = bench.toml.replace("two & co", "two").replace("https://Two & Co", "https://two")
    bench.web.pages["https://two.example/feed"] = bench.web.pages.pop("https://two & co.example/feed")
    bench.refresh()
    return bench


def source_pages(bench: Bench) -> dict[str, bytes]:
    return {name: body for name, body in bench.published().items() if name.startswith("source/")}


def test_the_page_of_sources_and_of_a_story_lead_to_the_reports_of_each(bench: Bench) -> None:
    found = source_pages(bench)
    two = next(name for name in found if name.startswith("source/two-co-"))
    assert set(found) == {next(name for name in found if name.startswith("source/one-")), two}
    assert b"Harbour bridge in Lindmark reopens" in found[two]
    pages = {name: body.decode() for name, body in bench.published().items() if name.endswith(".html")}
    stories = "".join(body for name, body in pages.items() if name.startswith("story/"))
    assert all(f'href="{each}"' in pages["sources.html"] for each in found)
    assert f'href="../{two}"' in stories
    assert "source?name" not in pages["sources.html"] + stories


def test_only_the_page_of_a_source_with_news_is_made_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def noted(_: object, source: object, *__: object, **___: object) -> bytes:
        made.append(source.name)  # type: ignore[attr-defined]
        return b"<html></html>"

    monkeypatch.setattr("aggregator.render.sources.source_page", noted)
    bench.web.pages["https://mute.example/feed"] = rss("Mute", item("c", "Snowy owls counted", OWLS))
    bench.later(hours=2)
    bench.refresh()
    assert made == ["Mute"]
    bench.toml = bench.toml.partition('[[source]]\nname = "Mute"')[0]
    bench.later(hours=2)
    bench.refresh()
    assert made == ["Mute"]
    assert len(source_pages(bench)) == 3  # its story stays, and leads there
