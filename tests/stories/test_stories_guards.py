"""A wrong merge is worse than a missed one: what keeps entries apart that are alike."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from aggregator.model import Placement, Sketch
from aggregator.stories import Settings, Window
from aggregator.stories.cluster import Cluster, Member
from aggregator.stories.folds import union_of
from aggregator.stories.guards import veto
from aggregator.stories.score import Candidate, Likeness, Probe
from aggregator.stories.terms import read_terms
from aggregator.stories.weights import Frequencies

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NUMBERS = count(1)

EVENTS = [
    (
        "Harbour bridge in Varnmouth closed after cracks are found",
        "Engineers closed the harbour bridge in Varnmouth after finding cracks in two pillars.",
    ),
    (
        "Striker Dembrowski signs for Calder United",
        "Calder United have signed the Polish striker Dembrowski for three years.",
    ),
    (
        "Bakery chain Kornfeld files for insolvency",
        "The bakery chain Kornfeld with forty shops has filed for insolvency in Teschwitz.",
    ),
    (
        "Orlian parliament passes contested water law",
        "After a night of debate the Orlian parliament passed the contested water law.",
    ),
    (
        "Volcano Tamu Hesper erupts, villages evacuated",
        "Tamu Hesper erupted at dawn; three villages below the volcano were evacuated.",
    ),
]


def sketch(title: str, text: str = "", hours: float = 0, source: str = "") -> Sketch:
    return Sketch(next(NUMBERS), source, title, text, "", NOON + timedelta(hours=hours))


def placed(window: Window, *sketches: Sketch) -> list[Placement]:
    return [window.place(each)[0] for each in sketches]


def test_a_digest_of_five_events_joins_none_and_draws_none() -> None:
    window = Window()
    events = placed(window, *(sketch(*each) for each in EVENTS))
    digest = sketch(
        "Varnmouth bridge, Dembrowski, Kornfeld, water law, Tamu Hesper",
        "The harbour bridge in Varnmouth is closed. Calder United sign Dembrowski. Kornfeld is insolvent. "
        "The water law has passed. Tamu Hesper erupts and villages are evacuated.",
        hours=3,
    )

    [told] = placed(window, digest)
    after = placed(window, *(sketch(*each, hours=4) for each in EVENTS))

    assert told.story not in {each.story for each in events}
    assert told.reason.veto == "it names several events"
    assert [each.story for each in after] == [each.story for each in events]


TITLES = [title for title, _ in EVENTS]
WHOLE = " ".join(f"{title}. {text}" for title, text in EVENTS)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("What happened today", WHOLE),
        ("News in brief: " + ", ".join(" ".join(title.split()[:2]) for title in TITLES), WHOLE),
        ("Evening roundup", " • ".join(TITLES)),
        ("; ".join(" ".join(title.split()[:4]) for title in TITLES), ""),
        (" | ".join(TITLES), ""),
    ],
)
def test_a_digest_of_any_build_joins_none_of_its_events(title: str, text: str) -> None:
    window = Window()
    events = placed(window, *(sketch(*each) for each in EVENTS))

    [told] = placed(window, sketch(title, text, hours=3))

    assert told.story not in {each.story for each in events}


def test_release_notes_of_one_source_stay_apart() -> None:
    text = "Bug fixes and improvements. Thanks to all contributors. See the full list of changes."
    notes = [sketch(f"Hesper 4.{minor}", text, 9 * minor, source="hesper") for minor in range(10)]

    assert len({each.story for each in placed(Window(), *notes)}) == 10


def test_daily_live_blogs_stay_apart() -> None:
    text = "All that happens in the parliament of Orlia, minute by minute, from our reporters."
    blogs = [sketch("Orlia live: the day in parliament", text, 24 * day, source="Herald") for day in range(5)]

    assert len({each.story for each in placed(Window(), *blogs)}) == 5


def test_a_corrected_reissue_within_hours_is_no_series() -> None:
    title, text = EVENTS[0]
    first, second = placed(
        Window(), sketch(title, text, source="Herald"), sketch(title, text + " Repairs begin.", 1, "Herald")
    )

    assert "repeats" not in second.reason.veto
    assert first.affair == second.affair


def test_equal_series_titles_of_two_sources_stay_apart() -> None:
    window = Window()
    issues = [
        sketch("Morning links", text, 24 * day + offset, source)
        for day in range(5)
        for offset, source, text in (
            (0, "Herald", EVENTS[day][1]),
            (2, "Gazette", f"{EVENTS[day][0]}. {EVENTS[(day + 1) % 5][0]}."),
        )
    ]

    later = placed(window, *issues)[2:]

    assert len({each.story for each in later}) == len(later)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Varnmouth council raises taxes", "Varnmouth beats Calder two to one"),
        ("Schneefall legt Verkehr in Torvik lahm", "Neues Museum in Torvik eröffnet"),
        ("Снегопад парализовал движение в Торвике", "В Торвике открылся новый музей"),
        ("東京で大雪、交通に影響", "東京で新しい美術館が開館"),
        ("서울에서 대설, 교통 혼란", "서울에서 새 미술관 개관"),
        ("หิมะตกหนักที่กรุงเทพ", "กรุงเทพเปิดพิพิธภัณฑ์ใหม่"),
    ],
)
def test_one_name_in_common_makes_no_event(a: str, b: str) -> None:
    first, second = placed(Window(), sketch(a), sketch(b, hours=2))

    assert first.story != second.story
    assert second.reason.veto in ("", "they share one telling word only")


@pytest.mark.parametrize("title", ["Owl seen", "Hesper erupts", "新美术馆开馆"])
def test_two_sources_with_one_short_title_tell_one_event(title: str) -> None:
    first, second = placed(Window(), sketch(title, source="Herald"), sketch(title, hours=2, source="Gazette"))

    assert first.story == second.story


def crowd(window: Window, id_: int, title: str, size: int) -> Cluster:
    """A story of one text, told by `size` publishers."""
    vector = Frequencies({}).weigh(read_terms(sketch(title)))
    story = Cluster(id_, 0.0, 0.0)
    for entry in range(size):
        story.take(Member(entry, 0.0, vector), ())
    window.memory.shelf.put(story)
    return story


@pytest.mark.parametrize(("size", "folded"), [(19, True), (20, False)])
def test_a_round_up_folds_no_two_large_stories_that_differ(size: int, folded: bool) -> None:
    window = Window()
    one = crowd(window, 1, "Judoka Arendt takes silver in final bout", 30)
    two = crowd(window, 2, "Diver Okonjo takes silver after late leap", size)
    assert Settings().fold_cosine < one.cosine(two) < Settings().large_cosine
    like = Likeness(0.5, 0.5, 0.5, 0.5, 3.0, 0.0, 0.0, 1.5, 0.0, 0.0, 0.5)
    both = [Candidate(each, each.members[0], like, score=2.0, common=[]) for each in (one, two)]

    fold = union_of(both[0], both[1], 1, window.memory, lambda _: 9.0)

    assert (fold is not None) == folded


def test_a_giant_story_takes_only_what_is_like_it() -> None:
    vector = Frequencies().weigh(read_terms(sketch(*EVENTS[0])))
    giant = Cluster(1, 0.0, 0.0)
    for entry in range(6):
        giant.take(Member(entry, 0.0, vector), ())
    like = Likeness(*[0.5] * len(Likeness._fields))._replace(mean=0.04)
    found = Candidate(giant, giant.members[0], like, score=5.0, common=[*vector.terms])

    refused = veto(Probe(vector, 0.0, ()), found, Settings(), Frequencies())
    accepted = veto(
        Probe(vector, 0.0, ()), found._replace(likeness=like._replace(mean=0.2)), Settings(), Frequencies()
    )

    assert refused == "a large story takes only what is like most of its entries"
    assert accepted == ""
