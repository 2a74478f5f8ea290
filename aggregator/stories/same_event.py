"""Decides which story of its affair an entry reports: reading one report of a story must give its news."""

from __future__ import annotations

from collections.abc import Callable
from math import log, sqrt
from typing import NamedTuple

from aggregator.stories.cluster import Cluster, Member
from aggregator.stories.formulas import one_formula
from aggregator.stories.guards import another_issue, count_telling
from aggregator.stories.score import Candidate, Probe, likeness
from aggregator.stories.weights import Frequencies, dot

COMPARED = 2
"""Stories of an affair whose members are compared, the nearest ones."""
SAME_TEXT = 0.8
"""Cosine of two texts from which differing numbers in the titles are ignored, and issues of two series are
one event: two channels of one publisher number the same thing differently."""
ISSUE = "the titles agree but for a number, date or opposite"
FEW = 3
FEW_WORDS = "they share too few telling words"
"""Required of two single entries: a name and a common phrase make unrelated reports of one trade alike."""
ALL = 0.99
"""Share of a title that counts as all of it."""
LATE = 2.0
DAY = 0.6
MANY_WORDS = log(1 + 12)
"""LATE: log-odds to subtract for most of a day (Likeness.gap) between an entry and a story, unless they share
a dozen telling words. In real subscriptions 2 of 18 labelled comparisons that far apart are one event."""
FAINT = 1.5
FAINT_WORDS = log(1 + 4.5)
FAINT_TITLE = 0.4
"""FAINT: log-odds to subtract when few telling words are shared and the titles do not agree: in real
subscriptions many posts are about one trade, in labelled news few."""
OWN = "its source has a report of its own in that story"
FORMULA = "both say the same of different subjects"
SAME_FEED = "its source has passed on another report in that story, under another headline"
HEADLINE = 0.6
HEADLINE_WORDS = 3
"""Share of the shorter title, and telling words, that two publishers' reports relayed by one feed must have
in common: posts of a link blog that comments on one affair from many sides share less."""


class Closeness(NamedTuple):
    """Features of one entry and one story, in the trained scorer's order; the first eleven are Likeness."""

    centroid: float
    best: float
    title: float
    mean: float
    size: float
    gap: float
    text: float
    length: float
    numbers: float
    margin: float
    covered: float
    telling: float
    """Rare words in common, as a logarithm."""
    shorter: float
    """Share of the shorter title found in the other: this entry's and the nearest one's."""
    affair: float
    """Entries of the affair, as a logarithm."""
    both: float
    """Both have a text."""
    known: float
    """Share of the nearest entry's title found anywhere in this entry."""


class Match(NamedTuple):
    """The comparison of an entry with one story of an affair."""

    story: int
    nearest: Member
    close: Closeness
    score: float
    veto: str


def matches(
    probe: Probe,
    found: Candidate,
    frequencies: Frequencies,
    scorer: Callable[[Closeness], float],
) -> list[Match]:
    """The stories of the affair that are most like the entry, best first."""
    affair = found.cluster
    if not affair.parts:
        return [match(probe, found, affair.size, frequencies, scorer)]
    near, ours = [], [(term, probe.weights[term]) for term in found.common]
    for part in affair.parts:
        total, product = part.total, 0.0
        for term, weight in ours:  # not by a function: this is done for up to sixteen stories
            if term in total:
                product += weight * total[term]
        near.append((-product / (sqrt(part.square) or 1.0), part.id, product, part))
    near.sort()  # by cosine, then by number
    made = []
    for place, (_, _, product, part) in enumerate(near[:COMPARED]):
        rival = -near[0 if place else 1][0] if len(near) > 1 else 0.0
        common = [term for term in found.common if term in part.total]
        like, nearest = likeness(probe, part, common, product, rival)
        story = Candidate(part, nearest, like, 0.0, common)
        made.append(match(probe, story, affair.size, frequencies, scorer))
    made.sort(key=lambda each: (-each.score, each.story))
    return made


def match(
    probe: Probe,
    story: Candidate,
    size: int,
    frequencies: Frequencies,
    scorer: Callable[[Closeness], float],
) -> Match:
    """`size`: entries of the whole affair."""
    nearest = story.nearest
    telling = log(1 + count_telling(probe, story.common, frequencies))
    both = 1.0 if probe.vector.text and nearest.vector.text else 0.0
    short, whole = titles_shared(probe, nearest)
    close = Closeness(*story.likeness, telling, short, log(size), both, whole)
    struck = refused(probe, story.cluster, nearest, close, frequencies)
    return Match(story.cluster.id, nearest, close, scorer(close) - reserve(close), struck)


def same_text(probe: Probe, nearest: Member) -> bool:
    """Whether both texts, without their titles, are nearly the same."""
    one, two = probe.vector, nearest.vector
    if not one.text or not two.text:
        return False
    ours = dict(zip(one.terms[one.titles :], one.weights[one.titles :], strict=True))
    theirs = list(zip(two.terms[two.titles :], two.weights[two.titles :], strict=True))
    lengths = sum(x * x for x in ours.values()) * sum(x * x for _, x in theirs)
    return dot(theirs, ours) >= SAME_TEXT * sqrt(lengths) > 0.0


def reserve(close: Closeness) -> float:
    """Log-odds to subtract: the scorer learned mostly from news, where similar reports mostly are one event.

    With it, stories of real subscriptions not used in training are right more often
    (benchmarks/story_quality.py), at the cost of .002 of BCubed F1 on news.
    """
    late = LATE if close.gap >= DAY and close.telling < MANY_WORDS else 0.0
    faint = FAINT if close.telling < FAINT_WORDS and close.shorter < FAINT_TITLE else 0.0
    return late + faint


def refused(probe: Probe, part: Cluster, nearest: Member, close: Closeness, frequencies: Frequencies) -> str:
    """The guard that keeps an entry out of a story, in words, or ""."""
    if probe.publisher and probe.publisher in part.publishers:
        return OWN
    if probe.source and probe.source in part.labels and not one_headline(probe, nearest, close, frequencies):
        return SAME_FEED
    if part.size == 1 and close.telling < log(1 + FEW) and close.title < ALL and close.best < SAME_TEXT:
        return FEW_WORDS
    if another_issue(probe, part) and not same_text(probe, nearest):
        return ISSUE
    if all(one_formula(probe.vector, each.vector) for each in part.members):
        return FORMULA
    return ""


def one_headline(probe: Probe, nearest: Member, close: Closeness, frequencies: Frequencies) -> bool:
    """Whether the titles are so alike that two publishers report one event, although one feed relays both."""
    head = set(nearest.vector.terms[: nearest.vector.titles])
    common = [term for term in probe.vector.terms[: probe.vector.titles] if term in head]
    return close.shorter >= HEADLINE and count_telling(probe, common, frequencies) >= HEADLINE_WORDS


def titles_shared(probe: Probe, nearest: Member) -> tuple[float, float]:
    """Closeness.shorter and .known."""
    ours, theirs = probe.vector, nearest.vector
    heads, weights, common, mass, known = probe.masses, probe.weights, 0, 0.0, 0.0
    for term, weight in zip(theirs.terms[: theirs.titles], theirs.weights, strict=False):
        square = weight * weight
        mass += square
        if term in weights:
            known += square
            common += term in heads
    return common / (min(ours.titles, theirs.titles) or 1), known / (mass or 1.0)


def same_publisher(one: Cluster, two: Cluster) -> bool:
    """Whether both have a report of the same publisher."""
    return not one.publishers.isdisjoint(two.publishers)
