"""Decides which addresses we may connect to. Pure: names are resolved elsewhere.

It always checks the address of the actual connection, so it does not matter how or where it was written.
"""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

WEB_PORTS = frozenset({80, 443, 8080, 8443})

# Networks that ipaddress.is_global allows in some supported Python versions, but that contain no feeds.
NEVER = tuple(
    map(
        ipaddress.ip_network,
        (
            "168.63.129.16/32",  # the host of an Azure machine, behind a public number
            "192.0.0.0/24",  # IETF protocol assignments, Oracle's metadata among them
            "192.88.99.0/24",  # 6to4 relays, RFC 7526
            "2001::/23",  # Teredo, ORCHID and other assignments
            "2002::/16",  # 6to4: includes an address for every private IPv4 address
            "3fff::/20",  # documentation, RFC 9637
        ),
    )
)
UNICAST = ipaddress.ip_network("2000::/3")  # RFC 4291: all IPv6 addresses of the public internet
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: IPv4 addresses in an IPv6-only network
LOCAL = (
    ".localhost",
    ".localdomain",
    ".local",
    ".internal",
    ".home.arpa",
    ".lan",
    ".home",
    ".corp",
    ".intranet",
    ".private",
)
"""Ends of names that never lead to the public internet: RFC 6761, 6762, 8375, and what is in use."""


@dataclass(frozen=True, slots=True)
class Guard:
    ports: frozenset[int] = WEB_PORTS
    networks: tuple[Network, ...] = ()
    """Allowed in addition to the public internet."""
    doors: frozenset[tuple[str, int]] = frozenset()
    """(host or address, port): allowed whatever the port is and whatever the name resolves to."""

    def refusal(self, host: str, port: int, address: str) -> str:
        """Why we must not connect, or "". `host`: as in the URL; `address`: what it resolved to."""
        number = embedded(ipaddress.ip_address(address))
        if (name(host), port) in self.doors or (str(number), port) in self.doors:
            return ""
        if port not in self.ports:
            return f"port {port} is not allowed"
        if public(number) or any(number in network for network in self.networks):
            return ""
        return f"{number} is not on the public internet"

    def refusal_by_name(self, host: str, port: int) -> str:
        """Why a proxy must not be asked for `host`, whose addresses we need not know, or ""."""
        if (name(host), port) in self.doors:
            return ""
        if port not in self.ports:
            return f"port {port} is not allowed"
        local = "." not in name(host) or name(host).endswith(LOCAL)
        return f"{host[:80]} is a name in a private network, not on the public internet" if local else ""


def guard(allow_networks: Iterable[str] = (), allow_ports: Iterable[int] = ()) -> Guard:
    """From the configuration's networks ("192.168.0.0/24"), addresses and "host:port". Raises ValueError."""
    networks: list[Network] = []
    doors: set[tuple[str, int]] = set()
    for each in allow_networks:
        door = re.fullmatch(r"(\[[0-9a-fA-F:.]+\]|[^\[\]:/\s]+):([0-9]{1,5})", each)
        if door:
            doors.add((name(door[1]), int(door[2])))
        else:
            networks.append(parsed_network(each))
    return Guard(WEB_PORTS | set(allow_ports), tuple(networks), frozenset(doors))


def parsed_network(written: str) -> Network:
    try:
        return ipaddress.ip_network(written.strip("[]"), strict=False)
    except ValueError:
        raise ValueError(f"{written!r} is neither a network like 192.168.1.0/24 nor host:port") from None


def name(written: str) -> str:
    """Normalises a host: an IPv6 address compressed, a name in lower case without the final dot."""
    if written.startswith("["):
        return str(ipaddress.ip_address(written.strip("[]")))
    return written.lower().rstrip(".")


def embedded(address: Address) -> Address:
    """The IPv4 address behind a mapped or NAT64 address; any other address unchanged."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def public(address: Address) -> bool:
    if address.version == 6 and address not in UNICAST:
        return False
    special = address.is_multicast or address.is_reserved or any(address in each for each in NEVER)
    return address.is_global and not special
