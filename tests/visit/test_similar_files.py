"""A file that was both renamed and edited continues its entry."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from bench import Bench
from texts import BRIDGE, FERRY, TAXES, Texts

from aggregator.model import Draft, Entry
from aggregator.visit.normalise import normalise
from aggregator.visit.similar_files import continued_files, trace_of

DAY = datetime(2026, 2, 28, 10, tzinfo=UTC)
TEXT = "The council has bought a ferry that seats two hundred and crosses the inlet in nine minutes."
LIKE = TEXT.replace("two hundred", "three hundred")
OTHER = "Snow is expected in the hills from Thursday on, and the passes may close before the night."


def trace(title: str, text: str, day: datetime | None = DAY) -> str:
    draft = Draft(uid="u", title=title, summary=text, published=day, dated=day is not None)
    entry: Entry = normalise(draft, source="Desk", now=DAY)
    return trace_of(entry)


@pytest.mark.parametrize(
    ("title", "text", "day", "same"),
    [
        ("A ferry for the inlet", OTHER, DAY, True),
        ("A ferry for the inlet", LIKE, None, True),
        ("A ferry for the inlet", OTHER, None, False),
        ("A ferry for the inlet", OTHER, DAY.replace(day=27), False),
        ("Ferry bought", LIKE, DAY, True),
        ("Ferry bought", TEXT, None, True),
        ("Ferry bought", TEXT, DAY.replace(day=27), True),
        ("Ferry bought", OTHER, DAY, False),
    ],
)
def test_title_day_and_text_decide_together(title: str, text: str, day: datetime | None, same: bool) -> None:
    gone = {"g": trace("A ferry for the inlet", TEXT)}

    assert continued_files(gone, {"n": trace(title, text, day)}, []) == ({"n": "g"} if same else {})


@pytest.mark.parametrize("title", ["Untitled", "2026-02-28", "Notes"])
def test_a_title_that_says_nothing_does_not_count(title: str) -> None:
    assert continued_files({"g": trace(title, TEXT)}, {"n": trace(title, OTHER)}, []) == {}


def test_a_title_of_several_files_does_not_count() -> None:
    gone, new = trace("Council minutes", TEXT), trace("Council minutes", OTHER)

    assert continued_files({"g": gone}, {"n": new}, [trace("Council minutes", BRIDGE)]) == {}
    assert continued_files({"g": gone}, {"n": new, "m": trace("Council minutes", BRIDGE)}, []) == {}


def test_of_two_claimants_the_most_alike_goes_on() -> None:
    near, nearer = trace("Ferry bought", LIKE), trace("Ferry bought", TEXT + " It runs daily.")

    assert continued_files({"g": trace("A ferry for the inlet", TEXT)}, {"a": near, "b": nearer}, []) == {
        "b": "g"
    }


def test_a_file_without_a_trace_is_not_followed() -> None:
    assert continued_files({"g": ""}, {"n": trace("A ferry for the inlet", TEXT)}, []) == {}


POST = "---\ntitle: {}\ndate: 2026-02-28T10:00:00Z\n---\n\n{}\n"


@pytest.fixture
def desk(tmp_path: Path) -> Texts:
    bench = Bench(tmp_path)
    return Texts(bench, bench.texts("Desk"))


@pytest.mark.parametrize("after", [("A ferry for the inlet", OTHER), ("Ferry bought", "Today: " + TEXT)])
def test_a_post_renamed_and_edited_at_once_stays_one_entry(desk: Texts, after: tuple[str, str]) -> None:
    desk.write(**{"a.md": POST.format("A ferry for the inlet", TEXT), "c.md": TAXES})
    desk.visit()
    before = desk.texts().keys()
    desk.move("a.md", "b.md")
    desk.write(**{"b.md": POST.format(*after)})

    summary = desk.visit()

    assert (summary.added, summary.edited, desk.texts().keys()) == (0, 1, before)


def test_it_is_followed_again_and_again(desk: Texts) -> None:
    desk.write(a=FERRY + TEXT)
    desk.visit()
    before = desk.texts().keys()
    for old, new, words in (("a", "b", "It runs daily."), ("b", "c", "It sails at nine.")):
        desk.move(old, new)
        desk.write(**{new: f"{words}\n\n{FERRY}{TEXT}"})
        desk.visit()

    assert desk.texts().keys() == before


def test_a_new_post_that_comes_as_another_goes_is_a_new_entry(desk: Texts) -> None:
    desk.write(a=POST.format("A ferry for the inlet", TEXT))
    desk.visit()
    (desk.folder / "a").unlink()
    desk.write(b=POST.format("Snow in the hills", OTHER))

    assert (desk.visit().added, len(desk.texts())) == (1, 2)


def test_what_went_at_an_earlier_visit_is_not_continued(desk: Texts) -> None:
    desk.write(a=POST.format("A ferry for the inlet", TEXT))
    desk.visit()
    (desk.folder / "a").unlink()
    desk.visit()
    desk.write(b=POST.format("A ferry for the inlet", OTHER))

    assert desk.visit().added == 1


def test_a_new_text_that_begins_like_one_that_went_is_a_new_entry(desk: Texts) -> None:
    opening = "Welcome to the daily letter, which we send to each and every one of you in the morning."
    desk.write(a=f"Daily letter\n\n{opening}\n\n" + " ".join(f"tide{number}" for number in range(90)))
    desk.visit()
    (desk.folder / "a").unlink()
    desk.write(b=f"Daily letter\n\n{opening}\n\n" + " ".join(f"storm{number}" for number in range(90)))

    assert (desk.visit().added, len(desk.texts())) == (1, 2)


def test_a_text_of_one_line_is_followed_and_a_series_of_titles_is_not() -> None:
    line = f"{TEXT} {OTHER}"
    gone = {
        "text": trace(line, "", None),
        "title": trace("Notes of the weekly meeting of the council 12", ""),
    }
    new = {
        "b": trace(f"{line} It runs daily.", "", None),
        "c": trace("Notes of the weekly meeting of the council 13", ""),
    }

    assert continued_files(gone, new, []) == {"b": "text"}


@pytest.mark.parametrize("name", ["a", "b"])
def test_what_came_back_is_followed_as_before(desk: Texts, name: str) -> None:
    desk.write(a=FERRY + TEXT, z=TAXES)
    desk.visit()
    before = desk.texts().keys()
    for _ in range(2):
        (desk.folder / "a").unlink(missing_ok=True)
        desk.visit()
    desk.write(**{name: FERRY + TEXT})
    desk.visit()
    desk.move(name, "c")
    desk.write(c=f"It runs daily.\n\n{FERRY}{TEXT}")

    assert (desk.visit().added, desk.texts().keys()) == (0, before)
