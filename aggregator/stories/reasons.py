"""Makes reasons, and puts them into words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from operator import itemgetter

from aggregator.model import Reason, Sketch
from aggregator.stories.cluster import Member
from aggregator.stories.same_event import Match
from aggregator.stories.score import Candidate, Probe, chance
from aggregator.stories.settings import Settings
from aggregator.stories.terms import Terms
from aggregator.text.words import CUT, terms

TELLING = 5
"""Shared terms named in a reason."""


def of_entry(read: Terms, probe: Probe, found: Candidate, settings: Settings, veto: str) -> Reason:
    """The reason why an entry founds an affair: what kept it out of the nearest one."""
    return Reason(
        level="alone",
        score=chance(found.score),
        threshold=chance(settings.join),
        other=found.nearest.entry,
        terms=shared_terms(read, probe, found.nearest),
        gap=timedelta(seconds=round(abs(probe.at - found.nearest.at))),
        veto=veto,
    )


def of_match(read: Terms, probe: Probe, match: Match, settings: Settings) -> Reason:
    """The reason why an entry joined the nearest story of its affair, or did not."""
    return Reason(
        level="alone" if match.veto or match.score < settings.story else "same event",
        score=chance(match.score),
        threshold=chance(settings.story),
        other=match.nearest.entry,
        terms=shared_terms(read, probe, match.nearest),
        gap=timedelta(seconds=round(abs(probe.at - match.nearest.at))),
        veto=match.veto,
    )


def shared_terms(read: Terms, probe: Probe, nearest: Member) -> tuple[str, ...]:
    """The terms that contribute most to the likeness with the nearest entry."""
    ours, theirs = probe.weights, nearest.vector.pairs()
    parts = [(-weight * ours[term], read.words[term][:CUT]) for term, weight in theirs if term in ours]
    parts.sort()
    return tuple(map(itemgetter(1), parts[:TELLING]))


WORD = re.compile(r"\w+")
WORDS = {
    "alone": "No earlier report matches",
    "same item": "Its source published it before under another id",
    "same page": "Same address",
    "same text": "Same text",
    "same story": "An aggregator that we read has put them into one story",
    "same event": "Same event",
    "ruling": "Decided by a person",
}


def explain_reason(reason: Reason) -> str:
    """One line for a person: level, score and threshold, shared terms, gap, the guard that refused."""
    parts = [WORDS[reason.level]]
    if reason.threshold and reason.level in {"alone", "same event"}:
        parts.append(f"{reason.score:.0%} similar ({reason.threshold:.0%} needed)")
    if reason.terms:
        parts.append("common words: " + ", ".join(reason.terms))
    if reason.other is not None:
        parts.append(f"{gap_in_words(reason.gap)} apart")
    if reason.veto:
        parts.append(f"kept out: {reason.veto}")
    return "; ".join(parts) + "."


def spelled(reason: Reason, sketch: Sketch) -> Reason:
    """Replaces the shared terms, which are truncated, by the entry's own words."""
    if not reason.terms:
        return reason
    whole: dict[str, str] = {}
    for word in WORD.findall(f"{sketch.title} {sketch.text}".lower()):
        whole.setdefault("".join(terms(word, 1)), word)
    return replace(reason, terms=tuple(whole.get(term, term) for term in reason.terms))


def gap_in_words(gap: timedelta) -> str:
    """ "2 days 3 h", "3 h", "5 min"."""
    minutes = round(gap.total_seconds() / 60)
    days, hours = minutes // 1440, minutes % 1440 // 60
    if days:
        return f"{days} day{'s' if days > 1 else ''} {hours} h"
    return f"{hours} h" if hours else f"{minutes} min"
