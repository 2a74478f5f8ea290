"""A source's visits as a row of bars: new reports above the line, failures below it."""

from collections.abc import Sequence
from typing import NamedTuple

from aggregator.model import LoggedVisit
from aggregator.render.language import Language

STEP, WIDTH = 5, 3
ABOVE, BELOW = 24, 10
LEAST = 2
VISITS = 48


class VisitBar(NamedTuple):
    x: int
    y: int
    height: int
    kind: str


class Chart(NamedTuple):
    width: int
    height: int
    line: int
    bars: list[VisitBar]
    paths: dict[str, str]
    """Kind -> its bars as lines of one path: a tenth of the size of an element per bar."""
    words: str
    """Text alternative."""


def chart(visits: Sequence[LoggedVisit], language: Language) -> Chart:
    shown = visits[-VISITS:]
    # A short history leaves room on the left: the latest visit is at the right edge of every chart.
    start = (VISITS - len(shown)) * STEP
    bars = [bar(start + place * STEP, visit) for place, visit in enumerate(shown)]
    return Chart(VISITS * STEP, ABOVE + BELOW + 1, ABOVE, bars, paths(bars), chart_summary(shown, language))


def paths(bars: Sequence[VisitBar]) -> dict[str, str]:
    drawn: dict[str, str] = {}
    for each in bars:
        drawn[each.kind] = f"{drawn.get(each.kind, '')}M{each.x + WIDTH / 2} {each.y}v{each.height}"
    return drawn


def bar(x: int, visit: LoggedVisit) -> VisitBar:
    if visit.result == "failed":
        return VisitBar(x, ABOVE + 1, BELOW, "failed")
    height = min(LEAST + 4 * visit.added.bit_length(), ABOVE) if visit.added else LEAST
    return VisitBar(x, ABOVE - height, height, "news" if visit.added else "same")


def chart_summary(visits: Sequence[LoggedVisit], language: Language) -> str:
    if not visits:
        return language.say("Not visited yet.")
    failed = sum(visit.result == "failed" for visit in visits)
    news = sum(visit.added > 0 for visit in visits)
    reports = language.count(sum(visit.added for visit in visits), "new report")
    parts = (
        (news, language.say("{n} with {reports}", n=news, reports=reports)),
        (same := len(visits) - news - failed, language.say("{n} with nothing new", n=same)),
        (failed, language.say("{n} failed", n=failed)),
    )
    return language.say(
        "{visits} from {first} to {last}: {parts}.",
        visits=language.count(len(visits), "visit"),
        first=language.timed(visits[0].at),
        last=language.timed(visits[-1].at),
        parts=", ".join(words for number, words in parts if number),
    )
