"""Why a report is in its story, for people who do not know how grouping works."""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from aggregator.model import ExplainedReport, Joined

BANDS = ((0.95, "Very sure"), (0.8, "Sure"), (0.0, "Fairly sure"))
"""Of likeness, which reads as a probability."""
SCORE = re.compile(r" ([01]\.[0-9]{3})\b")


class Voice(NamedTuple):
    """All reports of one publisher."""

    name: str
    """Of the source with its first report."""
    home: str
    told: list[ExplainedReport]


def by_publisher(told: Iterable[ExplainedReport]) -> list[Voice]:
    """In the order of their first reports."""
    found: dict[str, Voice] = {}
    for each in told:
        report = each.report
        voice = Voice(report.source_title, report.source_url, [])
        found.setdefault(report.publisher, voice).told.append(each)
    return list(found.values())


def sureness(score: float) -> str:
    return next(words for least, words in BANDS if score >= least)


def joined_score(joined: Joined) -> float:
    """How sure grouping was that the stories were one; 0 where it says nothing, as of a person's ruling."""
    found = SCORE.search(joined.reason)
    return float(found[1]) if found else 0.0


def percent(score: float) -> str:
    """Never 100: nothing that was judged is certain."""
    return f"{min(round(score * 100), 99)} %"


def gap_in_units(gap: timedelta) -> tuple[int, str]:
    """In the largest unit that it fills: (3, "hour")."""
    minutes = round(gap.total_seconds() / 60)
    if minutes >= 2880:
        return round(minutes / 1440), "day"
    return (round(minutes / 60), "hour") if minutes >= 90 else (minutes, "minute")
