from dataclasses import replace

import pytest
from make import report, story

from aggregator.model import Output, Rule, Story
from aggregator.publish.filters import select
from aggregator.text.patterns import words_pattern

OUTPUT = Output("x", "X", "x")


def numbers(output: Output, *stories: Story) -> list[int]:
    return [each.number for each in select(stories, output)]


def test_without_filters_everything_is_in() -> None:
    assert numbers(OUTPUT, story(1), story(2)) == [1, 2]


@pytest.mark.parametrize(
    "filters",
    [
        {"sources": ("Two",)},
        {"tags": ("cities",)},
        {"tags": ("world",)},
        {"languages": ("en",)},
        {"include": (Rule(words_pattern("second bridge"), "title"),)},
        {"include": (Rule("nowhere"), Rule("^w.*r$", "author"))},
        {"include": (Rule(words_pattern("tram & bus"), "text"),)},
        {"include": (Rule("^WORLD$", "category"),)},
    ],
)
def test_one_report_that_passes_lets_the_story_in(filters: dict[str, object]) -> None:
    second = report(
        2, "Two", title="A second  bridge", tags=("cities",), language="en-GB", authors=("Writer",),
        summary="By tram&nbsp;&amp; bus.",
    )  # fmt: skip
    grown = story(1, report(1, language="de"), (replace(second, tags=("world",)),))
    alone = story(2, report(3, "Three", title="Owls", language="deu"))
    assert numbers(replace(OUTPUT, **filters), grown, alone) == [1]


def test_all_filters_are_passed_by_the_same_report() -> None:
    grown = story(1, report(1, tags=("cities",)), (report(2, "Two", title="Owls"),))
    assert numbers(replace(OUTPUT, tags=("cities",), include=(Rule("owls"),)), grown) == []


def test_what_any_report_is_excluded_by_is_out() -> None:
    grown = story(1, report(1), (report(2, "Two", tags=("Sport",)),))
    assert numbers(replace(OUTPUT, exclude=(Rule("^sport$", "category"),)), grown, story(2)) == [2]


@pytest.mark.parametrize(
    ("looked_for", "text", "there"),
    [
        ("art", "Party", False),
        ("art", "state of the ART.", True),
        ("c++", "Use C++ now", True),
        ("straße frei", "Die Straße\nfrei", True),
        ("東京", "在東京都", True),
        ("a.c", "abc", False),
    ],
)
def test_words_are_whole_words_where_a_script_has_them(looked_for: str, text: str, there: bool) -> None:
    rule = Rule(words_pattern(looked_for), "title")
    assert bool(numbers(replace(OUTPUT, include=(rule,)), story(1, report(1, title=text)))) is there


def test_markup_is_no_text() -> None:
    rules = (Rule("strong"), Rule("href"))
    bold = report(1, summary='<strong>It</strong> <a href="https://x.example/">opened</a>.')
    assert numbers(replace(OUTPUT, include=rules), story(1, bold)) == []


def test_two_sources_of_one_publisher_are_one_witness() -> None:
    one, two = report(1, "One"), report(2, "Two")
    sister = replace(two, publisher=one.publisher)
    assert numbers(replace(OUTPUT, min_sources=2), story(1, one, (sister,)), story(2, one, (two,))) == [2]


def test_a_busy_source_leads_no_more_than_its_share() -> None:
    busy = [story(number, report(number, "Busy")) for number in range(1, 9)]
    quiet = story(9, report(9, "Quiet"))
    assert numbers(replace(OUTPUT, per_source=3), *busy, quiet) == [1, 2, 3, 9]


def test_no_more_is_read_than_is_wanted() -> None:
    def endless() -> object:
        number = 0
        while True:
            number += 1
            yield story(number)

    assert next(select(endless(), OUTPUT)).number == 1  # type: ignore[arg-type]
