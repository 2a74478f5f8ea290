"""Guards that keep an entry out of a story it resembles: a wrong merge is worse than a missed one."""

from __future__ import annotations

from itertools import combinations, pairwise

from aggregator.stories.cluster import Cluster
from aggregator.stories.score import Candidate, Probe
from aggregator.stories.settings import Settings
from aggregator.stories.title_numbers import conflict
from aggregator.stories.weights import Frequencies

ALIKE = 0.6
"""Share of a title's terms in common from which a differing number means another issue."""

LEAST_SHARED = 2
COMMON = 0.03
"""Share of all entries from which a word is too common to count: one shared name does not make an event
("Varnmouth raises taxes" / "Varnmouth beats Calder")."""
LONG_WORD = 7
"""Character pairs after which a run without spaces counts as another word."""

OWN_TITLE = 0.15
"""Share of a title found in the titles of a story. Below it, two texts of one source are alike only by its
boilerplate ("Subscribe to our letter and never miss a report")."""

SAME_SUBJECT = 1 / 3
"""Share in common of the words after a repeated label from which it may be the same event again."""

DIGEST_STORIES = 3
DIGEST_SHARE = 0.5
DIGEST_OVERLAP = 0.25
STRANGE = 0.1


def veto(probe: Probe, found: Candidate, settings: Settings, frequencies: Frequencies) -> str:
    """The guard that rejects this candidate, in words, or ""."""
    story, like = found.cluster, found.likeness
    if story.size > settings.chain_size and like.mean < settings.chain_mean:
        return "a large story takes only what is like most of its entries"
    if probe.label and probe.label in story.labels and headline_share(probe, story) < SAME_SUBJECT:
        return "its source prints one thing after another under this label"
    if probe.vector.text and probe.source in story.labels and like.title < OWN_TITLE:
        return "its source tells something else in the same words"
    if count_telling(probe, found.common, frequencies) < LEAST_SHARED and not shares_title(probe, found):
        return "they share one telling word only"
    return ""


def another_issue(probe: Probe, story: Cluster) -> bool:
    """The titles agree except for a number, date or opposite."""
    if not probe.marks or not story.marks or not conflict(probe.marks, story.marks):
        return False
    vector = probe.vector
    return sum(term in story.title for term in vector.terms[: vector.titles]) >= ALIKE * vector.titles


def count_telling(probe: Probe, common: list[int], frequencies: Frequencies) -> int:
    """Number of rare words in common; in scripts without spaces, of runs of characters."""
    counts, least = frequencies.counts, COMMON * frequencies.entries
    rare = [term for term in common if counts.get(term, 0.0) < least]
    if not probe.unspaced:
        return len(rare)
    place_of = {term: place for place, term in enumerate(probe.vector.terms)}
    places = [place_of[term] for term in rare]
    starts = [at for at, place in enumerate(places) if not at or place != places[at - 1] + 1]
    lengths = [end - start for start, end in pairwise([*starts, len(places)])]
    return sum(1 + (length - 1) // LONG_WORD for length in lengths)


def shares_title(probe: Probe, found: Candidate) -> bool:
    ours, theirs = probe.vector, found.nearest.vector
    return ours.titles > 1 and set(ours.terms[: ours.titles]) == set(theirs.terms[: theirs.titles])


def headline_share(probe: Probe, story: Cluster) -> float:
    """Share of the title after its label that is found in the story's titles."""
    known = sum([mass for term, mass in probe.subject if term in story.title])
    return known / (sum([mass for _, mass in probe.subject]) or 1.0)


def strangers(probe: Probe, found: list[Candidate]) -> bool:
    """Whether two stories match the entry by words that hardly overlap."""
    common = [set(each.common) for each in found]
    return any(overlap(a, b, probe.weights) < STRANGE for a, b in combinations(common, 2))


def names_several_events(probe: Probe, found: list[Candidate], join: float) -> bool:
    """Whether the entry names several events: its likeness to each rests on different words."""
    likely = [each for each in found if each.score >= join]
    if probe.vector.text and len(likely) > 1 and strangers(probe, likely):
        return True
    if len(found) < DIGEST_STORIES or any(each.likeness.covered > DIGEST_SHARE for each in found):
        return False
    apart: list[set[int]] = []
    weights = probe.weights
    for candidate in found:
        common = set(candidate.common)
        if all(overlap(common, other, weights) < DIGEST_OVERLAP for other in apart):
            apart.append(common)
    return len(apart) >= DIGEST_STORIES


def overlap(a: set[int], b: set[int], weights: dict[int, float]) -> float:
    """Shared mass divided by that of the smaller set."""
    both = sum(weights[term] ** 2 for term in a & b)
    least = min(sum(weights[term] ** 2 for term in a), sum(weights[term] ** 2 for term in b))
    return both / (least or 1.0)
