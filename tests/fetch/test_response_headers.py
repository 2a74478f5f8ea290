"""Response headers: freshness, Retry-After, validators."""

from datetime import timedelta

import pytest
from web import NOW

from aggregator.fetch.response_headers import fresh_for, header_table, retry_after

DATE = "Sun, 01 Mar 2026 11:00:00 GMT"  # an hour before NOW: the server's clock is what counts


def headers(**pairs: str) -> dict[str, tuple[str, ...]]:
    raw = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in pairs.items()]
    return dict(header_table(raw))


@pytest.mark.parametrize(
    ("given", "minutes"),
    [
        ({"Cache_Control": "public, max-age=7200"}, 120),
        ({"Cache_Control": 'max-age="600"'}, 10),
        ({"Cache_Control": "max-age=7200", "Age": "3600"}, 60),
        ({"Cache_Control": "max-age=7200", "Age": "soon"}, 120),
        ({"Cache_Control": "max-age=600", "Age": "7200"}, None),
        ({"Cache_Control": "no-cache, max-age=7200"}, None),
        ({"Cache_Control": "max-age=abc", "Expires": "Sun, 01 Mar 2026 13:00:00 GMT"}, None),
        ({"Cache_Control": "max-age=0", "Expires": "Sun, 01 Mar 2026 13:00:00 GMT"}, None),
        ({"Expires": "Sun, 01 Mar 2026 13:00:00 GMT"}, 60),
        ({"Expires": "Sun, 01 Mar 2026 13:00:00 GMT", "Date": DATE}, 120),
        ({"Expires": "Sun, 01 Mar 2026 13:00:00 GMT", "Date": DATE, "Age": "3600"}, 60),
        ({"Cache_Control": "max-age=" + "9" * 30}, 366 * 1440),
        ({"Expires": "0"}, None),
        ({"Expires": "Sun, 01 Mar 2020 13:00:00 GMT"}, None),
        ({}, None),
    ],
)
def test_freshness(given: dict[str, str], minutes: int | None) -> None:
    assert fresh_for(headers(**given), NOW) == (timedelta(minutes=minutes) if minutes else None)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("12.5", 12.5),
        ("Sun, 01 Mar 2026 11:02:00 GMT", 120),
        ("0", None),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("Mon, 01 Jan 2001 00:00:00 GMT", None),
        ("Mon, 01 Jan 20010 00:00:00 GMT", None),
        ("99999999999", 366 * 86400),
        ("9" * 4000, None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    wanted = timedelta(seconds=seconds) if seconds else None
    assert retry_after(headers(Retry_After=value, Date=DATE), NOW) == wanted
