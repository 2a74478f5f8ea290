"""Who is visited in whose company: all sources of one owner one after the other, however many workers.

Politeness then needs no locks, not even across machines. The door of publicsuffixlist.
"""

from collections.abc import Iterable
from functools import cache
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

from aggregator.model import Job


@cache
def suffixes() -> PublicSuffixList:
    """The snapshot in the package; ICANN's part only, so that all blogs of one platform are one bundle."""
    return PublicSuffixList(only_icann=True)


def bundles(jobs: Iterable[Job]) -> list[list[Job]]:
    """The largest first, because the pauses within it make it the last to end; jobs in their order."""
    found: dict[str, list[Job]] = {}
    for job in jobs:
        found.setdefault(owner(job), []).append(job)
    return sorted(found.values(), key=len, reverse=True)


def owner(job: Job) -> str:
    """The registrable domain, "example.co.uk"; the host itself for an address or a local name."""
    if job.kind != "url":
        return f"{job.kind} {job.source}"
    try:
        host = (urlsplit(job.address).hostname or job.source).rstrip(".")
    except ValueError:
        return job.source
    return host if numeric(host) else suffixes().privatesuffix(host) or host


def numeric(host: str) -> bool:
    return ":" in host or host.rpartition(".")[2].isdigit()
