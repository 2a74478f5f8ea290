"""Datelines: recognised where there is one, and nowhere else."""

import pytest

from aggregator.dateline import split_dateline


@pytest.mark.parametrize(
    ("text", "dateline", "rest"),
    [
        ("FLORIDA\nOfficials met.", "FLORIDA", "Officials met."),
        ("NEW YORK\n\nOfficials met.", "NEW YORK", "Officials met."),
        ("MIAMI, Dec. 6 (Reuters) — Officials met.", "MIAMI, Dec. 6 (Reuters)", "Officials met."),
        ("MIAMI (AP) - Officials met.", "MIAMI (AP)", "Officials met."),
        ("ST. PAUL, Minn. (AP) — Officials met.", "ST. PAUL, Minn. (AP)", "Officials met."),
        ("WASHINGTON -- Officials met.", "WASHINGTON", "Officials met."),
        ("(Reuters) - Officials met.", "(Reuters)", "Officials met."),
        ("ZÜRICH – Officials met.", "ZÜRICH", "Officials met."),
        ("Officials met in MIAMI.", "", "Officials met in MIAMI."),
        ("A - B is a difference.", "", "A - B is a difference."),
        ("NATO-led forces met.", "", "NATO-led forces met."),
        ("ONLY CAPITALS", "", "ONLY CAPITALS"),
        ("", "", ""),
    ],
)
def test_a_dateline_is_split_off(text: str, dateline: str, rest: str) -> None:
    assert split_dateline(text) == (dateline, rest)
