"""Nothing kept is invisible: every entry is an item, is listed in one, or has a newer version that is."""

import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from bench import BRIDGE, FERRY, NESTS, OWLS, Bench
from hypothesis import given, settings
from hypothesis import strategies as st
from make import report, story
from posts import Post, lost, shows
from shell import Said, Shell

from aggregator.publish.compose import invisible
from aggregator.store import Store
from aggregator.stories.versions import Successor, current, newest_versions

TITLES = ("Breaking news", "Open thread", "Harbour bridge in Lindmark reopens", "Snowy owls counted")
FORMULA = "The service warns of high water on the river {}. It will end before the evening."
TEXTS = (BRIDGE, f"{OWLS}. {NESTS}", FERRY, FORMULA.format("Aal"), FORMULA.format("Birk"), NESTS)
DAYS = st.integers(20, 28)


@st.composite
def posts(draw: st.DrawFn) -> list[Post]:
    """Different ones, although titles, pages and days repeat; one text is under several titles only."""
    made: dict[tuple[str, int], Post] = {}
    for number in range(draw(st.integers(2, 6))):
        title, text = draw(st.sampled_from(TITLES)), draw(st.integers(0, len(TEXTS) - 1))
        page = draw(st.sampled_from(["outside", f"{number}", f"{number}/a-slug-in-words"]))
        clock = draw(st.sampled_from(["00:00:00", "09:12:30", "17:45:10"]))
        date = f"{draw(DAYS)} Feb 2026 {clock} GMT"
        made[title, text] = Post(title, TEXTS[text], page, f"{number}", date, topic=f"{title[:4]}{text}")
    return list(made.values())


@st.composite
def visit(draw: st.DrawFn) -> dict[str, str]:
    """How the site shows its posts at that time."""
    return {
        "host": draw(st.sampled_from(["site.example", "moved.example"])),
        "ids": draw(st.sampled_from(["", "-new"])),
        "dates": draw(st.sampled_from(["full", "day", "none"])),
        "more": draw(st.sampled_from(["", " There is more to it, as we learned in the evening."])),
        "source": draw(st.sampled_from(["One", "Two"])),
    }


def as_shown(post: Post, visit: dict[str, str]) -> Post:
    outside = post.link == "outside"
    link = "https://elsewhere.example/page" if outside else f"https://{visit['host']}/posts/{post.link}"
    date = {"full": post.date, "day": post.date[:12] + "00:00:00 GMT", "none": ""}[visit["dates"]]
    return replace(post, link=link, guid=post.guid + visit["ids"], date=date, text=post.text + visit["more"])


@settings(max_examples=25)
@given(posts(), st.lists(visit(), min_size=1, max_size=3))
def test_whatever_a_site_does_every_entry_is_met(posts: list[Post], visits: list[dict[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        for each in visits:
            shown = [as_shown(post, each) for post in posts]
            shows(bench, *shown, source=each["source"], days=1)
            assert lost(bench) == []


def test_what_is_in_no_story_is_invisible() -> None:
    listed = replace(report(2), earlier=(1,))
    assert invisible([1, 2, 3, 4], [story(lead=report(4), others=(listed,))]) == {3}


def test_the_newest_version_stands_for_all_before_it() -> None:
    chain = newest_versions([Successor(2, 1), Successor(5, 4), Successor(3, 1)])
    assert chain == {3: (1, 2), 5: (4,)}
    assert [current(entry, chain) for entry in (1, 2, 3, 4, 6)] == [3, 3, 3, 5, 6]


@pytest.fixture
def filled(shell: Shell) -> Shell:
    assert shell.run("fetch").code == 0
    return shell


def verified(shell: Shell) -> tuple[Said, dict[str, object]]:
    said = shell.run("verify", "--json")
    return shell.run("verify"), json.loads(said.out)


def test_verify_finds_nothing_where_nothing_is_lost(filled: Shell) -> None:
    said, found = verified(filled)
    assert (said.code, said.out) == (0, "1 entry in 1 story: 0 missing\n")
    assert found == {"entries": 1, "waiting": 0, "stories": 1, "invisible": [], "findings": []}


def test_verify_names_what_is_lost_and_exits_with_1(filled: Shell) -> None:
    (filled.folder / "posts/two.md").write_text(
        "---\ntitle: Owls\ndate: 2026-02-27T10:00:00Z\n---\n\nMany.\n"
    )
    filled.run("fetch", "--all")
    with Store(filled.folder / "var/aggregator.db") as store, store.writing():
        store.db.execute("DELETE FROM members WHERE entry = 1")
    said, found = verified(filled)
    assert (said.code, found["invisible"]) == (1, [1])
    assert "entry 1: Bridge reopens" in said.out
