"""When a source counts as failing, as a problem, as dead: the same for pages, feeds and metrics. Pure.

`failures` are those in a row; a visit while our own network is down is none, see failures.offline().
store/status.py compares the same numbers in SQL.
"""

from datetime import datetime, timedelta

from aggregator.model import Condition

FAILING = 1  # failures in a row
PROBLEM = 3  # servers restart, connections drop
LASTING = 8  # about three days: it is unlikely to recover by itself
DEAD = timedelta(days=14)


def condition(ended: bool, failures: int, answered: datetime | None) -> Condition:
    """`ended`: it is never visited again. `answered`: its last visit that did not fail."""
    if ended:
        return "ended"
    if is_failing(failures):
        return "failing"
    return "ok" if answered else "new"


def is_failing(failures: int) -> bool:
    return failures >= FAILING


def is_problem(failures: int) -> bool:
    """Whether the feed of problems reports it."""
    return failures >= PROBLEM


def is_lasting(failures: int) -> bool:
    """Whether a person should look at it."""
    return failures >= LASTING


def is_dead(failures: int, answered: datetime | None, now: datetime) -> bool:
    """One that never answered is given some days."""
    return is_failing(failures) and now - answered > DEAD if answered else is_lasting(failures)
