"""Entries that share an id lose nothing, and are the same ones at every visit."""

import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from fresh import fresh
from hypothesis import given, settings
from hypothesis import strategies as st
from make import NOON, entry
from pretend import rss
from web import web

from aggregator.model import Enclosure, Entry, Harvest, Next, Source, SourceState
from aggregator.store import Store
from aggregator.stories.repeated_ids import MARK, apart, latest, note_on_ids
from aggregator.visit.visit import VisitContext, visit

URL = "https://a.example/feed"
DAY = timedelta(days=1)


def told(number: int, **more: object) -> Entry:
    """One of several posts under one id, each with a link, a title, a date and a text of its own."""
    values: dict[str, object] = {
        "uid": "urn:x:1",
        "title": f"Post {number}",
        "page": f"https://a.example/{number}",
        "summary": f"Text {number}",
        "published": NOON + number * DAY,
        "digest": f"digest of {number}",
    }
    return entry(**values | more)  # type: ignore[arg-type]


def opened(folder: Path) -> Store:
    store = Store(fresh(folder / "a.db"))
    with store.writing():
        store.sources.sync([Source("One", "url", URL)], NOON)
    return store


def kept(store: Store, *entries: Entry, visit: int = 0) -> dict[str, str]:
    """Ids by title, after a visit that brought these entries."""
    with store.writing():
        store.entries.keep("One", entries, NOON + visit * timedelta(hours=1))
    return {each["title"]: each["uid"] for each in store.db.query("SELECT title, uid FROM entries")}


# --- within one document


def test_each_gets_an_id_of_its_own_whatever_their_order() -> None:
    posts = [told(number) for number in range(4)]

    ids = {each.title: each.uid for each in apart(posts, {})}

    assert len(set(ids.values())) == 4
    assert {each.title: each.uid for each in apart(posts[::-1], {})} == ids
    assert all(uid.startswith(f"urn:x:1{MARK}") for uid in ids.values())


def test_an_entry_that_is_alone_keeps_the_id_of_its_document() -> None:
    assert apart([told(1), told(2, uid="urn:x:2")], {}) == [told(1), told(2, uid="urn:x:2")]


def test_an_exact_repeat_is_one_entry() -> None:
    assert len(apart([told(1), told(2), told(1)], {})) == 2
    assert apart([told(1), told(1)], {}) == [told(1)]


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_versions_the_newest_is_kept(order: int) -> None:
    old = told(1, updated=NOON, summary="Wrong", digest="old")
    new = told(1, updated=NOON + DAY, summary="Quite another text", digest="new")

    assert apart([old, new][::order], {}) == [new]


DIFFERENT = {
    "link": {"page": "https://a.example/other", "title": "Post 1"},
    "title": {"title": "Other"},
    "date": {"published": NOON + 9 * DAY},
    "text": {"summary": "Other"},
    "file": {"enclosures": (Enclosure("https://a.example/other.mp3"),)},
}


@pytest.mark.parametrize("field", DIFFERENT)
@pytest.mark.parametrize("dated", [True, False])
def test_what_differs_in_anything_is_another_entry(field: str, dated: bool) -> None:
    one = told(1, dated=dated)
    other = replace(one, digest="other", **DIFFERENT[field])  # type: ignore[arg-type]

    assert len(apart([one, other], {})) == (2 if dated or field != "date" else 1)


def test_a_date_that_is_no_evidence_tells_nothing_apart() -> None:
    assert len(apart([told(1, dated=False), told(1, dated=False, published=NOON, digest="2")], {})) == 1


# --- over visits


def test_what_was_alone_at_first_keeps_its_id_when_others_come(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        assert kept(store, told(1)) == {"Post 1": "urn:x:1"}
        ids = kept(store, told(2), told(1))

    assert ids["Post 1"] == "urn:x:1"
    assert len(set(ids.values())) == 2


def test_the_last_one_that_is_left_is_known_and_a_new_one_is_new(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        ids = kept(store, told(1), told(2))
        assert kept(store, told(2)) == ids
        assert kept(store, told(2, summary="Mended", digest="mended")) == ids
        assert kept(store, told(3)) == ids | {"Post 3": kept(store, told(3))["Post 3"]}


def test_an_entry_is_edited_under_its_own_link(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        ids = kept(store, told(1), told(2))
        after = kept(store, told(2), told(1, title="Corrected", published=NOON, digest="edited"))

    assert after == {"Corrected": ids["Post 1"], "Post 2": ids["Post 2"]}


def test_a_recording_is_known_by_its_file_whatever_else_changes(tmp_path: Path) -> None:
    episodes = [
        told(number, page="", title="The show", enclosures=(Enclosure(f"https://a.example/{number}.mp3"),))
        for number in range(3)
    ]
    with opened(tmp_path) as store:
        kept(store, *episodes)
        kept(store, *(replace(each, dated=False, digest=f"{each.digest} 2") for each in episodes), visit=1)

        assert store.entries.count() == 3


def test_an_issue_that_drops_out_is_not_edited_into_the_next(tmp_path: Path) -> None:
    """One link and one title for all: only their dates tell them apart."""
    issues = [told(day, title="Forecast", page="https://a.example/", digest=f"{day}") for day in range(5)]
    with opened(tmp_path) as store:
        for first in range(3):
            kept(store, *issues[first : first + 3], visit=first)
        rows = list(store.db.query("SELECT digest, changed, seen FROM entries ORDER BY published"))

    assert [each["digest"] for each in rows] == ["0", "1", "2", "3", "4"]
    assert all(each["changed"] == each["seen"] for each in rows)


POST = st.builds(
    lambda page, title, day, text: told(
        0,
        page=page,
        title=title,
        published=NOON + day * DAY,
        summary=text,
        digest=f"{page}{title}{day}{text}",
    ),
    st.sampled_from(["", "https://a.example/1", "https://a.example/2"]),
    st.sampled_from(["one", "two"]),
    st.integers(0, 2),
    st.sampled_from(["red", "green"]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(POST, min_size=1, max_size=6, unique_by=lambda post: post.digest), st.randoms())
def test_any_visits_keep_every_entry_once_and_never_touch_it_again(
    posts: list[Entry], chance: random.Random
) -> None:
    """Whatever is missing at a visit, and in whatever order the rest comes."""
    everything = apart(posts, {})
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as store:
        first = kept_rows(store, posts, 0)
        for number in range(1, 5):
            some = chance.sample(posts, chance.randint(1, len(posts)))
            versions = {each.digest for each in apart(some, {})} <= {each.digest for each in everything}
            if versions:  # an older version of one that is edited is an edit
                assert kept_rows(store, some, number) == first

    assert len(first) == len(everything)


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(5)), st.lists(st.sets(st.integers(0, 4), min_size=1), min_size=1, max_size=6))
def test_entries_that_come_one_by_one_are_all_kept(order: list[int], visits: list[set[int]]) -> None:
    """Not the first alone and then another alone: one bearer after the other is an entry that is edited."""
    shown = [{order[0]}, {order[0], order[1]}, *visits]
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as store:
        known: dict[str, str] = {}
        for number, each in enumerate(shown):
            ids = kept(store, *map(told, sorted(each, key=order.index)), visit=number)
            assert known.items() <= ids.items()
            known = ids

    assert set(known) == {f"Post {number}" for each in shown for number in each}


def kept_rows(store: Store, posts: Sequence[Entry], visit: int) -> list[tuple[str, str, str]]:
    with store.writing():
        store.entries.keep("One", posts, NOON + visit * timedelta(hours=1))
    return [tuple(row) for row in store.db.execute("SELECT uid, digest, changed FROM entries").fetchall()]


# --- what a hub pushes, and saved copies


def test_what_is_pushed_is_older_only_than_itself(tmp_path: Path) -> None:
    old, new = told(1, updated=NOON), told(2, updated=NOON + DAY)
    with opened(tmp_path) as store:
        kept(store, new)
        fresh = store.entries.without_older("One", [old, new], NOON)
        assert [each.title for each in fresh] == ["Post 1", "Post 2"]
        assert len(kept(store, *fresh)) == 2


def test_saved_copies_of_one_feed_are_versions_of_its_entries() -> None:
    before, after = [told(1), told(2, uid="b")], [told(1, title="Edited"), told(3, uid="c")]

    assert [each.title for each in latest([before, after])] == ["Edited", "Post 2", "Post 3"]


def test_saved_copies_whose_ids_tell_nothing_lose_nothing() -> None:
    documents = [[told(1)], [told(2), told(3)]]

    assert len(latest(documents)) == 3
    assert len(latest(documents[::-1])) == 3


# --- what people are told


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "2 entries share the id urn:x:1: kept apart by their links"),
        ({"page": ""}, "2 entries share the id urn:x:1: kept apart by their titles"),
        (
            {"page": "", "title": "A"},
            "2 entries share the id urn:x:1: kept apart by their titles and dates",
        ),
        (
            {"page": "", "title": "A", "published": None},
            "2 entries share the id urn:x:1: kept apart by their texts",
        ),
        ({"page": "", "url": "urn:x:1"}, "2 entries share the link urn:x:1: kept apart by their titles"),
    ],
)
def test_a_note_says_what_tells_them_apart(more: dict[str, object], words: str) -> None:
    assert note_on_ids([told(1, **more), told(2, **more)]) == words


def test_there_is_no_note_where_all_is_well() -> None:
    assert note_on_ids([told(1), told(1), told(2, uid="b")]) == ""


def test_several_ids_are_one_line() -> None:
    posts = [told(number, uid=f"urn:x:{number % 2}") for number in range(4)]

    assert note_on_ids(posts) == "4 entries share 2 ids, the first urn:x:0: kept apart by their links"


# --- through the whole of a visit


def visited(store: Store, body: bytes, now: datetime = NOON) -> Harvest:
    (job,) = store.sources.claim_named(["One"], now, now, 1)
    harvest = visit(job, now, VisitContext(web(lambda request: httpx.Response(200, content=body))))
    with store.writing():
        kept = store.entries.keep("One", harvest.entries, now)
        store.sources.visited(harvest, Next(SourceState(), now, ""), kept)
    return harvest


def poll(name: str, day: int) -> str:
    return (
        f"<item><title>Best {name}</title><link>https://a.example/poll</link>"
        f"<pubDate>{day:02d} Feb 2026 10:00:00 GMT</pubDate>"
        f"<description>Vote for a {name}.</description></item>"
    )


SAME_LINK = [poll("ship", 10), poll("planet", 11), poll("captain", 12)]
JSON_FEED = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": [
{"id": 0, "url": "https://a.example/1", "title": "One", "content_text": "One."},
{"id": 0, "url": "https://a.example/2", "title": "Two", "content_text": "Two."}]}"""


@pytest.mark.parametrize(("body", "count"), [(rss("A", *SAME_LINK), 3), (JSON_FEED, 2)])
def test_all_of_a_document_are_kept_and_equal_at_the_next_visit(
    tmp_path: Path, body: bytes, count: int
) -> None:
    with opened(tmp_path) as store:
        first = visited(store, body)
        store.db.execute("UPDATE sources SET digest = ''")
        visited(store, body, NOON + timedelta(hours=1))
        changed = {each["changed"] for each in store.db.query("SELECT changed FROM entries")}
        assert (store.entries.count(), len(changed)) == (count, 1)

    assert first.visit.notes[0].startswith(f"{count} entries share the ")


def test_what_is_left_of_a_document_is_known(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        visited(store, rss("A", *SAME_LINK[:2]))
        for number, items in enumerate(([0], [2, 0], [2], [1])):
            body = rss("A", *(SAME_LINK[each] for each in items))
            visited(store, body, NOON + timedelta(hours=number + 1))
        titles = [each["title"] for each in store.db.query("SELECT title FROM entries ORDER BY title")]

    assert titles == ["Best captain", "Best planet", "Best ship"]
