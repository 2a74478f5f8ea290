"""Who is visited in whose company: all sources of one owner one after the other, however many workers.

Politeness then needs no locks, not even across machines. The door of publicsuffixlist.
"""

from collections.abc import Iterable
from functools import cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

from aggregator.model import Job

BUSY = 429  # a count of visits, which big sites keep for all their blogs together
CLOSED = 503  # one host that cannot answer
PAUSES = (BUSY, CLOSED)
NEARBY = {"home", "internal", "lan", "local", "localhost"}  # last labels of names that no registry gives out


@cache
def suffixes() -> PublicSuffixList:
    """The snapshot in the package; ICANN's part only, so that all blogs of one platform are one bundle."""
    return PublicSuffixList(only_icann=True)


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
    if status not in PAUSES or nearby(host(asked)):
        return False
    mine = owner if status == BUSY else host
    name = mine(asked)
    # Looking for the name in the address first: reading ten thousand addresses takes a tenth of a second.
    return name in other.lower() and name == mine(other)


def owner(address: str) -> str:
    """The registrable domain, "example.co.uk"; the host for a number; on a machine nearby each service."""
    name = host(address)
    if nearby(name):
        return place(address)
    return name if numeric(name) else suffixes().privatesuffix(name) or name


def host(address: str) -> str:
    """As all its spellings agree on it; the address itself when it has none."""
    try:
        return (urlsplit(address).hostname or address).rstrip(".")
    except ValueError:
        return address


def place(address: str) -> str:
    try:
        return urlsplit(address).netloc.rpartition("@")[2].lower()
    except ValueError:
        return address


def numeric(host: str) -> bool:
    return ":" in host or host.rpartition(".")[2].isdigit()


def nearby(host: str) -> bool:
    """On this machine or in this house, by its name or its number."""
    if not numeric(host):
        return host.rpartition(".")[2] in NEARBY or "." not in host
    try:
        return not ip_address(host).is_global
    except ValueError:
        return True  # 127.1 and 2130706433 are spellings that only the system's resolver knows
