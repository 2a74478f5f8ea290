"""What keeps an entry out of a story that it is like: a wrong merge is worse than a missed one."""

from __future__ import annotations

from aggregator.stories.marks import conflict
from aggregator.stories.score import Candidate, Probe
from aggregator.stories.settings import Settings

ALIKE = 0.6
"""Share of a title's terms from which a differing number means another issue of the same thing."""

DIGEST_STORIES = 3
DIGEST_SHARE = 0.5
DIGEST_OVERLAP = 0.34


def veto(probe: Probe, found: Candidate, settings: Settings) -> str:
    """The guard that refuses this candidate, in words, or ""."""
    story, like = found.story, found.likeness
    if story.size > settings.chain_size and like.mean < settings.chain_mean:
        return "a large story takes only what is like most of its entries"
    if probe.marks and story.marks and conflict(probe.marks, story.marks):
        vector = probe.vector
        known = sum(term in story.title for term in vector.terms[: vector.titles])
        if known >= ALIKE * vector.titles:
            return "the titles agree but for a number, date or opposite"
    return ""


def digest(probe: Probe, found: list[Candidate]) -> bool:
    """The entry names several events: its likeness to each rests on different words."""
    if len(found) < DIGEST_STORIES or any(each.likeness.covered > DIGEST_SHARE for each in found):
        return False
    apart: list[set[int]] = []
    weights = probe.weights
    for candidate in found:
        total = candidate.story.total
        common = {term for term in weights if term in total}
        if all(overlap(common, other, weights) < DIGEST_OVERLAP for other in apart):
            apart.append(common)
    return len(apart) >= DIGEST_STORIES


def overlap(a: set[int], b: set[int], weights: dict[int, float]) -> float:
    """Shared mass over the smaller one's."""
    both = sum(weights[term] ** 2 for term in a & b)
    least = min(sum(weights[term] ** 2 for term in a), sum(weights[term] ** 2 for term in b))
    return both / (least or 1.0)
