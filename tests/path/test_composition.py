"""Instances that read each other's feeds: three desks, a region that reads two of them, a head office."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from bench import BRIDGE, OTHER_WORDS, OWLS, Bench
from pretend import item, rss

THIRD = "Cyclists crossed the reopened harbour bridge in Lindmark on Wednesday; engineers had repaired it"
TITLES = {
    "North": "Harbour bridge in Lindmark reopens to cyclists",
    "South": "Lindmark harbour bridge reopens",
}


@dataclass
class Tree:
    folder: Path
    benches: dict[str, Bench] = field(default_factory=dict)

    def instance(self, name: str, *reads: str) -> Bench:
        bench = Bench(self.folder / name)
        bench.folder.mkdir()
        bench.toml += f'[feed]\nlink = "{link(name)}"\n'
        for each in reads:
            bench.toml += f'[[source]]\nname = "{each} desk"\nurl = "{link(each)}feed.json"\n'
        self.benches[name] = bench
        return bench

    def refresh(self, **later: float) -> None:
        """From the leaves to the root."""
        for name, bench in self.benches.items():
            bench.later(**later)
            for other in self.benches:
                published = self.benches[other].folder / "var/public/feed.json"
                if other != name and published.exists():
                    bench.web.pages[f"{link(other)}feed.json"] = published.read_bytes()
            bench.refresh_all()

    def items(self, name: str) -> list[dict[str, Any]]:
        return list(json.loads(self.benches[name].published()["feed.json"])["items"])

    def bridge(self, name: str) -> dict[str, Any]:
        (found,) = [each for each in self.items(name) if "ridge" in each["title"]]
        return found


def link(name: str) -> str:
    return f"https://{name}.example/"


def paper(name: str, *items: str) -> bytes:
    """Each paper has a site of its own."""
    return rss(name, *items).replace(b"//news.", f"//{name.lower()}-paper.".encode())


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Tree]:
    tree = Tree(tmp_path)
    north = tree.instance("north")
    north.source("North", paper("North", item("urn:x:n", TITLES["North"], BRIDGE)))
    north.source("Hills", paper("Hills", item("urn:x:h", "Lindmark harbour bridge open again", THIRD)))
    south = tree.instance("south")
    south.source("South", paper("South", item("s", TITLES["South"], OTHER_WORDS)))
    east = tree.instance("east")
    east.source("East", paper("East", item("e", "Snowy owls counted", OWLS)))
    tree.instance("region", "north", "south")
    tree.instance("head", "region", "east")
    tree.refresh()
    yield tree


def told(story: dict[str, Any]) -> set[tuple[str, str]]:
    return {(each["source"], each["url"]) for each in story["_story"]["reports"]}


BOTH = {("North", "https://north-paper.example/urn:x:n"), ("Hills", "https://hills-paper.example/urn:x:h")}
ALL = {*BOTH, ("South", "https://south-paper.example/s")}


def test_every_report_arrives_with_its_publisher_over_three_hops(tree: Tree) -> None:
    assert told(tree.bridge("north")) == BOTH
    assert told(tree.bridge("region")) == told(tree.bridge("head")) == ALL
    assert len(tree.items("head")) == 2
    for source, url in ALL:
        assert f'href="{url}"' in tree.bridge("head")["content_html"]
        assert tree.bridge("head")["content_html"].count(f"{source}</a>") <= 1


def test_times_and_ids_are_those_of_the_first(tree: Tree) -> None:
    first, last = tree.bridge("region"), tree.bridge("head")
    assert (first["id"], first["date_published"]) == (last["id"], last["date_published"])
    times = {each["source"]: each["date_published"] for each in last["_story"]["reports"]}
    assert times["Hills"] == times["North"] == "2026-03-01T10:00:00+00:00"


def test_no_article_is_fetched(tree: Tree) -> None:
    asked = tree.benches["head"].web.asked
    assert asked
    assert [url for url in asked if not url.endswith(("/feed.json", "robots.txt"))] == []


def test_nothing_is_announced_again_while_nothing_happens(tree: Tree) -> None:
    before = tree.benches["head"].published()
    for _ in range(3):
        tree.refresh(hours=2)
    assert tree.benches["head"].published() == before


def test_a_later_report_joins_the_same_item(tree: Tree) -> None:
    before = tree.bridge("head")["id"]
    west = tree.benches["south"]
    west.source(
        "West", paper("West", item("w", "Lindmark: harbour bridge reopened to cyclists", THIRD + " today"))
    )
    tree.refresh(hours=1)
    tree.refresh(hours=1)
    assert ("West", "https://west-paper.example/w") in told(tree.bridge("head"))
    assert tree.bridge("head")["id"] == before
    assert len(tree.items("head")) == 2


def test_who_also_reads_a_desk_directly_counts_nothing_twice(tree: Tree) -> None:
    head = tree.benches["head"]
    head.toml += f'[[source]]\nname = "Directly"\nurl = "{link("north")}feed.json"\n'
    tree.refresh(hours=1)
    assert len(tree.items("head")) == 2
    assert told(tree.bridge("head")) == ALL
    assert len(tree.bridge("head")["_story"]["reports"]) == len(ALL)


def test_two_instances_that_read_each_other_come_to_rest(tree: Tree) -> None:
    north = tree.benches["north"]
    north.toml += f'[[source]]\nname = "Head"\nurl = "{link("head")}feed.json"\n'
    for _ in range(3):
        tree.refresh(hours=1)
    before = {name: tree.benches[name].published() for name in tree.benches}
    tree.refresh(hours=1)
    assert {name: tree.benches[name].published() for name in tree.benches} == before
    assert told(tree.bridge("north")) == told(tree.bridge("head")) == ALL
    assert len(tree.bridge("head")["_story"]["reports"]) == len(ALL)


def test_who_joins_copies_only_has_every_report_as_an_item(tree: Tree) -> None:
    plain = tree.instance("plain", "region")
    plain.toml += '[stories]\njoin = "copies"\n'
    tree.refresh(hours=1)
    assert {each["external_url"] for each in tree.items("plain")} == {url for _, url in ALL}


LONG = f"{OTHER_WORDS}. {' '.join(f'Span {number} was repaired in {number} weeks.' for number in range(50))}"


def led_by_another(tree: Tree, name: str) -> bytes:
    """A story that North's report founded, and South's, which is fuller, leads; returns North's paper."""
    early = paper("North", item("urn:nbn:n", TITLES["North"], BRIDGE)).replace(b"10:00", b"09:00")
    both = tree.instance(name)
    both.source("North", early)
    both.source("South", paper("South", item("s", TITLES["South"], LONG)))
    return early


def test_a_lead_that_we_do_not_have_arrives_under_the_id_of_a_story_that_we_have(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    own = tree.instance("own")
    own.source("North", led_by_another(tree, "both"))
    tree.refresh()
    own.toml += f'[[source]]\nname = "Both"\nurl = "{link("both")}feed.json"\n'
    tree.refresh(hours=1)
    (story,) = tree.items("own")
    assert told(story) == {
        ("North", "https://north-paper.example/urn:nbn:n"),
        ("South", "https://south-paper.example/s"),
    }
    before = own.published()
    tree.refresh(hours=1)
    assert own.published() == before


def test_a_story_with_the_id_of_a_report_that_does_not_lead_it_keeps_all_ids(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    north, south = tree.instance("north"), tree.instance("south")
    north.source("North", paper("North", item("n", TITLES["North"], BRIDGE)).replace(b"10:00", b"09:00"))
    south.source("South", paper("South", item("s", TITLES["South"], LONG)))
    tree.instance("region", "north", "south")
    tree.instance("head", "region")
    tree.refresh()
    first, last = tree.bridge("region"), tree.bridge("head")
    ids = [[each["id"] for each in story["_story"]["reports"]] for story in (first, last)]
    assert first["id"] in ids[0][1:]
    assert ids[0] == ids[1]
    assert first["id"] == last["id"]


def test_what_arrives_by_two_ways_in_one_refresh_is_listed_once(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    early = led_by_another(tree, "both")
    tree.instance("desk", "both")
    tree.instance("top", "desk", "both").source("North", early)
    tree.refresh()
    reports = tree.bridge("top")["_story"]["reports"]
    assert len(reports) == len(told(tree.bridge("top"))) == 2
    assert len({each["id"] for each in reports}) == 2
