"""Grouping as a whole: what comes together, what does not, and that it lasts."""

import json
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from aggregator.model import Duplicate, Placement, Sketch
from aggregator.stories import Window, explain_reason, fingerprint, group_lines

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NUMBERS = count(1)

BRIDGE = [
    (
        "Old harbour bridge in Varnmouth closed after cracks are found",
        "Engineers have closed the harbour bridge in Varnmouth after finding cracks in two of its pillars. "
        "Mayor Olin Tarrow said drivers face weeks of detours.",
    ),
    (
        "Varnmouth shuts harbour bridge: pillars cracked",
        "Cracks in two pillars have forced Varnmouth to shut its harbour bridge, mayor Olin Tarrow said. "
        "Engineers expect repairs to take weeks.",
    ),
]
OTHERS = [
    (
        "Striker Dembrowski signs for Calder United",
        "Calder United have signed the Polish striker for three years.",
    ),
    (
        "Rare owl seen on Mount Hesper",
        "Birdwatchers photographed a snowy owl near the summit of Mount Hesper.",
    ),
    (
        "Bakery chain Kornfeld files for insolvency",
        "The bakery chain with forty shops has filed for insolvency.",
    ),
    (
        "Parliament of Orlia passes water law",
        "After a night of debate the parliament of Orlia passed the law.",
    ),
]


def sketch(title: str, text: str = "", hours: float = 0, source: str = "", url: str = "") -> Sketch:
    return Sketch(next(NUMBERS), source, title, text, url, NOON + timedelta(hours=hours))


def placed(window: Window, *sketches: Sketch) -> list[Placement]:
    return [window.place(each)[0] for each in sketches]


def test_two_reports_on_one_event_join_among_others() -> None:
    window = Window()
    news = [sketch(title, text, i) for i, (title, text) in enumerate([BRIDGE[0], *OTHERS, BRIDGE[1]])]

    stories = [each.story for each in placed(window, *news)]

    assert stories[0] == stories[-1]
    assert len(set(stories)) == 5


def test_a_reason_names_the_other_entry_and_the_shared_words() -> None:
    window = Window()
    first, second = (sketch(*each, hours=i) for i, each in enumerate(BRIDGE))

    reason = placed(window, first, second)[1].reason

    assert reason.level == "same event"
    assert reason.other == first.entry
    assert reason.score >= reason.threshold
    assert "harbou" in reason.terms
    assert "1 h apart" in explain_reason(reason)


def test_freezing_between_any_two_entries_changes_nothing() -> None:
    rows = [sketch(title, text, i / 2) for i in range(6) for title, text in [*BRIDGE, *OTHERS]]
    whole, parts, journaled = Window(), Window(), Window()
    base, journals = journaled.freeze(), []

    expected = [whole.place(each) for each in rows]
    for each, answer in zip(rows, expected, strict=True):
        parts = Window.thaw(parts.freeze())
        assert parts.place(each) == answer
        journaled = Window.thaw(base, journals=journals)
        assert journaled.place(each) == answer
        journals.append(journaled.journal())

    assert parts.freeze() == whole.freeze()
    assert Window.thaw(base, journals=journals).freeze() == whole.freeze()


def test_a_publishers_name_behind_titles_makes_no_likeness() -> None:
    window = Window()
    tail = " - Varnmouth Evening Herald Online"
    news = [sketch(title + tail, hours=i) for i, (title, _) in enumerate(OTHERS)]
    late = [sketch(title + tail, hours=9) for title in ("Choir wins prize", "Frost damages vineyards")]

    before, after = placed(window, *news), placed(window, *late)

    assert {each.story for each in before}.isdisjoint(each.story for each in after)
    assert after[0].story != after[1].story


def test_a_page_is_one_item_long_after_the_window_closed() -> None:
    window = Window()
    old = Duplicate(7, 3, "Herald", "Ferry timetable changes", NOON - timedelta(days=400), "same page")
    new = sketch("Ferry timetable changes", source="Herald", url="https://herald.example/ferry")

    placement, _ = window.place(new, [old])

    assert placement.story == 3
    assert placement.reason.level == "same page"


def test_a_front_page_address_proves_nothing() -> None:
    window = Window()
    old = Duplicate(7, 3, "Herald", "Ferry timetable changes", NOON, "same page")
    new = sketch("Rare owl seen", source="Herald", url="https://herald.example/")

    placement, _ = window.place(new, [old])

    assert placement.reason.level == "alone"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "Union agrees 12th package of sanctions against Orlia",
            "Union agrees 13th package of sanctions against Orlia",
        ),
        ("Hesper 4.2.1 released with faster search", "Hesper 4.2.2 released with faster search"),
        ("Orlia exports fall 7.5 % in January", "Orlia imports fall 7.5 % in January"),
        ("Final of the women's 200 m in Varnmouth", "Final of the men's 200 m in Varnmouth"),
        ("Tour of Orlia: results of stage 3", "Tour of Orlia: results of stage 4"),
        ("Union agrees twelfth package against Orlia", "Union agrees thirteenth package against Orlia"),
        ("Union agrees twelfth package against Orlia", "Union agrees 13th package against Orlia"),
        ("Union beschließt 12. Paket gegen Orlien", "Union beschließt 13. Paket gegen Orlien"),
        ("La Unión aprueba el 12.º paquete contra Orlia", "La Unión aprueba el 13.º paquete contra Orlia"),
        ("Союз одобрил двенадцатый пакет мер", "Союз одобрил 13-й пакет мер"),
        ("联盟通过第十二轮对奥利亚制裁", "联盟通过第13轮对奥利亚制裁"),
        ("Volume III of the Hesper history appears", "Volume IV of the Hesper history appears"),
        ("Kornfeld Q1 results beat forecasts", "Kornfeld Q2 results beat forecasts"),
        ("Owl Hunters S01E02: review", "Owl Hunters S01E03: review"),
        ("Varnmouth marathon 2025: all results", "Varnmouth marathon 2026: all results"),
        ("Shares in Orlia close higher", "Shares in Orlia close lower"),
    ],
)
def test_titles_that_differ_in_a_number_or_opposite_stay_apart(a: str, b: str) -> None:
    first, second = placed(Window(), sketch(a), sketch(b, hours=2))

    assert first.story != second.story
    assert "number, date or opposite" in second.reason.veto


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Union agrees 12th package against Orlia", "Union agrees twelfth package against Orlia"),
        ("Volume III of the Hesper history appears", "Hesper history: volume 3 appears"),
        ("1 March: Orlian parliament passes water law", "Orlian parliament passes water law on 1 March"),
        ("Orlia to withdraw its troops by Sept. 11", "Orlia will withdraw troops by September 11"),
        ("Ferry sinks off Varnmouth, 12 dead", "Ferry sinks off Varnmouth, 15 dead"),
    ],
)
def test_titles_that_say_a_number_in_two_ways_or_only_count_are_no_conflict(a: str, b: str) -> None:
    first, second = placed(Window(), sketch(a), sketch(b, hours=2))

    assert first.story == second.story


def test_thirty_daily_briefings_stay_thirty() -> None:
    window = Window()
    text = "Good morning. Here is what you need to know today: the weather, the markets and the sport."
    issues = [sketch("Daily briefing", text, 24 * day, source="Herald") for day in range(30)]

    assert len({each.story for each in placed(window, *issues)}) == 30


def test_a_line_without_time_or_text_is_grouped_too() -> None:
    rows = [{"id": "a", "title": ""}, {"id": "b", "title": "Owl", "published": "soon"}]

    assert json.dumps(list(group_lines(rows))) == '[["a", 1, 1], ["b", 2, 2]]'


def test_equal_texts_have_equal_fingerprints_under_any_headline() -> None:
    text = BRIDGE[0][1]

    assert fingerprint("One headline", text) == fingerprint("Another", text.upper().replace(".", " –"))
    assert fingerprint("Owl", "") == ""
