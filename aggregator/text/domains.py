"""The owner of an address. Pure, except for the list of public suffixes, which only this file loads."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from publicsuffixlist import PSLFILE, PublicSuffixList

WEBSITE = re.compile(r"https?://[^/?#]+")
NEARBY = {"home", "internal", "lan", "local", "localhost"}  # top-level names that no registry assigns


@cache
def registry_suffixes() -> PublicSuffixList:
    """The package's snapshot; only ICANN's part, so that all blogs of one platform are one bundle."""
    return suffixes(only_icann=True)


@cache
def publisher_suffixes() -> PublicSuffixList:
    """Includes the platforms' suffixes, because two blogs of one platform belong to two people."""
    return suffixes(only_icann=False)


def suffixes(only_icann: bool) -> PublicSuffixList:
    """As PublicSuffixList() reads them, faster: it encodes 10,000 rules, of which 500 need it."""
    with Path(PSLFILE).open(encoding="utf-8") as lines:
        return PublicSuffixList(with_encoded(lines), accept_encoded_idn=False, only_icann=only_icann)


def with_encoded(lines: Iterable[str]) -> Iterator[str]:
    """Adds the rules in punycode."""
    for line in lines:
        yield line
        if not line.isascii() and not line.startswith("//"):
            rule = line.lower().split(" ")[0].rstrip()
            sign = "!" if rule.startswith("!") else ""
            yield sign + rule.lstrip("!").encode("idna").decode("ascii")


def registrable_domain(address: str) -> str:
    """The registrable domain, "example.co.uk"; for an IP address the host; for nearby machines host:port."""
    name = canonical_host(address)
    if is_local(name):
        return netloc(address)
    return name if is_ip_address(name) else registry_suffixes().privatesuffix(name) or name


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


def is_ip_address(host: str) -> bool:
    return ":" in host or host.rpartition(".")[2].isdigit()


def is_local(host: str) -> bool:
    """Whether the name or IP address belongs to this machine or the local network."""
    if not is_ip_address(host):
        return host.rpartition(".")[2] in NEARBY or "." not in host
    try:
        return not ip_address(host).is_global
    except ValueError:
        return True  # such as 127.1 and 2130706433, which only the system's resolver understands


def publisher_name_of(address: str) -> str:
    """The publisher's name in all its domains: "bbc" for bbc.com and feeds.bbc.co.uk; "" without a host."""
    if "://" not in address:
        return ""
    found = WEBSITE.match(address)
    site = host_of_website(found.group()) if found else ""
    return publisher_name_of_host(site or canonical_host(address))


@lru_cache(10_000)
def host_of_website(site: str) -> str:
    """As canonical_host(), without parsing the rest of an address; "" when it has no valid host."""
    host = canonical_host(site)
    return "" if "://" in host else host


@lru_cache(10_000)
def publisher_name_of_host(host: str) -> str:
    return (
        host if is_ip_address(host) else (publisher_suffixes().privatesuffix(host) or host).partition(".")[0]
    )
