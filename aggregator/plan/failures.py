"""When to visit a source again after a failure: back-off, Retry-After, 410, no network of our own."""

from dataclasses import replace
from datetime import datetime, timedelta

from aggregator.model import Harvest, Next, Source, SourceState
from aggregator.plan.interval import Wish, at
from aggregator.plan.redirects import after_loss
from aggregator.plan.words import failure, time_in_words

LONGEST_BACK_OFF = timedelta(hours=22)  # with its jitter less than a day: recovery is seen within one
LONGEST_WHEN_BUSY = timedelta(hours=6)  # 429 means "too often", not "broken"
LONGEST_WAIT = timedelta(days=7)  # Retry-After
LONGEST_PAUSE = timedelta(days=1)  # the same for the other sources of the site
OFFLINE = timedelta(minutes=10)
SEEMS_OFFLINE = "this machine seems to be offline"
PAUSED = "its site asked for a pause of"
OUTAGE = 12  # looks, while an outage doubles its length


def after_failure(source: Source, memory: SourceState, harvest: Harvest, now: datetime) -> Next:
    """Less and less often, but never given up, except for 410."""
    visit = harvest.visit
    failed = replace(memory, failures=memory.failures + 1)
    elsewhere = after_loss(failed, visit)
    if elsewhere != failed:
        reason = f"not there any more; next at {elsewhere.address or source.address}"
        return at(source, elsewhere, Wish(OFFLINE, reason), now)
    if visit.fault == "gone":
        reason = (
            "gone for good, says its server (410), and not visited again: `aggregator remove` takes it out"
        )
        return Next(replace(failed, ended=reason), None, reason)
    if visit.wait:
        wait = min(visit.wait, LONGEST_WAIT)
        # Who asks for a minute again and again is not asked every minute.
        wait = max(wait, back_off(source, memory.failures, LONGEST_WHEN_BUSY) if memory.failures else OFFLINE)
        reason = f"its server asked to wait {time_in_words(visit.wait)} ({visit.status})"
        return at(source, failed, Wish(wait, reason), now)
    interval = back_off(
        source, failed.failures, LONGEST_WHEN_BUSY if visit.status == 429 else LONGEST_BACK_OFF
    )
    return at(source, failed, Wish(interval, failure(failed.failures, visit, source.kind, interval)), now)


def back_off(source: Source, failures: int, longest: timedelta) -> timedelta:
    return max(min(source.every * (1 << min(failures - 1, 12)), longest), source.every)


def postponed(source: Source, memory: SourceState, wait: timedelta, now: datetime) -> Next:
    """Not visited: another source of its site was told to wait, perhaps for longer."""
    wait = max(min(wait, LONGEST_PAUSE), OFFLINE)
    wish = Wish(wait, f"{PAUSED} {time_in_words(wait)} when another source was read")
    return at(source, memory, wish, now)


def offline(source: Source, memory: SourceState, now: datetime) -> Next:
    """Nothing could be reached at all: our own network is down, which is no source's fault.

    Looked at often at first and at the source's own pace in the end, since it may be the sources after all.
    """
    if memory.answered:
        interval = (now - memory.answered) / OUTAGE
    else:
        interval = OFFLINE * (1 << min(memory.failures, 12))
        memory = replace(memory, failures=memory.failures + 1)
    wish = Wish(min(max(interval, OFFLINE), source.every), SEEMS_OFFLINE)
    return at(source, memory, wish, now)


def may_be_hurried(memory: SourceState, reason: str) -> bool:
    """Whether it can be visited before it is due, where somebody says that there is news: not a server in
    trouble, and not one that asked to be left alone. `reason`: of its due date."""
    return not memory.failures and not memory.ended and not reason.startswith(PAUSED)
