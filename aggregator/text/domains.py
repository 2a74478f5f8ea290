"""The owner of an address. Pure, except for the list of public suffixes, which only this file loads."""

from functools import cache, lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

NEARBY = {"home", "internal", "lan", "local", "localhost"}  # top-level names that no registry assigns


@cache
def suffixes() -> PublicSuffixList:
    """The package's snapshot; only ICANN's part, so that all blogs of one platform are one bundle."""
    return PublicSuffixList(only_icann=True)


@cache
def homes() -> PublicSuffixList:
    """Includes the platforms' suffixes, because two blogs of one platform belong to two people."""
    return PublicSuffixList()


def owner(address: str) -> str:
    """The registrable domain, "example.co.uk"; for an IP address the host; for nearby machines host:port."""
    name = canonical_host(address)
    if nearby(name):
        return netloc(address)
    return name if numeric(name) else suffixes().privatesuffix(name) or name


def canonical_host(address: str) -> str:
    """The host in its canonical spelling; the address itself when it has none."""
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
    """Whether the name or IP address belongs to this machine or the local network."""
    if not numeric(host):
        return host.rpartition(".")[2] in NEARBY or "." not in host
    try:
        return not ip_address(host).is_global
    except ValueError:
        return True  # such as 127.1 and 2130706433, which only the system's resolver understands


def house(address: str) -> str:
    """The publisher's name in all its domains: "bbc" for bbc.com and feeds.bbc.co.uk; "" without a host."""
    return house_of(canonical_host(address)) if "://" in address else ""


@lru_cache(10_000)
def house_of(host: str) -> str:
    return host if numeric(host) else (homes().privatesuffix(host) or host).partition(".")[0]
