"""When to visit a source again, and why. Pure: the same facts give the same decision."""

from dataclasses import replace
from datetime import datetime, timedelta

from aggregator.model import Harvest, Next, Source, SourceState, Visit
from aggregator.plan.failures import after_failure
from aggregator.plan.interval import (
    Silence,
    beside_a_hub,
    gap,
    next_at,
    own_interval,
    with_hints,
)
from aggregator.plan.redirects import after_answer
from aggregator.plan.words import failure_in_words, interval_in_words


def next_visit(
    source: Source, memory: SourceState, harvest: Harvest, now: datetime, added: int = 0, pushed: bool = False
) -> Next:
    """`added`: number of the harvest's entries that are new to the store. `pushed`: a reliable hub pushes
    this source."""
    if source.kind != "url":
        return after_look(source, memory, harvest, now)
    visit = harvest.visit
    if visit.result == "failed":
        return after_failure(source, memory, harvest, now)
    learned = updated_state(source, memory, harvest, now, added)
    quiet = Silence(learned.gap or timedelta(), now - (learned.newest or now))
    chosen = own_interval(source.every, quiet, time_to_fill(memory, harvest, now, added), len(harvest.dates))
    chosen = with_hints(chosen, harvest.fetched.fresh, learned.rhythm)
    if learned.address:
        moved = f"{chosen.reason}; it has moved to {learned.address}: put this address into the configuration"
        chosen = replace(chosen, reason=moved)
    coming = next_at(source, learned, beside_a_hub(chosen) if pushed else chosen, now)
    return replace(coming, reason=coming.reason + notes_in_words(visit))


def updated_state(
    source: Source, memory: SourceState, harvest: Harvest, now: datetime, added: int
) -> SourceState:
    newest = max((date for date in harvest.dates if date and date <= now), default=None)
    if added and memory.answered:
        newest = now
    parsed = bool(harvest.fetched.digest) and harvest.visit.result == "fresh"
    return replace(
        after_answer(source.address, memory, harvest.fetched.moved_to, now),
        answered=now,
        failures=0,
        gap=gap(harvest.dates, now) or memory.gap,
        newest=max(filter(None, (newest, memory.newest)), default=now),
        rhythm=harvest.rhythm if parsed else memory.rhythm,
    )


def time_to_fill(memory: SourceState, harvest: Harvest, now: datetime, added: int) -> timedelta | None:
    """Time until all entries of the list are new; None when we cannot estimate it.

    Uses dates only on a first visit or with news: some lists date everything as of now.
    """
    dates = harvest.dates
    times = []
    if memory.answered and added:
        times.append((now - memory.answered) * len(dates) / added)
    if all(dates) and len(dates) > 1 and (added or not memory.answered):
        times.append(now - min(filter(None, dates)))
    return min((time for time in times if time > timedelta()), default=None)


def after_look(source: Source, memory: SourceState, harvest: Harvest, now: datetime) -> Next:
    """Local files are cheap to check and may come back at any time: no back-off."""
    visit = harvest.visit
    if visit.result == "failed":
        learned = replace(memory, failures=memory.failures + 1)
        reason = failure_in_words(learned.failures, visit, source.kind, source.every)
    else:
        learned = replace(memory, failures=0)
        reason = f"checked {interval_in_words(source.every)}{notes_in_words(visit)}"
    return Next(learned, now + source.every, reason)


def notes_in_words(visit: Visit) -> str:
    """For example "; noted: a.md: not a text (and 2 more)"."""
    more = f" (and {len(visit.notes) - 1} more)" if len(visit.notes) > 1 else ""
    return f"; noted: {visit.notes[0]}{more}" if visit.notes else ""
