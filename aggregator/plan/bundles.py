"""Who is visited in whose company: all sources of one owner one after the other, however many workers.

Politeness then needs no locks, not even across machines.
"""

from collections.abc import Iterable

from aggregator.model import Job
from aggregator.text.domains import canonical_host, nearby, owner

BUSY = 429  # a count of visits, which big sites keep for all their blogs together
CLOSED = 503  # one host that cannot answer
PAUSES = (BUSY, CLOSED)


def bundles(jobs: Iterable[Job]) -> list[list[Job]]:
    """The largest first, because the pauses within it make it the last to end; jobs in their order."""
    found: dict[str, list[Job]] = {}
    for job in jobs:
        key = owner(job.address) if job.kind == "url" else f"{job.kind} {job.source}"
        found.setdefault(key, []).append(job)
    return sorted(found.values(), key=len, reverse=True)


def concerns(status: int, asked: str, other: str) -> bool:
    """Whether a pause that the server at `asked` wants is one for the address `other`, too.

    A machine nearby speaks of one source only: it is often a bridge that asks many sites for us.
    """
    if status not in PAUSES or nearby(canonical_host(asked)):
        return False
    mine = owner if status == BUSY else canonical_host
    name = mine(asked)
    # Looking for the name in the address first: reading ten thousand addresses takes a tenth of a second.
    return name in other.lower() and name == mine(other)
