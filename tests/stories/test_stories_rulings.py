"""What a person says about stories holds, also after a restart and a rebuild."""

from datetime import UTC, datetime, timedelta

from aggregator.model import Duplicate, Sketch
from aggregator.stories import Window, why

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TITLES = [
    "Harbour bridge in Varnmouth closed after cracks are found in pillars",
    "Varnmouth closes harbour bridge as pillars show cracks",
    "Cracks in pillars: harbour bridge in Varnmouth closed",
]


def sketch(entry: int, title: str, hours: float | None = None, url: str = "") -> Sketch:
    return Sketch(entry, "", title, "", url, NOON + timedelta(hours=entry if hours is None else hours))


def restarted(window: Window) -> Window:
    return Window.thaw(window.freeze())


def test_a_merge_sends_the_younger_story_into_the_older() -> None:
    window = Window()
    window.place(sketch(1, TITLES[0]))
    window.place(sketch(2, "Rare owl seen on Mount Hesper"))

    fold = window.merge(2, 1)
    placement, _ = restarted(window).place(sketch(3, "Rare owl seen again on Mount Hesper"))

    assert (fold.story, fold.into, fold.reason.level) == (2, 1, "ruling")
    assert placement.story == 1


def test_what_follows_a_story_merged_into_one_long_past_goes_there() -> None:
    window = Window()
    window.place(sketch(1, TITLES[0]))
    window.place(sketch(2, "Rare owl seen on Mount Hesper", hours=200))

    window.merge(1, 2)
    placement, _ = restarted(window).place(sketch(3, "Rare owl seen again on Mount Hesper", hours=201))

    assert placement.story == 1


def test_a_split_entry_gets_a_new_story_that_is_never_folded_back() -> None:
    window = Window()
    for entry, title in enumerate(TITLES, start=1):
        window.place(sketch(entry, title))

    placement = window.split(2, 1)
    window = restarted(window)
    later = [window.place(sketch(entry, TITLES[entry % 3])) for entry in range(4, 20)]

    assert placement.story == 2
    assert placement.reason.level == "ruling"
    assert [fold for _, folds in later for fold in folds if fold.level == "story"] == []


def test_parted_stories_are_not_folded_when_a_third_goes_between() -> None:
    window = Window()
    window.part(1, 2)
    window.place(sketch(1, TITLES[0]))
    window.memory.part(1, 3)

    assert restarted(window).memory.apart == {1: {2, 3}, 2: {1}, 3: {1}}


def test_the_same_acts_again_give_the_same_state() -> None:
    def week() -> bytes:
        window = Window()
        for entry in range(1, 30):
            window.place(sketch(entry, TITLES[entry % 3] if entry % 2 else f"Owl number {entry} seen"))
            if entry == 9:
                window.split(9, 1)
            if entry == 15:
                window.merge(1, 4)
            window = restarted(window)
        return window.freeze()

    assert week() == week()


def test_an_entry_of_a_story_long_gone_still_joins_it_by_its_page() -> None:
    window = Window(next_story=100)
    old = Duplicate(1, 3, "", TITLES[0], NOON, "same page")
    url = "https://herald.example/bridge"

    placement, _ = window.place(sketch(1000, TITLES[0], url=url), [old])
    after, _ = window.place(sketch(1001, TITLES[1]))

    assert placement.story == 3
    assert after.story == 100


def test_a_site_that_moves_republishes_nothing() -> None:
    window = Window(next_story=100)
    long = (
        "An old report on the harbour bridge of Varnmouth, with all that the engineers said about it then. "
        * 4
    )
    old = [
        Duplicate(n, n, "Herald", f"{TITLES[n % 3]} {n}", NOON - timedelta(days=400), "same text")
        for n in range(30)
    ]
    moved = [
        Sketch(50 + n, "Herald", duplicate.title, long, f"https://new.example/{n}", NOON)
        for n, duplicate in enumerate(old)
    ]

    placements = [window.place(each, [duplicate])[0] for each, duplicate in zip(moved, old, strict=True)]

    assert [each.story for each in placements] == list(range(30))
    assert {each.reason.level for each in placements} == {"same text"}


def test_a_standing_text_on_another_day_is_another_issue() -> None:
    old = Duplicate(1, 3, "Herald", "Open thread", NOON - timedelta(days=1), "same text")
    text = (
        "Talk here about whatever is on your mind today, but be kind to each other and stay out of politics."
    )

    placement, _ = Window(next_story=9).place(Sketch(2, "Herald", "Open thread", text, "", NOON), [old])

    assert placement.story == 9


def test_why_names_what_joins_and_what_parts() -> None:
    joined = why(sketch(1, TITLES[0]), sketch(2, TITLES[1]))
    page = why(
        sketch(1, TITLES[0], url="https://a.example/x"), sketch(2, TITLES[1], url="https://a.example/x")
    )
    parted = why(sketch(1, "Hesper 4.2.1 is released"), sketch(2, "Hesper 4.2.2 is released"))

    assert (joined.level, page.level, parted.level) == ("same event", "same page", "alone")
    assert "number" in parted.veto
