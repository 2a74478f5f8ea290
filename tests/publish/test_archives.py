"""The past of an output (RFC 5005 §4): documents that are read once."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bench import OTHER_WORDS, Bench
from outline import Outline
from pretend import item, rss
from rules import FAULTS

NAMES = [
    *("ash", "birch", "cedar", "dogwood", "elm", "fir", "ginkgo", "hazel"),
    *("ilex", "juniper", "kapok", "larch", "maple", "nutmeg", "oak", "pine"),
]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Sixteen stories, two a day, in a feed that holds three."""
    bench = Bench(tmp_path)
    bench.toml += "[feed]\nitems = 3\narchives = 4\n"
    bench.source("One")
    bench.source("Two", rss("Two"))
    return bench


def grow(bench: Bench, count: int, *, start: int = 0) -> None:
    for number in range(start, count):
        news = [tree(each) for each in range(number + 1)]
        bench.web.pages["https://one.example/feed"] = rss("One", *news)
        bench.later(hours=12)
        bench.refresh()


def tree(number: int) -> str:
    name, day = NAMES[number], 1 + number // 2
    text = " ".join(f"{name}{ending}" for ending in ("ton", "ville", "wood", "ers", "field", "bury"))
    date = f"{day:02} Mar 2026 {10 + number % 2}:00:00 GMT"
    return item(f"urn:tree:{name}", f"{name.title()}ton {name}er {name}mongers", text, date)


def walk(bench: Bench, name: str = "feed.atom") -> list[list[str]]:
    """Ids in the feed and then in each document that the one before it names."""
    found, atom = [], "{http://www.w3.org/2005/Atom}"
    while name:
        feed = ElementTree.fromstring(bench.published()[name])
        found.append([each.text or "" for each in feed.findall(f"{atom}entry/{atom}id")])
        links = {each.get("rel"): each.get("href", "") for each in feed.findall(f"{atom}link")}
        assert links["self"].endswith(f"/{name}")
        name = links.get("prev-archive", "").rpartition("/")[2]
    return found


def test_following_the_past_gives_every_story(bench: Bench) -> None:
    grow(bench, 11)
    pages = walk(bench)
    assert {id for page in pages for id in page} == {f"urn:tree:{name}" for name in NAMES[:11]}
    assert [len(page) for page in pages] == [3, 3, 3, 3]


def test_a_feed_that_holds_everything_has_no_past(bench: Bench) -> None:
    grow(bench, 2)
    assert not [name for name in bench.published() if "archive" in name]
    assert len(walk(bench)) == 1


def test_an_archive_document_never_changes(bench: Bench) -> None:
    grow(bench, 7)
    before = {name: body for name, body in bench.published().items() if ".archive-0." in name}
    assert len(before) == 3
    late = item("b", "Ashton asher ashmongers", OTHER_WORDS).replace(
        "/b<", "/urn:tree:ash<"
    )  # the same page: a late report
    bench.web.pages["https://two.example/feed"] = rss("Two", late)
    grow(bench, 11, start=7)
    after = bench.published()
    assert {name: after[name] for name in before} == before


def test_no_more_is_kept_than_is_wanted(bench: Bench) -> None:
    grow(bench, 16)
    assert sorted(name for name in bench.published() if name.endswith("atom")) == [
        "feed.archive-1.atom",
        "feed.archive-2.atom",
        "feed.archive-3.atom",
        "feed.archive-4.atom",
        "feed.atom",
    ]
    assert len(walk(bench)) == 5


def test_archive_documents_keep_the_rules_in_every_format(bench: Bench) -> None:
    grow(bench, 7)
    for name, body in bench.published().items():
        for format, faults in FAULTS.items():
            if name.endswith(format):
                assert list(faults(body)) == []
    assert json.loads(bench.published()["feed.json"])["next_url"].endswith("/feed.archive-1.json")


def test_a_lost_document_is_made_again(bench: Bench) -> None:
    grow(bench, 7)
    lost = bench.folder / "var/public/feed.archive-0.rss"
    before = lost.read_bytes()
    lost.unlink()
    assert bench.refresh_all().published == ["feed.archive-0.rss"]
    assert lost.read_bytes() == before


def next_page(page: bytes) -> str:
    tags = [values for tag, values in Outline(page).seen if tag == "a" and values.get("rel") == "next"]
    return next((str(values["href"]) for values in tags), "")


def test_older_pages_lead_from_the_front_page_to_every_story_and_back(bench: Bench) -> None:
    grow(bench, 11)
    files, name, shown = bench.published(), "index.html", set()
    while name:
        page = Outline(files[name])
        shown |= {link for link in page.links if link.startswith("story/")}
        if name != "index.html":
            (back,) = [values["href"] for tag, values in page.seen if values.get("rel") == "prev"]
            assert back in files
        name = next_page(files[name])
    assert {f"story/{number}.html" for number in range(1, 12)} == shown


def test_an_older_page_changes_with_its_stories_and_only_then(bench: Bench) -> None:
    grow(bench, 7)
    before = bench.published()
    grow(bench, 8, start=7)
    assert bench.published()["older-0.html"] == before["older-0.html"]
    corrected = tree(1).replace("Birchton", "Birchville")
    bench.web.pages["https://one.example/feed"] = rss("One", *[tree(0), corrected, *map(tree, range(2, 8))])
    bench.later(hours=12)
    bench.refresh()
    assert b"Birchville" in bench.published()["older-0.html"]
