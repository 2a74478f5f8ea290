"""How often to visit a source: by what it publishes and by what it asks for. Pure."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from aggregator.model import Next, Rhythm, Source, SourceState
from aggregator.plan.words import interval_in_words, time_in_words

DAY = timedelta(days=1)
SHARE = 6  # visits between two entries: the news of a weekly source is on average 14 hours old
SLOWEST = DAY  # by our own choice, however quiet a source is
FASTEST = timedelta(minutes=15)  # by our own choice, however full its list is
BACKUP = timedelta(hours=6)
FEWER = 4  # times
LONGEST_HINT = timedelta(days=7)  # a server that says "fresh for a year" means its pictures
RECENT = 10  # entries by which we estimate how often it posts now
MOST_JITTER = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Interval:
    length: timedelta
    reason: str


@dataclass(frozen=True, slots=True)
class Silence:
    gap: timedelta
    """Mean time between two entries."""
    silence: timedelta
    """Time since the last one."""


def own_interval(every: timedelta, quiet: Silence, fill: timedelta | None, listed: int) -> Interval:
    """`fill`: the time until new entries push unseen ones out of the list."""
    chosen = Interval(every, interval_in_words(every))
    longest = max(quiet.gap, quiet.silence)
    if longest / SHARE > every:
        silent = quiet.silence > quiet.gap
        reason = (
            f"nothing new for {time_in_words(longest)}"
            if silent
            else f"it posts about {interval_in_words(longest)}"
        )
        chosen = Interval(min(longest / SHARE, max(every, SLOWEST)), reason)
    if fill is not None and fill / 2 < chosen.length:
        sooner = max(fill / 2, min(every, FASTEST))
        chosen = Interval(sooner, f"its list of {listed} is full of new entries within {time_in_words(fill)}")
    return chosen


def with_hints(chosen: Interval, fresh: timedelta | None, rhythm: Rhythm) -> Interval:
    """Respects the longer intervals that the server and the document ask for."""
    if fresh and min(fresh, LONGEST_HINT) > chosen.length:
        chosen = Interval(min(fresh, LONGEST_HINT), f"its server says it is fresh for {time_in_words(fresh)}")
    if rhythm.every and min(rhythm.every, LONGEST_HINT) > chosen.length:
        chosen = Interval(
            min(rhythm.every, LONGEST_HINT), f"the feed asks for a visit {interval_in_words(rhythm.every)}"
        )
    return chosen


def beside_a_hub(chosen: Interval) -> Interval:
    """For a source whose hub pushes: FEWER times less often, but still at least once a day."""
    interval = max(chosen.length, min(max(chosen.length * FEWER, BACKUP), DAY))
    return Interval(interval, f"pushed by its hub; also visited {interval_in_words(interval)}")


def gap(dates: Iterable[datetime | None], now: datetime) -> timedelta | None:
    """Mean time between the latest entries; None when fewer than two have a date in the past."""
    latest = sorted((date for date in dates if date and date <= now), reverse=True)[:RECENT]
    return (latest[0] - latest[-1]) / (len(latest) - 1) if len(latest) > 1 else None


def next_at(source: Source, memory: SourceState, chosen: Interval, now: datetime) -> Next:
    """Adds up to a tenth as jitter, and avoids the hours and days that the feed rules out."""
    due = now + chosen.length + jitter(source.name, now, min(chosen.length / 10, MOST_JITTER))
    slot = open_slot(due, memory.rhythm)
    if slot == due:
        return Next(memory, due, chosen.reason)
    spread = jitter(source.name, now, MOST_JITTER)
    return Next(memory, slot + spread, "the feed excludes earlier hours or days (skipHours, skipDays)")


def open_slot(due: datetime, rhythm: Rhythm) -> datetime:
    """`due`, or the start of the first hour after it that skipHours and skipDays allow."""
    for slot in hours_from(due):
        if slot.hour not in rhythm.skip_hours and slot.weekday() not in rhythm.skip_days:
            return slot
    return due  # the feed forbids every hour of the week, which must be a mistake


def hours_from(due: datetime) -> Iterator[datetime]:
    yield due
    start = due.replace(minute=0, second=0, microsecond=0)
    yield from (start + timedelta(hours=step) for step in range(1, 8 * 24))


def jitter(source: str, now: datetime, most: timedelta) -> timedelta:
    """0 to `most`, the same for the same visit; keeps us from visiting everything on the hour."""
    seed = hashlib.blake2b(f"{source} {now.isoformat()}".encode(), digest_size=4).digest()
    return most * (int.from_bytes(seed, "big") / 2**32)
