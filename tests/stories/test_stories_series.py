"""What one source prints again and again under a title, a label or an address stays as many as it is."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from aggregator.model import Duplicate, Sketch
from aggregator.stories import Window
from aggregator.stories.stream import GroupedStream

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NUMBERS = count(1)
STANDING = "Good morning. Here is what you need to know today: the weather, the markets and the sport."
SUBJECTS = [
    "bridge closed",
    "owls counted",
    "tram line opens",
    "ferry late",
    "chess champion",
    "bakery insolvent",
]


def sketch(title: str, text: str = "", hours: float = 0, source: str = "Herald", url: str = "") -> Sketch:
    return Sketch(next(NUMBERS), source, title, text, url, NOON + timedelta(hours=hours))


def stories(*sketches: Sketch) -> list[int]:
    window = Window()
    return [window.place(each)[0].story for each in sketches]


@pytest.mark.parametrize("label", ["Morning briefing: ", "Orlia election live – ", "Weather in Varnmouth | "])
def test_issues_under_one_label_stay_apart_whatever_they_are_about(label: str) -> None:
    issues = [sketch(label + each, STANDING, 24 * day) for day, each in enumerate(SUBJECTS)]

    assert len(set(stories(*issues))) == len(issues)


def test_a_label_does_not_part_two_reports_on_one_event() -> None:
    text = "Engineers closed the harbour bridge in Varnmouth after finding cracks in two pillars."
    week_ago = [sketch(f"Breaking: {each}", "", 12 * day - 96) for day, each in enumerate(SUBJECTS)]
    first = sketch("Breaking: Varnmouth harbour bridge closed over cracks", text)
    second = sketch("Breaking: cracks in pillars, Varnmouth harbour bridge closed", text, 1, "Gazette")

    *_, one, two = stories(*week_ago, first, second)

    assert one == two


def test_a_label_is_one_sources_own() -> None:
    text = "Engineers closed the harbour bridge in Varnmouth after finding cracks in two pillars."
    known = [sketch(f"Live: {each}", "", 12 * day - 96) for day, each in enumerate(SUBJECTS)]
    first = sketch("Live: Varnmouth bridge", text, source="Herald")
    second = sketch("Live: cracks found in pillars", text + " Repairs take weeks.", 1, "Gazette")

    *_, one, two = stories(*known, first, second)

    assert one == two


def test_a_title_that_comes_every_hour_is_a_series_from_its_fourth_time_on() -> None:
    found = stories(*(sketch("Open thread", "", hour) for hour in range(12)))

    assert len(set(found[2:])) == 10


def test_thirty_issues_at_one_address_stay_thirty() -> None:
    stream = GroupedStream(Window())
    rows = [
        {
            "title": "Daily briefing",
            "text": f"{STANDING} Today: {SUBJECTS[day % 6]} {day}.",
            "source": "Herald",
            "url": "https://herald.example/briefing",
            "published": (NOON + timedelta(days=day)).isoformat(),
        }
        for day in range(30)
    ]

    assert len({stream.place(row)[0].story for row in rows}) == 30


def test_a_new_id_at_the_old_address_is_no_issue_of_a_series() -> None:
    window = Window()
    url = "https://herald.example/ferry"
    old = sketch("Ferry timetable changes", "All ferries leave an hour later.", 0, url=url)
    place, _ = window.place(old)
    duplicate = Duplicate(old.entry, place.story, old.source, old.title, old.published, "same page")

    moved, _ = window.place(sketch(old.title, "All ferries leave two hours later.", 9, url=url), [duplicate])

    assert (moved.story, moved.reason.level) == (place.story, "same page")


def test_stories_with_a_known_label_in_common_are_not_folded_into_one() -> None:
    window = Window()
    for day, subject in enumerate(SUBJECTS):
        window.place(sketch(f"Morning briefing: {subject}", STANDING, 24 * day))
    between = sketch("Bakery shut, chess champion", f"{STANDING} A baker is chess champion.", 121, "Post")

    _, folds = window.place(between)

    assert folds == ()


def test_what_a_source_says_under_every_entry_makes_no_event() -> None:
    blurb = (
        "Subscribe to our letter and never miss a report from the harbour, the market and both schools of "
        "Varnmouth, told by the people who live there, every Friday, for nothing, and with a crossword."
    )
    news = [sketch(f"{subject.title()}", blurb, 9 * day) for day, subject in enumerate(SUBJECTS)]

    assert len(set(stories(*news))) == len(news)


def test_what_a_source_adds_to_its_own_report_is_an_item_of_the_same_affair() -> None:
    text = "Engineers closed the harbour bridge in Varnmouth after finding cracks in two pillars."
    first = sketch("Harbour bridge in Varnmouth closed", text)
    second = sketch("Cracks in harbour bridge: Varnmouth asks for help", text + " The mayor asks.", 3)

    window = Window()
    one, two = (window.place(each)[0] for each in (first, second))

    assert one.story != two.story
    assert one.affair == two.affair


NEWS_OF_RELEASES = [
    "Fixed a crash when the harbour map is closed while tides are loading.",
    "Adds buoys to every chart, and a legend that lists their colours.",
    "The anchor alarm now rings through headphones, and stops when you swipe.",
    "Routes avoid shallow water at low tide; drawn routes keep their colours.",
    "Imports tracks of other plotters, with their waypoints and photographs.",
]
SHARED_RELEASE = "Lighthouses blink with their real rhythm, and the compass rose follows the boat in narrows."


def release(version: str, text: str, hours: float, source: str) -> Sketch:
    return sketch(f"Seachart {version}", text, hours, source)


def channels() -> list[Sketch]:
    """Two channels that number their releases differently, so that both are known as series."""
    return [
        release(f"{number}.{turn}", f"{text} {source} only.", 26 * turn + number, source)
        for turn, text in enumerate(NEWS_OF_RELEASES)
        for number, source in ((4, "Seachart stable"), (9, "Seachart beta"))
        if (turn + number) % 2
    ]


def test_issues_of_two_series_with_one_text_are_one_event() -> None:
    beta = release("9.31", SHARED_RELEASE, 150, "Seachart beta")
    stable = release("4.17", SHARED_RELEASE + " Bug fixes.", 152, "Seachart stable")

    *_, one, two = stories(*channels(), beta, stable)

    assert one == two


def test_issues_of_two_series_with_their_own_texts_are_two() -> None:
    beta = release("9.31", SHARED_RELEASE, 150, "Seachart beta")
    stable = release("4.17", "Lighthouses no longer crash the compass of the boat.", 152, "Seachart stable")

    *_, one, two = stories(*channels(), beta, stable)

    assert one != two


def test_a_source_that_prints_one_text_under_its_series_again_has_two_issues() -> None:
    known = channels()
    first = release("4.17", SHARED_RELEASE, 150, "Seachart stable")
    again = release("4.18", SHARED_RELEASE + " Bug fixes.", 152, "Seachart stable")

    *_, one, two = stories(*known, first, again)

    assert one != two
