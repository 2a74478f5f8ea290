"""The owner of an address. Pure, except for the list of public suffixes, which only this file loads."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from publicsuffixlist import PSLFILE, PublicSuffixList

WEBSITE = re.compile(r"https?://[^/?#]+")
END_OF_ICANN = "// ===end icann domains==="
NEARBY = {"home", "internal", "lan", "local", "localhost"}  # top-level names that no registry assigns


def registry_suffixes(host: str) -> PublicSuffixList:
    """The package's snapshot; only ICANN's part, so that all blogs of one platform are one bundle."""
    return suffixes(top_level_name(host), True)


def publisher_suffixes(host: str) -> PublicSuffixList:
    """Includes the platforms' suffixes, because two blogs of one platform belong to two people."""
    return suffixes(top_level_name(host), False)


@lru_cache(1000)
def suffixes(top: str, only_icann: bool) -> PublicSuffixList:
    """Rules below one top-level name, also in punycode: reading all 10,000 takes as long as 100 visits."""
    return PublicSuffixList(with_encoded(rules(only_icann)[top]), accept_encoded_idn=False)


@cache
def rules(only_icann: bool) -> defaultdict[str, list[str]]:
    """All rules, by their top-level names."""
    text = Path(PSLFILE).read_text(encoding="utf-8").lower()
    found = defaultdict(list)
    for line in (text.partition(END_OF_ICANN)[0] if only_icann else text).splitlines():
        rule = line.partition(" ")[0].rstrip()
        if rule and not rule.startswith("//"):
            found[rule.rpartition(".")[2]].append(rule)
    return found


def with_encoded(rules: Iterable[str]) -> Iterator[str]:
    """Adds the rules in punycode."""
    for rule in rules:
        yield rule
        if not rule.isascii():
            sign = "!" if rule.startswith("!") else ""
            yield sign + rule.lstrip("!").encode("idna").decode("ascii")


def top_level_name(host: str) -> str:
    """As in the list, where it is not in punycode."""
    top = host.rpartition(".")[2].lower()
    try:
        return top.encode("ascii").decode("idna") if top.startswith("xn--") else top
    except UnicodeError:
        return top


def registrable_domain(address: str) -> str:
    """The registrable domain, "example.co.uk"; for an IP address the host; for nearby machines host:port."""
    name = canonical_host(address)
    if is_local(name):
        return netloc(address)
    return name if is_ip_address(name) else registry_suffixes(name).privatesuffix(name) or name


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
    if is_ip_address(host):
        return host
    return (publisher_suffixes(host).privatesuffix(host) or host).partition(".")[0]
