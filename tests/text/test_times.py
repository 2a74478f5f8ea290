"""Dates: the meaning of each form; a text that is only half understood is not a date."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.text.dates import parse_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-17T08:30:15Z", "2024-05-17T08:30:15"),
        ("2024-05-17T08:30:15.250+02:00", "2024-05-17T06:30:15"),
        ("2024-05-17 08:30", "2024-05-17T08:30:00"),
        ("2024-05-17", "2024-05-17T00:00:00"),
        ("20240517", "2024-05-17T00:00:00"),
        ("2024-05", "2024-05-01T00:00:00"),
        ("2024-138", "2024-05-17T00:00:00"),
        ("1715934615", "2024-05-17T08:30:15"),
        ("1715934615000", "2024-05-17T08:30:15"),
        ("Fri, 17 May 2024 08:30:15 GMT", "2024-05-17T08:30:15"),
        ("Fri, 17 May 2024 08:30:15 -0500", "2024-05-17T13:30:15"),
        ("Fri, 17 May 2024 08:30:15 EDT", "2024-05-17T12:30:15"),
        ("Fri, 17 May 2024 08:30:15 Europe/Vienna", "2024-05-17T06:30:15"),
        ("17 May 24 08:30 PST", "2024-05-17T16:30:00"),
        ("Fri May 17 08:30:15 2024", "2024-05-17T08:30:15"),
        ("Freitag, 17. Mai 2024 - 8:30", "2024-05-17T08:30:00"),
        ("ven., 17 févr. 2023 08:30:15 +0100", "2023-02-17T07:30:15"),
        ("mar, 5 mar 2024 00:00:00 +0000", "2024-03-05T00:00:00"),
        ("May 17th, 2024 at 8:30 PM", "2024-05-17T20:30:00"),
        ("May 17th, 2024 12:05 AM", "2024-05-17T00:05:00"),
        ("17.5.2024", "2024-05-17T00:00:00"),
        ("5/17/2024", "2024-05-17T00:00:00"),
        ("17/5/2024", "2024-05-17T00:00:00"),
        ("Thursday, 3/4/2024", None),
        ("Monday, 4/3/2024", "2024-03-04T00:00:00"),
        ("Wednesday, 3/4/2024", "2024-04-03T00:00:00"),
        ("2024년 05월 17일 08:30:15", "2024-05-16T23:30:15"),
        ("Sat, 31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:59"),
        ("2024-05-17T24:00:00Z", "2024-05-18T00:00:00"),
    ],
)
def test_a_date_means_one_moment(text: str, expected: str | None) -> None:
    stamp = parse_date(text)

    assert (stamp and stamp.replace(tzinfo=None).isoformat()) == expected
    assert stamp is None or stamp.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "tomorrow", "May", "17 May", "12:30", "2024-13-01", "2024-02-30", "22013", "3/4/2024"),
        *(
            "2024-05-xx",
            "2024-05-17T25:00:00Z",
            "2024-05-17T08:61:00Z",
            "17 May 2024 2025",
            "17 Mayonnaise 2024",
        ),
        *("2024-05-17T08:30:15+00:xx", "99999999999999999999", "17 May 2024 08:30 09:30", "5", "x" * 10_000),
        *("0000-00-00 00:00:00", "2024-05-17T08:30:00Z and more", "May May 17 2024", "-", "\x00"),
    ],
)
def test_half_understood_is_not_a_date(text: str) -> None:
    assert parse_date(text) is None


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_none(text: str) -> None:
    stamp = parse_date(text)

    assert stamp is None or stamp.utcoffset() == timedelta(0)


@given(st.integers(0, 4_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC)))
def test_what_we_write_reads_back(exact: datetime) -> None:
    assert parse_date(exact.isoformat()) == exact
    assert parse_date(exact.strftime("%a, %d %b %Y %H:%M:%S GMT")) == exact
