"""A fault of a document is reported for as long as it lasts."""

from pathlib import Path

import pytest
from bench import Bench
from pretend import item, rss

from aggregator.model import Health
from aggregator.store import Store

BUILT = "Sun, 01 Mar 2026 09:12:34 GMT"
SHARED = rss("One", *(item("1", f"Post {number}", f"Text {number}") for number in range(3)))
DATED = rss("One", *(item(str(number), f"Post {number}", "Text", BUILT) for number in range(3)))
FAULTY = {"share the id": SHARED, "have the date": DATED}


def health(bench: Bench) -> Health:
    with Store(bench.folder / "var/aggregator.db") as store:
        (found,) = store.sources.health()
    return found


def told(bench: Bench, words: str) -> bool:
    found = health(bench)
    return words in found.reason and words in " ".join(found.notes)


@pytest.mark.parametrize("words", FAULTY)
def test_a_note_outlives_visits_that_bring_nothing(tmp_path: Path, words: str) -> None:
    bench = Bench(tmp_path)
    bench.source("One", FAULTY[words])
    for status in (200, 200, 503, 200, 200):
        bench.web.status["https://one.example/feed"] = status
        bench.refresh_all()
        bench.later(days=2)
        assert told(bench, words) == (status == 200)

    assert health(bench).result == "same"


@pytest.mark.parametrize("words", FAULTY)
def test_a_note_ends_with_what_it_is_about(tmp_path: Path, words: str) -> None:
    bench = Bench(tmp_path)
    bench.source("One", FAULTY[words])
    bench.refresh_all()
    bench.web.pages["https://one.example/feed"] = rss("One", item("9", "Post"), item("8", "Another"))
    for _ in range(2):
        bench.later(days=2)
        bench.refresh_all()

    assert health(bench).notes == ()


def test_an_unchanged_visit_is_not_reported_again(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.source("One", SHARED)
    bench.refresh_all()
    bench.later(days=2)
    bench.refresh_all()

    assert [bool(visit.notes) for visit in bench.silent.seen] == [True, False]


def test_a_note_is_reported_beside_the_hours_that_a_feed_rules_out(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(23))
    bench.source("One", SHARED.replace(b"<item>", f"<skipHours>{hours}</skipHours><item>".encode(), 1))
    bench.refresh_all()

    assert told(bench, "share the id")
    assert "excludes earlier hours" in health(bench).reason


def test_a_note_on_a_file_lasts_while_others_change(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    post = "---\ntitle: {}\n{}---\n\nText.\n"
    folder = bench.texts("Desk", **{"a: 1.md": post.format("One", ""), "b.md": post.format("Two", "")})
    bench.refresh_all()
    for name in ("c.md", "d.md"):
        bench.later(days=1)
        (folder / name).write_text(post.format(name, "date: 2026-02-01\n"), encoding="utf-8")
        bench.refresh_all()
    missing = "no date is given; using the file's modification time"
    assert health(bench).notes == (f"a: 1.md: {missing}", f"b.md: {missing}")

    bench.later(days=1)
    (folder / "a: 1.md").write_text(post.format("One", "date: 2026-02-02\n"), encoding="utf-8")
    (folder / "b.md").unlink()
    bench.refresh_all()
    assert health(bench).notes == ()


def test_dates_that_cannot_be_right_are_reported(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.source(
        "One", rss("One", item("1", "Ahead", date="Sun, 01 Mar 2028 10:00:00 GMT"), item("2", "Right"))
    )
    bench.texts("Desk", **{"a.md": "---\ntitle: Old\ndate: 0001-01-01\n---\n\nText.\n"})
    bench.refresh_all()
    with Store(bench.folder / "var/aggregator.db") as store:
        notes = {each.name: each.notes for each in store.sources.health()}
    assert notes == {
        "One": ("one date is in the future, 2028-03-01; using the time of the visit",),
        "Desk": ("a.md: the date is too long ago, 1-01-01; using the time of the visit",),
    }
