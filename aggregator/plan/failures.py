"""When to visit a source again after a failure: back-off, Retry-After, 410, our own network down."""

from dataclasses import replace
from datetime import datetime, timedelta

from aggregator.model import Harvest, Next, Source, SourceState
from aggregator.plan.condition import is_failing
from aggregator.plan.interval import Interval, next_at
from aggregator.plan.redirects import after_loss
from aggregator.plan.words import failure_in_words, time_in_words

LONGEST_BACK_OFF = timedelta(hours=22)  # plus jitter is less than a day: we notice a recovery within one
LONGEST_WHEN_BUSY = timedelta(hours=6)  # 429 means "too often", not "broken"
LONGEST_WAIT = timedelta(days=7)  # Retry-After
LONGEST_PAUSE = timedelta(days=1)  # the same for the other sources of the site
OFFLINE = timedelta(minutes=10)
SEEMS_OFFLINE = "this machine seems to be offline"
PAUSED = "its site asked for a pause of"
OUTAGE = 12  # visits while an outage doubles its length


def after_failure(source: Source, memory: SourceState, harvest: Harvest, now: datetime) -> Next:
    """Visits the source less and less often, but never gives up, except after 410."""
    visit = harvest.visit
    failed = replace(memory, failures=memory.failures + 1)
    elsewhere = after_loss(failed, visit)
    if elsewhere != failed:
        reason = f"not there any more; next at {elsewhere.address or source.address}"
        return next_at(source, elsewhere, Interval(OFFLINE, reason), now)
    if visit.fault == "gone":
        reason = "removed by its publisher (410); no longer visited: run `aggregator remove` to remove it"
        return Next(replace(failed, ended=reason), None, reason)
    if visit.wait:
        wait = min(visit.wait, LONGEST_WAIT)
        # A server that asks for a minute again and again still gets our back-off.
        wait = max(wait, back_off(source, memory.failures, LONGEST_WHEN_BUSY) if memory.failures else OFFLINE)
        reason = f"its server asked to wait {time_in_words(visit.wait)} ({visit.status})"
        return next_at(source, failed, Interval(wait, reason), now)
    interval = back_off(
        source, failed.failures, LONGEST_WHEN_BUSY if visit.status == 429 else LONGEST_BACK_OFF
    )
    return next_at(
        source,
        failed,
        Interval(interval, failure_in_words(failed.failures, visit, source.kind, interval)),
        now,
    )


def back_off(source: Source, failures: int, longest: timedelta) -> timedelta:
    return max(min(source.every * (1 << min(failures - 1, 12)), longest), source.every)


def postponed(source: Source, memory: SourceState, wait: timedelta, now: datetime) -> Next:
    """For a source not visited because its site asked for a pause when we visited another source."""
    wait = max(min(wait, LONGEST_PAUSE), OFFLINE)
    chosen = Interval(wait, f"{PAUSED} {time_in_words(wait)} when another source was read")
    return next_at(source, memory, chosen, now)


def offline(source: Source, memory: SourceState, now: datetime) -> Next:
    """No source could be reached: our own network is down, which does not count as a failure of the source.

    Retries often at first and in the end at the source's own pace, since the sources may be down after all.
    """
    if memory.answered:
        interval = (now - memory.answered) / OUTAGE
    else:
        interval = OFFLINE * (1 << min(memory.failures, 12))
        memory = replace(memory, failures=memory.failures + 1)
    chosen = Interval(min(max(interval, OFFLINE), source.every), SEEMS_OFFLINE)
    return next_at(source, memory, chosen, now)


def may_be_hurried(memory: SourceState, reason: str) -> bool:
    """Whether a hint of news may bring a visit forward: not if the source is failing or its server asked for
    a pause. `reason`: of its due date."""
    return not is_failing(memory.failures) and not memory.ended and not reason.startswith(PAUSED)
