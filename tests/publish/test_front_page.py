"""The front page's top stories: by the number of their publishers, counted back from the newest report."""

from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

import pytest
from bench import BRIDGE, OTHER_WORDS, OWLS, Bench
from make import NOON, hours, report, story
from outline import Outline
from pretend import item, rss

from aggregator.publish.front_page import most_reported_first

MORNING = NOON - hours(2)


def told(number: int, names: str, at: float = 0) -> object:
    reports = [report(10 * number + place, name) for place, name in enumerate(names)]
    reports = [
        replace(each, entry=replace(each.entry, published=NOON + hours(at), page="")) for each in reports
    ]
    return story(number, reports[0], tuple(reports[1:]))


def test_more_publishers_come_first_and_of_equals_the_newer_one() -> None:
    given = [told(1, "AB"), told(2, "ABC"), told(3, "AB", 1), told(4, "A", 9), told(5, "AA", 9)]
    assert [each.number for each in most_reported_first(given)] == [2, 3, 1]  # type: ignore[arg-type]


def feed(name: str, guid: str, title: str, text: str, date: datetime = MORNING) -> bytes:
    made = item(guid, title, text, format_datetime(date))
    return rss(name, made.replace("news.example", f"{name.lower()}.example"))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A bridge that two report, and owls that one does."""
    bench = Bench(tmp_path)
    bench.source("One", feed("One", "a", "Lindmark harbour bridge reopens to cyclists", BRIDGE))
    bench.source("Two", feed("Two", "b", "Harbour bridge in Lindmark reopens", OTHER_WORDS))
    bench.refresh()
    return bench


def front(bench: Bench) -> str:
    return bench.published()["index.html"].decode()


def later(bench: Bench, days: int) -> None:
    """One who had nothing before reports something else."""
    bench.later(days=days)
    day = f"{bench.now:%d}"
    made = feed("Three", day, f"Owl {day} counted", OWLS, bench.now - hours(1))
    bench.web.pages["https://three.example/feed"] = made
    if "Three" not in bench.toml:
        bench.source("Three")
    bench.refresh_all()


def test_a_story_of_two_publishers_is_on_top(bench: Bench) -> None:
    assert "Top stories" in front(bench)
    assert front(bench).count('<article class="top">') == 1
    assert '<article class="row' not in front(bench)


def test_it_moves_aside_when_the_newest_report_is_a_day_newer_and_goes_after_a_week(bench: Bench) -> None:
    later(bench, 2)
    assert "Top stories" not in front(bench)
    assert "Most reported earlier this week" in front(bench)
    later(bench, 6)
    assert "Most reported earlier this week" not in front(bench)


def test_time_alone_changes_nothing(bench: Bench) -> None:
    before = front(bench)
    bench.later(hours=100)
    bench.refresh_all()
    assert front(bench) == before


def test_its_page_is_there_when_the_feed_has_no_room_for_it(bench: Bench) -> None:
    bench.toml += "[feed]\nitems = 1\narchives = 0\n"
    later(bench, 2)
    links = [link for link in Outline(front(bench).encode()).links if link.startswith("story/")]
    assert len(set(links)) == 2
    assert set(links) <= bench.published().keys()


def test_what_the_feed_leaves_out_is_not_on_its_front_page_either(bench: Bench) -> None:
    bench.toml += '[[output]]\nname = "feed"\nexclude = ["title:harbour"]\n'
    later(bench, 1)
    assert "Owl" in front(bench)
    assert "Lindmark" not in front(bench)


def test_of_an_output_that_joins_nothing_each_report_is_a_row(bench: Bench) -> None:
    bench.toml += '[[output]]\nname = "feed"\njoin = "nothing"\n'
    bench.refresh_all()
    assert "Top stories" not in front(bench)
    assert front(bench).count('<article class="row') == 2
