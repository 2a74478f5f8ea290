"""What is wrong with sources, as a feed of its own."""

import io
from pathlib import Path

import feedparser
import pytest
from bench import BRIDGE, OWLS, Bench
from pretend import item, rss
from rules import FAULTS

ONE = "https://one.example/feed"


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    bench.source("One", rss("One", item("a", "Bridge reopens", BRIDGE)))
    bench.source("Two", rss("Two", item("b", "Snowy owls", OWLS)))
    bench.toml += '[[output]]\nname = "problems"\nholds = "problems"\n'
    bench.refresh()
    return bench


def fail(bench: Bench, count: int, status: int = 500) -> None:
    bench.web.status[ONE] = status
    for _ in range(count):
        bench.later(hours=6)
        bench.refresh_all()


def recover(bench: Bench) -> None:
    del bench.web.status[ONE]
    bench.later(hours=6)
    bench.refresh_all()


def problems(bench: Bench) -> list[feedparser.FeedParserDict]:
    return feedparser.parse(io.BytesIO(bench.published()["problems.atom"])).entries


def test_a_failed_visit_is_no_problem_yet(bench: Bench) -> None:
    fail(bench, 2)
    recover(bench)
    assert problems(bench) == []


def test_a_problem_is_one_item_however_long_it_lasts(bench: Bench) -> None:
    fail(bench, 3)
    before = bench.published()
    (problem,) = problems(bench)
    fail(bench, 5, status=404)
    assert bench.published() == before
    assert problem.title == "One: its server is in trouble"
    assert problem.published == "2026-03-01T18:00:00+00:00"


def test_its_end_changes_the_item_and_the_next_problem_is_another(bench: Bench) -> None:
    fail(bench, 3)
    (first,) = problems(bench)
    recover(bench)
    (over,) = problems(bench)
    assert (over.id, over.published, over.title) == (
        first.id,
        first.published,
        "One: its server is in trouble (over)",
    )
    assert over.updated == "2026-03-02T12:00:00+00:00"
    fail(bench, 3)
    assert [each.id == first.id for each in problems(bench)] == [False, True]


def test_a_source_that_is_taken_out_has_no_problem_any_more(bench: Bench) -> None:
    fail(bench, 3)
    bench.toml = bench.toml.replace(f'[[source]]\nname = "One"\nurl = "{ONE}"\n', "")
    bench.later(hours=6)
    bench.refresh_all()
    assert [each.title for each in problems(bench)] == ["One: its server is in trouble (over)"]


def test_the_feed_of_news_knows_nothing_of_it(bench: Bench) -> None:
    before = bench.published()
    fail(bench, 9)
    after = bench.published()
    assert {name for name in after if before[name] != after[name]} == {
        "problems.atom",
        "problems.rss",
        "problems.json",
        "sources.html",
    }


def test_a_feed_of_problems_keeps_the_rules(bench: Bench) -> None:
    fail(bench, 3)
    for format, faults in FAULTS.items():
        assert list(faults(bench.published()[f"problems.{format}"])) == []


def secrets(bench: Bench) -> None:
    """Problems whose first notes have a key and a path in them."""
    bench.toml += '[[source]]\nname = "Moved"\nurl = "https://moved.example/feed?token=k3y"\n'
    bench.web.moved["https://moved.example/feed?token=k3y"] = "https://moved.example/in?sid=k3y"
    bench.web.pages["https://moved.example/in?sid=k3y"] = b"<!doctype html><title>Log in</title>"
    bench.toml += '[[source]]\nname = "Texts"\nfile = "private-path.md"\n'
    for _ in range(3):
        bench.later(hours=6)
        bench.refresh_all()


def test_a_problem_that_everybody_reads_tells_no_key_and_no_path(bench: Bench) -> None:
    secrets(bench)
    assert {each.title.partition(":")[0] for each in problems(bench)} == {"Moved", "Texts"}
    for name, body in bench.published().items():
        assert b"k3y" not in body, name
        assert b"private-path" not in body, name


def test_a_problem_that_is_read_with_a_secret_is_told_in_full(bench: Bench) -> None:
    bench.toml = bench.toml.replace('holds = "problems"\n', 'holds = "problems"\ntoken_file = "secret"\n')
    secrets(bench)
    told = (bench.folder / "var/private/problems.atom").read_text(encoding="utf-8")
    assert "https://moved.example/in?sid=k3y" in told
    assert "private-path.md" in told
