"""A date that cannot be right is dropped, and people are told."""

from datetime import timedelta

import pytest
from make import NOON, hours

from aggregator.model import Document, Draft, Limits, Parsed
from aggregator.parse import parse
from aggregator.visit.notes import document_notes

LIMITS = Limits()


@pytest.mark.parametrize(
    ("date", "note"),
    [
        ("2026-03-02", "a.md: the date is in the future, 2026-03-02; using the time of the visit"),
        ("2026-03-01T11:00:00Z", ""),
        ("1800-01-01", "a.md: the date is too long ago, 1800-01-01; using the time of the visit"),
    ],
)
def test_an_author_learns_of_any_date_that_is_not_used(date: str, note: str) -> None:
    post = Document(f"---\ntitle: A\ndate: {date}\n---\nText.\n".encode(), url="", name="a.md")
    assert document_notes("a.md", parse(post, LIMITS), (), NOON) == ((note,) if note else ())


def test_of_a_feed_only_dates_that_no_clock_explains_are_noted() -> None:
    soon, far = (Draft(uid=str(ahead), published=NOON + ahead) for ahead in (hours(20), timedelta(days=900)))
    assert document_notes("", Parsed("rss 2.0", (soon,)), (), NOON) == ()
    assert document_notes("", Parsed("rss 2.0", (soon, far, far)), (), NOON) == (
        "2 dates are unusable, the first is in the future, 2028-08-17; using the time of the visit",
    )
