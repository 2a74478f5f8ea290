"""Whose an address is: pure but for the list of public suffixes, whose door this is."""

from functools import cache, lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

NEARBY = {"home", "internal", "lan", "local", "localhost"}  # last labels of names that no registry gives out


@cache
def suffixes() -> PublicSuffixList:
    """The snapshot in the package; ICANN's part only, so that all blogs of one platform are one bundle."""
    return PublicSuffixList(only_icann=True)


@cache
def homes() -> PublicSuffixList:
    """With the platforms as well: two blogs of one platform are two people's."""
    return PublicSuffixList()


def owner(address: str) -> str:
    """The registrable domain, "example.co.uk"; the host for a number; on a machine nearby each service."""
    name = canonical_host(address)
    if nearby(name):
        return netloc(address)
    return name if numeric(name) else suffixes().privatesuffix(name) or name


def canonical_host(address: str) -> str:
    """As all its spellings agree on it; the address itself when it has none."""
    try:
        return (urlsplit(address).hostname or address).rstrip(".")
    except ValueError:
        return address


def netloc(address: str) -> str:
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


def house(address: str) -> str:
    """What a publisher goes by under all its domains: "bbc" of bbc.com and feeds.bbc.co.uk; "" for none."""
    return house_of(canonical_host(address)) if "://" in address else ""


@lru_cache(10_000)
def house_of(host: str) -> str:
    return host if numeric(host) else (homes().privatesuffix(host) or host).partition(".")[0]
