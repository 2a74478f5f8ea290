"""Finds the live stories to which an entry may belong, best first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import chain

from aggregator.stories.postings import Postings
from aggregator.stories.score import Candidate, Likeness, Probe, likeness, shared
from aggregator.stories.settings import Settings
from aggregator.stories.shelf import LiveClusters

COUNTED_SHARE = 0.4
"""Share of the best story's number of shared terms below which a story is not examined."""
COMPARED_SHARE = 0.5
"""The same, of the best centroid cosine."""


def counted(probe: Probe, shelf: LiveClusters, postings: Postings, settings: Settings) -> list[int]:
    """The stories that share the most of the rarest terms; title terms count twice if there is a text."""
    vector = probe.vector
    usable = postings.usable(vector.terms, settings.posting_cap, shelf)[: settings.lists]
    votes = [ids for _, _, ids in usable]
    if vector.text:
        votes += [ids for _, place, ids in usable if place < vector.titles]
    counts = Counter(chain.from_iterable(votes))
    if not counts:
        return []
    least = COUNTED_SHARE * max(counts.values())
    best = [(-count, story) for story, count in counts.items() if count >= least]
    best.sort()
    return [story for _, story in best[: settings.counted]]


def candidates(
    probe: Probe,
    shelf: LiveClusters,
    postings: Postings,
    settings: Settings,
    scorer: Callable[[Likeness], float],
) -> list[Candidate]:
    near = []
    oldest = settings.window.total_seconds()
    for id_ in counted(probe, shelf, postings, settings):
        story = shelf.get(id_)
        common, dot = shared(probe.weights, story)
        cosine = dot / story.square**0.5
        if cosine >= settings.nearest and story.gap(probe.at) <= oldest:
            near.append((-cosine, id_, dot, story, common))
    near.sort()  # by cosine, then by number
    near = [row for row in near if row[0] <= COMPARED_SHARE * near[0][0]][: settings.compared]
    found = []
    for place, (_, _, dot, story, common) in enumerate(near):
        rival = -near[0 if place else 1][0] if len(near) > 1 else 0.0
        like, nearest = likeness(probe, story, common, dot, rival)
        found.append(Candidate(story, nearest, like, scorer(like), common))
    found.sort(key=lambda each: (-each.score, each.cluster.id))
    return found
