"""A story is one event, an affair relates events; a source is not joined with itself by likeness."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from aggregator.model import Placement, Sketch
from aggregator.stories import Window
from aggregator.stories.habits import of_entries
from aggregator.stories.terms import read_terms

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NUMBERS = count(1)
CLOSED = (
    "Harbour bridge in Varnmouth closed over cracks",
    "Engineers closed the harbour bridge in Varnmouth after divers found cracks in two pillars.",
)
AGAIN = (
    "Varnmouth closes harbour bridge after cracks",
    "The harbour bridge in Varnmouth is closed: divers found cracks in two of its pillars, engineers said.",
)


def sketch(
    words: tuple[str, str], hours: float = 0, source: str = "Herald", publisher: str = "", **more: bool
) -> Sketch:
    when = NOON + timedelta(hours=hours)
    return Sketch(next(NUMBERS), source, *words, "", when, publisher=publisher, **more)


def placed(*sketches: Sketch) -> list[Placement]:
    window = Window()
    return [window.place(each)[0] for each in sketches]


def test_two_publishers_report_one_event_in_one_story() -> None:
    one, two = placed(sketch(CLOSED), sketch(AGAIN, 2, "Gazette"))

    assert one.story == two.story


def test_a_source_is_not_joined_with_itself_by_likeness() -> None:
    one, two = placed(sketch(CLOSED), sketch(AGAIN, 2))

    assert one.story != two.story
    assert one.affair == two.affair
    assert "its source has a report of its own" in two.reason.veto


def test_what_a_planet_passes_on_is_judged_by_who_wrote_it() -> None:
    whole = {"attributed": True}
    one, two = placed(
        sketch(CLOSED, 0, "Planet", "herald.example", **whole),
        sketch(AGAIN, 2, "Planet", "gazette.example", **whole),
    )
    three, four = placed(
        sketch(CLOSED, 0, "Planet", "herald.example", **whole),
        sketch(AGAIN, 2, "Planet", "herald.example", **whole),
    )

    assert one.story == two.story
    assert three.story != four.story


def test_a_link_blog_that_comments_one_affair_from_many_sides_has_many_items() -> None:
    aside = (
        "A word on that bridge",
        "The harbour bridge in Varnmouth: cracks, divers and two pillars.",
    )
    one, two = placed(
        sketch(CLOSED, 0, "Links", "herald.example"), sketch(aside, 2, "Links", "gazette.example")
    )

    assert one.story != two.story


def test_a_date_that_was_made_up_brings_nothing_near() -> None:
    window = Window()
    window.place(sketch(CLOSED))
    dated, _ = window.place(sketch(AGAIN, 1, "Gazette"))
    other = Window()
    other.place(sketch(CLOSED, dated=False))
    undated, _ = other.place(sketch(AGAIN, 1, "Gazette", dated=False))

    assert undated.reason.score <= dated.reason.score


def test_an_archive_takes_copies_only_and_founds_what_nothing_joins() -> None:
    window = Window()
    old = replace(sketch(CLOSED), join="copies")
    one, _ = window.place(old)
    two, _ = window.place(sketch(AGAIN, 1, "Gazette"))

    assert one.story != two.story
    assert one.affair != two.affair


def test_what_a_source_says_under_nearly_every_entry_is_no_word_of_any() -> None:
    blurb = "Subscribe to the letter of the Herald."
    entries = [(f"Report {name} - The Herald", f"About {name}. {blurb}") for name in "abcdefghij"]

    habits = of_entries(entries)
    terms = read_terms(sketch(("Owls seen - The Herald", f"Owls were seen. {blurb}")), habits=habits)

    assert sorted(set(terms.words)) == ["owls", "seen", "were"]


def test_few_entries_make_no_habits() -> None:
    assert of_entries([("Flood in Orlia", "A flood.")] * 7) == (frozenset(), frozenset())
