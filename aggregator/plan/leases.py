"""When to contact a hub again."""

import hashlib
from datetime import datetime, timedelta

SHORTEST = timedelta(hours=1)
"""Shortest lease that we accept: a shorter one would make us renew all day."""
LONGEST = timedelta(days=14)
"""A hub may promise a longer lease and forget it."""
UNSAID = timedelta(days=1)  # for hubs of the old protocol, which may not state a lease
RENEWED = 0.7, 0.85  # parts of a lease after which we renew it: the rest is for retries
FIRST_RETRY = timedelta(minutes=5)
LAST_RETRY = timedelta(days=7)
"""A server that never answers, and may not be a hub at all, is contacted once a week."""
AFTER_A_NO = timedelta(days=7)


def lease(seconds: str) -> timedelta | None:
    """hub.lease_seconds as a duration; None for a lease that we do not accept: too short, or not a number."""
    if not seconds:
        return UNSAID
    if not (seconds.isascii() and seconds.isdigit()):
        return None
    # More digits would overflow timedelta.
    span = timedelta(seconds=int(seconds)) if len(seconds) <= 10 else LONGEST
    return min(span, LONGEST) if span >= SHORTEST else None


def renewal(now: datetime, lease: timedelta, key: str) -> datetime:
    earliest, latest = RENEWED
    return now + lease * (earliest + (latest - earliest) * share(key))


def retry(now: datetime, attempts: int, key: str, longest: timedelta = LAST_RETRY) -> datetime:
    """After `attempts` failed requests: 5, 10, 20, … minutes, plus up to a tenth."""
    wait: timedelta = min(FIRST_RETRY * 2 ** min(max(attempts, 1) - 1, 20), longest)
    return now + wait * (1 + share(key) / 10)


def share(key: str) -> float:
    """0 to 1, always the same for a key; spreads the requests of many sources over time."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=4).digest(), "big") / 2**32
