"""When to visit a source again, and why. Pure: the same facts give the same decision."""

from dataclasses import replace
from datetime import datetime, timedelta

from aggregator.model import Harvest, Next, Source, SourceState, Visit
from aggregator.plan.interval import (
    MOST_JITTER,
    Quiet,
    Wish,
    as_a_backup,
    gap,
    heeding,
    jitter,
    open_slot,
    own_wish,
)
from aggregator.plan.redirects import after_answer, after_loss
from aggregator.plan.words import failure, often, time_in_words

LONGEST_BACK_OFF = timedelta(hours=22)  # with its jitter less than a day: recovery is seen within one
LONGEST_WHEN_BUSY = timedelta(hours=6)  # 429 means "too often", not "broken"
LONGEST_WAIT = timedelta(days=7)  # Retry-After
LONGEST_PAUSE = timedelta(days=1)  # the same for the other sources of the site
OFFLINE = timedelta(minutes=10)
PAUSED = "its site asked for a pause of"
OUTAGE = 12  # looks, while an outage doubles its length


def next_visit(
    source: Source, memory: SourceState, harvest: Harvest, now: datetime, added: int = 0, pushed: bool = False
) -> Next:
    """`added`: how many of the harvest's entries the store had not seen before. `pushed`: by a hub that can
    be relied on."""
    if source.kind != "url":
        return after_look(source, memory, harvest, now)
    visit = harvest.visit
    if visit.result == "failed":
        return after_failure(source, memory, harvest, now)
    learned = learn(source, memory, harvest, now, added)
    quiet = Quiet(learned.gap or timedelta(), now - (learned.newest or now))
    wish = own_wish(source.every, quiet, fill(memory, harvest, now, added), len(harvest.dates))
    wish = heeding(wish, harvest.fetched.fresh, learned.rhythm)
    if learned.address:
        moved = f"{wish.reason}; it has moved to {learned.address}: write that into the configuration"
        wish = replace(wish, reason=moved)
    coming = at(source, learned, as_a_backup(wish) if pushed else wish, now)
    return replace(coming, reason=coming.reason + noted("noted", visit))


def learn(source: Source, memory: SourceState, harvest: Harvest, now: datetime, added: int) -> SourceState:
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


def fill(memory: SourceState, harvest: Harvest, now: datetime, added: int) -> timedelta | None:
    """How long until as many entries are new as the list holds; None when nothing tells.

    Dates tell it on a first visit, and only with news: some lists date everything as of now.
    """
    dates = harvest.dates
    times = []
    if memory.answered and added:
        times.append((now - memory.answered) * len(dates) / added)
    if all(dates) and len(dates) > 1 and (added or not memory.answered):
        times.append(now - min(filter(None, dates)))
    return min((time for time in times if time > timedelta()), default=None)


def at(source: Source, memory: SourceState, wish: Wish, now: datetime) -> Next:
    """Later by up to a tenth, never sooner; not in an hour or on a day that the feed rules out."""
    due = now + wish.interval + jitter(source.name, now, min(wish.interval / 10, MOST_JITTER))
    slot = open_slot(due, memory.rhythm)
    if slot == due:
        return Next(memory, due, wish.reason)
    spread = jitter(source.name, now, MOST_JITTER)
    return Next(memory, slot + spread, "the feed asks not to be read before (skipHours, skipDays)")


def after_look(source: Source, memory: SourceState, harvest: Harvest, now: datetime) -> Next:
    """Local files are cheap to look at and may come back at any time: no back-off."""
    visit = harvest.visit
    if visit.result == "failed":
        learned = replace(memory, failures=memory.failures + 1)
        reason = failure(learned.failures, visit, source.kind, source.every)
    else:
        learned = replace(memory, failures=0)
        reason = f"looked at {often(source.every)}{noted('left out', visit)}"
    return Next(learned, now + source.every, reason)


def noted(word: str, visit: Visit) -> str:
    """ "; left out: a.md: no text and 2 more"."""
    more = f" and {len(visit.notes) - 1} more" if len(visit.notes) > 1 else ""
    return f"; {word}: {visit.notes[0]}{more}" if visit.notes else ""


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


def may_be_hurried(memory: SourceState, reason: str) -> bool:
    """Whether it can be visited before it is due, where somebody says that there is news: not a server in
    trouble, and not one that asked to be left alone. `reason`: of its due date."""
    return not memory.failures and not memory.ended and not reason.startswith(PAUSED)


def offline(source: Source, memory: SourceState, now: datetime) -> Next:
    """Nothing could be reached at all: our own network is down, which is no source's fault.

    Looked at often at first and at the source's own pace in the end, since it may be the sources after all.
    """
    if memory.answered:
        interval = (now - memory.answered) / OUTAGE
    else:
        interval = OFFLINE * (1 << min(memory.failures, 12))
        memory = replace(memory, failures=memory.failures + 1)
    wish = Wish(min(max(interval, OFFLINE), source.every), "this machine seems to be offline")
    return at(source, memory, wish, now)
