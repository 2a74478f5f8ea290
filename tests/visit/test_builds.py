"""Only dates of entries, not of builds, are evidence of when an entry was written."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from fresh import fresh
from make import NOON
from pretend import item, rss
from web import web

from aggregator.model import Draft, Next, Source, SourceState
from aggregator.store import Store
from aggregator.visit.build_dates import build_date, note_on_dates
from aggregator.visit.visit import VisitContext, visit

ODD = NOON.replace(minute=34, second=56)
MIDNIGHT = NOON.replace(hour=0)
SECOND = timedelta(seconds=1)


def drafts(*dates: datetime | None) -> tuple[Draft, ...]:
    return tuple(
        Draft(uid=str(number), url=f"https://a.example/{number}", published=date)
        for number, date in enumerate(dates)
    )


@pytest.mark.parametrize(
    ("given", "built"),
    [
        (drafts(*[ODD] * 3), True),
        (drafts(ODD, ODD + SECOND, ODD + 2 * SECOND), True),
        (drafts(*[ODD] * 3, None), True),
        (drafts(*[ODD] * 2), False),
        (drafts(*[ODD] * 9, ODD - timedelta(minutes=1)), False),
        (drafts(*[MIDNIGHT] * 4), False),
        (drafts(*[MIDNIGHT] * 5), True),
        (drafts(*[MIDNIGHT - timedelta(hours=1)] * 4), False),
        (drafts(), False),
        (drafts(None, None, None), False),
    ],
)
def test_one_date_for_all_is_that_of_a_build(given: tuple[Draft, ...], built: bool) -> None:
    assert (build_date(given) is not None) == built
    assert bool(note_on_dates(given)) == built


def test_entries_on_one_page_may_well_have_one_date() -> None:
    assert build_date([replace(each, url="https://a.example/") for each in drafts(*[ODD] * 5)]) is None


def test_posts_of_one_day_that_were_edited_at_times_of_their_own_are_not_built() -> None:
    edited = [
        replace(each, updated=NOON + number * timedelta(hours=1))
        for number, each in enumerate(drafts(*[MIDNIGHT] * 6))
    ]

    assert build_date(edited) is None


def test_the_date_of_an_entry_may_be_that_of_its_last_edit() -> None:
    assert build_date([replace(each, published=None, updated=ODD) for each in drafts(*[None] * 3)]) == ODD


# --- through the whole of a visit


def dated(folder: Path, *documents: Sequence[str]) -> dict[str, int]:
    """Each id's `dated` in the store after these documents, an hour apart."""
    with Store(fresh(folder / "a.db")) as store:
        with store.writing():
            store.sources.sync([Source("A", "url", "https://a.example/feed")], NOON)
        for number, items in enumerate(documents):
            now = NOON + number * timedelta(hours=1)
            (job,) = store.sources.claim_named(["A"], now, now, 1)
            body = rss("A", *items)
            harvest = visit(
                job, now, VisitContext(web(lambda request, body=body: httpx.Response(200, content=body)))
            )
            with store.writing():
                kept = store.entries.keep("A", harvest.entries, now)
                store.sources.visited(harvest, Next(SourceState(), now, ""), kept)
        return {each["uid"]: each["dated"] for each in store.db.query("SELECT uid, dated FROM entries")}


def test_only_a_date_from_the_document_is_evidence(tmp_path: Path) -> None:
    dates = {
        **{"past": "Sun, 01 Mar 2026 10:00:00 GMT", "none": "", "odd": "in a while"},
        **{"ahead": "Sun, 01 Mar 2026 20:00:00 GMT", "far": "Fri, 01 Jan 2999 00:00:00 GMT"},
    }

    found = dated(tmp_path, [item(name, name, date=date) for name, date in dates.items()])

    assert found == {"past": 1, "none": 0, "odd": 0, "ahead": 0, "far": 0}


def test_a_new_entry_of_a_build_is_judged_by_all_of_its_document(tmp_path: Path) -> None:
    built = "Sun, 01 Mar 2026 09:12:34 GMT"
    old = [item(name, name, date=built) for name in "abc"]

    assert dated(tmp_path, old, [*old, item("d", "d", date=built)]) == dict.fromkeys("abcd", 0)


def test_an_edit_changes_no_verdict(tmp_path: Path) -> None:
    built = "Sun, 01 Mar 2026 09:12:34 GMT"
    own = [item("a", "a", date=built), item("b", "b", date=built)]

    found = dated(tmp_path, own, [item(name, f"{name} again", date=built) for name in "abc"])

    assert found == {"a": 1, "b": 1, "c": 0}
