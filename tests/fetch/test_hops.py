"""Our own feeds, read by ourselves or by another instance."""

import io
import json
from pathlib import Path

import feedparser
import pytest
from bench import BRIDGE, OTHER_WORDS, OWLS, Bench
from pretend import item, rss

FORMATS = ("feed.atom", "feed.rss", "feed.json")
OURS = "https://ours.example/"


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path / "first")
    bench.folder.mkdir()
    bench.toml += f'[feed]\nlink = "{OURS}"\n'
    bench.source("One", rss("One", item("urn:x:a", "Lindmark harbour bridge reopens to cyclists", BRIDGE)))
    bench.source("Two", rss("Two", item("b", "Harbour bridge in Lindmark reopens", OTHER_WORDS)))
    bench.source("Three", rss("Three", item("c", "Snowy owls counted", OWLS)))
    for name in ("one", "two", "three"):
        page = bench.web.pages[f"https://{name}.example/feed"]
        bench.web.pages[f"https://{name}.example/feed"] = page.replace(b"//news.", f"//{name}.".encode())
    bench.texts("Files", **{"note.md": "---\ntitle: A note\ndate: 2026-03-01\n---\nNobody else has it.\n"})
    return bench


def ids(bench: Bench) -> list[str]:
    return [each.id for each in bench.feed().entries]


@pytest.mark.parametrize("name", FORMATS)
def test_reading_our_own_feed_adds_nothing_and_comes_to_rest(bench: Bench, name: str) -> None:
    bench.refresh()
    before, shown = ids(bench), content(bench)
    bench.toml += f'[[source]]\nname = "Ours"\nurl = "{OURS}{name}"\n'
    states = []
    for _ in range(4):
        bench.web.pages[OURS + name] = bench.published()[name]
        bench.later(hours=2)
        bench.refresh_all()
        states.append(bench.published())
    assert sorted(ids(bench)) == sorted(before)
    assert content(bench) == shown
    assert states[-1] == states[-2]


def content(bench: Bench) -> dict[str, str]:
    return {each.id: each.content[0].value for each in bench.feed().entries}


def second(bench: Bench, folder: Path, name: str) -> Bench:
    """Another instance that reads the first one's feed."""
    other = Bench(folder, now=bench.now)
    other.folder.mkdir()
    other.toml += f'[feed]\nlink = "https://{folder.name}.example/"\n'
    other.source(f"Feed of {bench.folder.name}".replace(" ", ""), bench.published()[name])
    return other


@pytest.mark.parametrize("name", FORMATS)
def test_the_source_is_named_after_two_hops(bench: Bench, tmp_path: Path, name: str) -> None:
    bench.refresh()
    other = second(bench, tmp_path / "second", name)
    other.refresh()
    third = second(other, tmp_path / "third", name)
    third.refresh()
    first, last = ({each.id: each for each in one.feed().entries} for one in (bench, third))
    assert first.keys() == last.keys()
    for id, each in first.items():
        assert last[id].get("link") == each.get("link")
        if name != "feed.rss" or each.source.title != "Files":  # RSS names no source without an address
            assert last[id].source.title == each.source.title
        assert last[id].published == each.published


@pytest.mark.parametrize("name", FORMATS)
def test_a_text_that_names_its_publisher_does_not_name_it_again(
    bench: Bench, tmp_path: Path, name: str
) -> None:
    bench.refresh()
    other = second(bench, tmp_path / "second", name)
    other.refresh()
    third = second(other, tmp_path / "third", name)
    third.refresh()
    first, last = content(bench), content(third)
    for id, text in first.items():
        assert [last[id].count(f">{who}<") for who in ("One", "Two", "Three")] == [
            text.count(f">{who}<") for who in ("One", "Two", "Three")
        ]


@pytest.mark.parametrize("order", ["original first", "copy first"])
def test_who_reads_the_original_and_the_copy_has_it_once(bench: Bench, tmp_path: Path, order: str) -> None:
    bench.refresh()
    other = second(bench, tmp_path / "second", "feed.atom")
    if order == "copy first":
        other.refresh()
    for name in ("One", "Two", "Three"):
        other.source(name, bench.web.pages[f"https://{name.lower()}.example/feed"])
    if order == "original first":
        other.refresh("One", "Two", "Three")
    other.later(hours=2)
    other.refresh_all()
    assert sorted(ids(other)) == sorted(ids(bench))
    for each in other.feed().entries:
        assert each.source.title in ("One", "Two", "Three", "Files")
        assert "first" not in each.content[0].value


def test_two_feeds_of_one_site_may_share_their_ids(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    shared = item("urn:x:a", "Lindmark harbour bridge reopens to cyclists", BRIDGE)
    bench.source("Top", rss("Top", shared))
    bench.source("World", rss("World", shared))
    bench.toml += '[[output]]\nname = "world"\nsources = ["World"]\n'
    bench.refresh()
    assert len(bench.feed().entries) == 1
    assert len(feedparser.parse(io.BytesIO(bench.published()["world.atom"])).entries) == 1
    assert len(json.loads(bench.published()["feed.json"])["items"]) == 1
