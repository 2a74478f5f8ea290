"""Decides whether two stories are one when an entry resembles both."""

from __future__ import annotations

from collections.abc import Callable

from aggregator.model import Fold, Reason
from aggregator.stories.cluster import Cluster
from aggregator.stories.memory import GroupingState
from aggregator.stories.score import Candidate, Kinship, chance, kinship
from aggregator.stories.title_numbers import conflict

LEAST_CENTROID = 0.15
"""Cosine between the entry and the second story below which the stories are not compared."""


def union_of(
    best: Candidate, rival: Candidate, joined: int, memory: GroupingState, scorer: Callable[[Kinship], float]
) -> Fold | None:
    """`joined`: the affair that took the entry."""
    if rival.likeness.centroid < LEAST_CENTROID:
        return None
    one, two = memory.shelf.get(joined), rival.cluster
    if barred(one, two, memory):
        return None
    cosine = one.cosine(two)
    large = min(one.size, two.size) >= memory.settings.large_size
    if cosine < (memory.settings.large_cosine if large else memory.settings.fold_cosine):
        return None
    score = scorer(kinship(best._replace(cluster=one), rival, cosine))
    if score < memory.settings.fold:
        return None
    old, young = sorted((one.id, two.id))
    return Fold(young, old, Reason("same event", chance(score), chance(memory.settings.fold)), "affair")


def barred(one: Cluster, two: Cluster, memory: GroupingState) -> bool:
    if one.id == two.id or two.id not in memory.shelf or one.closed or two.closed:
        return True
    if any(memory.series_known(label) for label in one.labels & two.labels):
        return True
    return conflict(tuple(one.marks), two.marks)
