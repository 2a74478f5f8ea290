"""An entry that is unchanged since the last visit is not cleaned and stored again; the result is the same."""

import tempfile
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fresh import fresh
from hypothesis import given, settings
from hypothesis import strategies as st
from pretend import item, rss
from web import web

from aggregator.model import Draft, Enclosure, Harvest, Job, Next, Source, SourceState
from aggregator.store import Store
from aggregator.store.columns import stamp
from aggregator.store.migrate import pending
from aggregator.visit.unchanged import SIZE, split_unchanged
from aggregator.visit.visit import VisitContext, visit

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://a.example/feed"
DRAFT = Draft(uid="1", title="A title", summary="Some words.", body="More.", published=NOW)
SECOND = replace(DRAFT, uid="2", title="A second title")
OTHER = {
    **{"title_type": "text/plain", "published": NOW + timedelta(1), "updated": NOW, "authors": ("Ann",)},
    **{"tags": ("a",), "enclosures": (Enclosure("https://a.example/1"),)},
}


def again(draft: Draft, **changed: str) -> int:
    """How many of two drafts are news when the first is unchanged and the other is `draft`."""
    given_then, given_now = {"base": URL, "language": "en"}, {"base": URL, "language": "en", **changed}
    known = split_unchanged((DRAFT, SECOND), b"", **given_then).digests
    return len(split_unchanged((draft, SECOND), known, **given_now).news)


def test_what_is_as_it_was_is_not_news() -> None:
    assert again(DRAFT) == 0


@pytest.mark.parametrize("field", [field.name for field in fields(Draft)])
def test_any_other_field_is_news(field: str) -> None:
    assert again(replace(DRAFT, **{field: OTHER.get(field, "other")})) == 1


@pytest.mark.parametrize("field", ["base", "language"])
def test_another_base_or_language_makes_all_of_it_news(field: str) -> None:
    assert again(DRAFT, **{field: "other"}) == 2


def test_text_that_moves_to_another_field_is_news() -> None:
    assert again(replace(DRAFT, title="A titleSome", summary=" words.")) == 1


def test_all_that_share_an_id_are_news() -> None:
    drafts = (DRAFT, replace(DRAFT, title="Another"), SECOND)
    known = split_unchanged(drafts, b"", base=URL, language="").digests

    assert len(known) == SIZE
    assert split_unchanged(drafts, known, base=URL, language="").old == drafts[2:]


def test_beside_a_new_one_all_of_its_title_are_news() -> None:
    """That both are listed shows that they are two."""
    known = split_unchanged((DRAFT, SECOND), b"", base=URL, language="").digests
    drafts = (replace(DRAFT, uid="3"), DRAFT, SECOND)
    assert split_unchanged(drafts, known, base=URL, language="").old == (SECOND,)


# --- through the whole of a visit


def visited(store: Store, body: bytes, now: datetime) -> Harvest:
    (job,) = store.sources.claim_named(["A"], now, now, 1)
    client = web(lambda request: httpx.Response(200, content=body))
    harvest = visit(job, now, VisitContext(client))
    with store.writing():
        kept = store.entries.keep("A", harvest.entries, now)
        store.sources.visited(harvest, Next(SourceState(), now, ""), kept)
    return harvest


def opened(folder: Path) -> Store:
    store = Store(fresh(folder / "a.db"))
    with store.writing():
        store.sources.sync([Source("A", "url", URL)], NOW)
    return store


def test_of_thirty_entries_of_which_one_is_new_only_one_is_returned(tmp_path: Path) -> None:
    items = [item(str(number), f"Title {number}") for number in range(30)]
    with opened(tmp_path) as store:
        visited(store, rss("A", *items), NOW)
        harvest = visited(store, rss("A", item("new", "News"), *items), NOW)

    assert [entry.title for entry in harvest.entries] == ["News"]
    assert len(harvest.dates) == 31


def test_an_unchanged_answer_does_not_make_us_forget(tmp_path: Path) -> None:
    first, second = (rss("A", *(item(uid, uid) for uid in uids)) for uids in ("ab", "abc"))
    with opened(tmp_path) as store:
        visited(store, first, NOW)
        assert visited(store, first, NOW).visit.result == "same"
        harvest = visited(store, second, NOW)

    assert [entry.uid for entry in harvest.entries] == ["c"]


def test_another_address_makes_us_forget(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        visited(store, rss("A", item("a", "a")), NOW)
        with store.writing():
            store.sources.sync([Source("A", "url", "https://b.example/feed")], NOW)
        (job,) = store.sources.claim_named(["A"], NOW, NOW, 1)

    assert job.known == b""


def test_a_file_is_always_read_whole(tmp_path: Path) -> None:
    saved = tmp_path / "saved.xml"
    saved.write_bytes(rss("A", item("a", "a")))
    job = Job("A", "file", str(saved))
    client = VisitContext(web(lambda request: httpx.Response(404)))
    first = visit(job, NOW, client)

    assert (len(first.entries), first.known) == (1, None)


DATES = (
    "",
    "Sun, 01 Mar 2026 10:00:00 GMT",
    "Sun, 01 Mar 2026 20:00:00 GMT",
    "Mon, 01 Mar 2027 20:00:00 GMT",
)
ITEM = st.builds(
    lambda uid, words, date: (
        f"<item>{f'<guid>{uid}</guid>' if uid else ''}<title>{words}</title>"
        f"<description>{words} and more</description>{f'<pubDate>{date}</pubDate>' if date else ''}</item>"
    ),
    st.sampled_from(["", "1", "2", " 2", "https://a.example/3"]),
    st.sampled_from(["one", "two", "three"]),
    st.sampled_from(DATES),
)


def kept(documents: Sequence[Sequence[str]], forget: bool) -> list[dict[str, Any]]:
    """The stored entries after these documents, six hours apart."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as store:
        for number, items in enumerate(documents):
            if forget:
                store.db.execute("UPDATE sources SET known = x''")
            visited(store, rss("A", *items), NOW + number * timedelta(hours=6))
        return list(store.db.query("SELECT * FROM entries ORDER BY id"))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(ITEM, max_size=4), min_size=2, max_size=5))
def test_the_store_is_the_same_as_if_all_were_kept_every_time(documents: list[list[str]]) -> None:
    assert kept(documents, forget=False) == kept(documents, forget=True)


def test_a_database_of_before_is_brought_up_to_date(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        visited(store, rss("A", item("a", "a")), NOW)
        store.db.execute("ALTER TABLE sources DROP COLUMN known")
        store.db.execute("DELETE FROM _sqlite_migrations WHERE name LIKE '0003%'")

    with opened(tmp_path) as store:
        harvest = visited(store, rss("A", item("a", "a"), item("b", "b")), NOW)
        assert pending(store.db) == []
        assert [each["uid"] for each in store.db.query("SELECT uid FROM entries")] == ["a", "b"]

    assert len(harvest.entries) == 2


@pytest.mark.parametrize(
    ("date", "kept_with"),
    [
        ("", NOW),
        ("Sun, 01 Mar 2026 10:00:00 GMT", NOW - timedelta(hours=2)),
        ("Mon, 02 Mar 2026 11:59:00 GMT", NOW),
        ("Mon, 02 Mar 2026 12:01:00 GMT", NOW),
        ("Fri, 01 Jan 2999 00:00:00 GMT", NOW),
        ("Mon, 01 Jan 0001 00:00:00 GMT", NOW),
        ("in a while", NOW),
    ],
)
def test_an_entry_is_dated_at_its_first_visit_and_never_again(
    tmp_path: Path, date: str, kept_with: datetime
) -> None:
    with opened(tmp_path) as store:
        visited(store, rss("A", item("a", "a", date=date)), NOW)
        visited(store, rss("A", item("a", "a", date=date), item("b", "b")), NOW + timedelta(days=2))
        visited(store, rss("A", item("a", "another title", date=date)), NOW + timedelta(days=3))
        (row,) = store.db.query("SELECT title, published FROM entries WHERE uid = 'a'")

    assert row == {"title": "another title", "published": stamp(kept_with)}
