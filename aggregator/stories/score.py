"""Measures the likeness of an entry and a story as named numbers."""

from __future__ import annotations

from math import exp, log, sqrt
from typing import NamedTuple

from aggregator.stories.cluster import Cluster, Member
from aggregator.stories.weights import Vector, dot

HOUR = 3600.0
GAP_CLIP = 20 * HOUR
"""Longer gaps count as this one: a scorer that learns "old means different" splits
stories that run for days."""


class Likeness(NamedTuple):
    """Features of one entry and one story, in the order of the trained scorer."""

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


class Candidate(NamedTuple):
    cluster: Cluster
    """An affair, or a story of one."""
    nearest: Member
    likeness: Likeness
    score: float
    common: list[int]
    """The entry's terms that the story shares, in the entry's order."""


class Probe:
    """An entry prepared for comparison."""

    __slots__ = (
        "at",
        "dated",
        "label",
        "labelled",
        "marks",
        "mass",
        "masses",
        "publisher",
        "source",
        "unspaced",
        "vector",
        "weights",
    )

    def __init__(
        self,
        vector: Vector,
        at: float,
        marks: tuple[int, ...] = (),
        label: int = 0,
        labelled: int = 0,
        unspaced: bool = False,
        source: int = 0,
        publisher: int = 0,
        dated: bool = True,
    ) -> None:
        """`label`: one that the source is known to repeat, or 0."""
        self.unspaced = unspaced
        self.dated = dated
        self.publisher = publisher
        self.source = source
        self.vector = vector
        self.at = at
        self.marks = marks
        self.label = label
        self.labelled = labelled
        self.weights = dict(vector.pairs())
        heads = zip(vector.terms, vector.weights[: vector.titles], strict=False)
        self.masses = {term: weight * weight for term, weight in heads}
        self.mass = sum(self.masses.values()) or 1.0

    @property
    def subject(self) -> list[tuple[int, float]]:
        """Terms and masses of the title after the label."""
        return list(self.masses.items())[self.labelled :]

    def titled(self, story: Cluster, common: list[int]) -> tuple[float, float]:
        """Shares of its title found in the story's titles, and anywhere in the story."""
        masses, titles, title, covered = self.masses, story.title, 0.0, 0.0
        for term in common:
            if term in masses:
                covered += masses[term]
                if term in titles:
                    title += masses[term]
        return title / self.mass, covered / self.mass

    def nearest(self, story: Cluster) -> tuple[float, Member]:
        """The highest cosine to one of the story's members, and that member."""
        best, nearest, weights = -1.0, story.members[0], self.weights
        for member in story.members:
            vector = member.vector
            pairs = zip(vector.terms, vector.weights, strict=False)
            cosine = sum([weight * weights[term] for term, weight in pairs if term in weights])
            if cosine > best:
                best, nearest = cosine, member
        return best, nearest


def shared(weights: dict[int, float], story: Cluster) -> tuple[list[int], float]:
    """Terms in common, and the product with the story's sum: the sum of the cosines to all its members."""
    total, common, sum_ = story.total, [], 0.0
    for term, weight in weights.items():
        if term in total:
            common.append(term)
            sum_ += weight * total[term]
    return common, sum_


def likeness(
    probe: Probe, story: Cluster, common: list[int], sum_: float, rival: float
) -> tuple[Likeness, Member]:
    """`sum_`: see shared(); `rival`: the best centroid cosine of another story."""
    vector = probe.vector
    centroid = sum_ / sqrt(story.square)
    best, nearest = (sum_, story.members[0]) if story.size == 1 else probe.nearest(story)
    title, covered = probe.titled(story, common)
    seconds = min(story.gap(probe.at), GAP_CLIP) if probe.dated and story.dated else GAP_CLIP
    mean, size, gap = sum_ / story.size, log(story.size), log(1.0 + seconds / (24 * HOUR))
    text, length = 1.0 if vector.text else 0.0, log(1.0 + vector.length)
    numbers, margin = agreement(probe.marks, story.marks), centroid - rival
    # By place: by name, it takes half as long again.
    like = Likeness(centroid, best, title, mean, size, gap, text, length, numbers, margin, covered)
    return like, nearest


def agreement(ours: tuple[int, ...], theirs: set[int]) -> float:
    if not ours or not theirs:
        return 0.0
    return 1.0 if theirs.intersection(ours) else -1.0


class Kinship(NamedTuple):
    """Features of two stories that one entry resembles, in the order of the trained scorer."""

    cosine: float
    better: float
    worse: float
    larger: float
    smaller: float
    gap: float
    best: float
    covered: float
    mean: float


def kinship(one: Candidate, two: Candidate, cosine: float) -> Kinship:
    small, large = sorted((one.cluster, two.cluster), key=lambda each: (each.size, each.id))
    weights = [dict(member.vector.pairs()) for member in small.members]
    pairs = [list(member.vector.pairs()) for member in large.members]
    best = max([dot(ours, theirs) for ours in pairs for theirs in weights])
    mass = sum(w * w for w in small.total.values()) or 1.0
    return Kinship(
        cosine=cosine,
        better=max(one.score, two.score),
        worse=min(one.score, two.score),
        larger=log(large.size),
        smaller=log(small.size),
        gap=log(1.0 + min(large.gap(small.first), large.gap(small.last), GAP_CLIP) / (24 * HOUR)),
        best=best,
        covered=sum(w * w for term, w in small.total.items() if term in large.total) / mass,
        mean=small.product(large) / (small.size * large.size),
    )


def chance(score: float) -> float:
    """Log-odds as a probability between 0 and 1, for people."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, score))))
