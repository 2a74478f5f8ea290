"""Compares two entries by themselves."""

from __future__ import annotations

from aggregator.model import Duplicate, Reason, Sameness, Sketch
from aggregator.stories import story_trees, trees
from aggregator.stories.cluster import Cluster, Member
from aggregator.stories.duplicates import deciding_duplicate
from aggregator.stories.guards import veto
from aggregator.stories.reasons import of_entry, of_match
from aggregator.stories.same_event import matches
from aggregator.stories.score import Candidate, Probe, chance, likeness, shared
from aggregator.stories.settings import DEFAULT, Settings
from aggregator.stories.terms import fingerprint, read_terms
from aggregator.stories.weights import Frequencies
from aggregator.stories.wording import same_title


def why(a: Sketch, b: Sketch, settings: Settings = DEFAULT, frequencies: Frequencies | None = None) -> Reason:
    """The reason that joins or separates them if one is a story and the later one arrives.

    `frequencies`: of a thawed window, for the weights of words; this call changes it.
    """
    a, b = sorted((a, b), key=lambda each: (each.published, each.entry))
    duplicate = deciding_duplicate(b, duplicates(a, b), settings)
    if duplicate is not None:
        return Reason(duplicate.level, 1.0, chance(settings.join), a.entry, gap=b.published - a.published)
    counts = frequencies or Frequencies()
    old, new = read_terms(a, counts.names), read_terms(b, counts.names)
    member = Member(a.entry, a.published.timestamp(), counts.weigh(old))
    story = Cluster(0, member.at, member.at)
    story.take(member, old.marks, (old.source, old.label), old.publisher, old.dated)
    facts = 0, new.unspaced, new.source, new.publisher, new.dated
    probe = Probe(counts.weigh(new), b.published.timestamp(), new.marks, 0, *facts)
    common, dot = shared(probe.weights, story)
    like, nearest = likeness(probe, story, common, dot, 0.0)
    found = Candidate(story, nearest, like, trees.join(like), common)
    struck = veto(probe, found, settings, counts)
    if struck or found.score < settings.join:
        return of_entry(new, probe, found, settings, struck)
    return of_match(new, probe, matches(probe, found, counts, story_trees.story)[0], settings)


def duplicates(a: Sketch, b: Sketch) -> list[Duplicate]:
    levels: list[Sameness] = []
    if a.url and a.url == b.url:
        levels.append("same page")
    if fingerprint(a.title, a.text) == fingerprint(b.title, b.text) != "":
        levels.append("same text")
    if a.source and a.source == b.source and same_title(a.title, b.title):
        levels.append("same item")
    return [Duplicate.of(a, 0, level) for level in levels]
