"""Groups the sources of one owner, which are visited one after another however many workers there are.

So politeness needs no locks, not even across machines.
"""

from collections.abc import Iterable

from aggregator.model import Job
from aggregator.text.domains import canonical_host, is_local, registrable_domain

BUSY = 429  # big sites count visits to all their blogs together, so it concerns the owner
CLOSED = 503  # concerns one host
PAUSES = (BUSY, CLOSED)


def bundles(jobs: Iterable[Job]) -> list[list[Job]]:
    """Largest bundle first, because its pauses make it the last to end; keeps the order of jobs."""
    found: dict[str, list[Job]] = {}
    for job in jobs:
        key = registrable_domain(job.address) if job.kind == "url" else f"{job.kind} {job.source}"
        found.setdefault(key, []).append(job)
    return sorted(found.values(), key=len, reverse=True)


def concerns(status: int, asked: str, other: str) -> bool:
    """Whether a pause that the server at `asked` requests also concerns the address `other`.

    On a nearby machine it concerns one source only: such a server is often a bridge to many sites.
    """
    if status not in PAUSES or is_local(canonical_host(asked)):
        return False
    mine = registrable_domain if status == BUSY else canonical_host
    name = mine(asked)
    # A substring test first: parsing ten thousand addresses takes a tenth of a second.
    return name in other.lower() and name == mine(other)
