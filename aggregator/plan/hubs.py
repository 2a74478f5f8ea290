"""When to speak to a hub again."""

import hashlib
from datetime import datetime, timedelta

SHORTEST = timedelta(hours=1)
"""A lease that we take: a shorter one would make us ask all day."""
LONGEST = timedelta(days=14)
"""A hub may promise more, and forget."""
UNSAID = timedelta(days=1)  # where a hub of the old protocol does not say
RENEWED = 0.7, 0.85  # parts of a lease after which it is renewed: the rest is for trying again
FIRST_RETRY = timedelta(minutes=5)
LAST_RETRY = timedelta(days=7)
"""Who never answers, and may be no hub at all, hears of us once a week."""
AFTER_A_NO = timedelta(days=7)


def lease(seconds: str) -> timedelta | None:
    """What hub.lease_seconds comes to; None for a lease that we do not take: too short, or no number."""
    if not seconds:
        return UNSAID
    if not (seconds.isascii() and seconds.isdigit()):
        return None
    # With more digits it would be no time that a calendar has.
    span = timedelta(seconds=int(seconds)) if len(seconds) <= 10 else LONGEST
    return min(span, LONGEST) if span >= SHORTEST else None


def renewal(now: datetime, lease: timedelta, key: str) -> datetime:
    earliest, latest = RENEWED
    return now + lease * (earliest + (latest - earliest) * share(key))


def retry(now: datetime, attempts: int, key: str, longest: timedelta = LAST_RETRY) -> datetime:
    """After that many requests that came to nothing: 5 minutes, 10, 20, …, and up to a tenth more."""
    wait: timedelta = min(FIRST_RETRY * 2 ** min(max(attempts, 1) - 1, 20), longest)
    return now + wait * (1 + share(key) / 10)


def share(key: str) -> float:
    """0 to 1, always the same for a key: what many have to do is not done at the same moment."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=4).digest(), "big") / 2**32
