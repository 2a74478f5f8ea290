"""Connections through a proxy: HTTP, or SOCKS 5.

The proxy connects to the target, so the guard cannot see the address of that connection. It checks what is
known beforehand: the port, an address written as a number, and what a name resolves to here.
"""

import re
import ssl
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

import httpcore

from aggregator.errors import SourceError
from aggregator.fetch.connection import Backend, Resolver, error_words
from aggregator.fetch.guard import Guard, guard
from aggregator.fetch.socks import connect_through


@dataclass(frozen=True, slots=True)
class Proxy:
    scheme: str
    """http, https; socks5: names are resolved here; socks5h: names are resolved by the proxy, as in curl."""
    host: str
    port: int
    user: bytes = field(default=b"", repr=False)
    password: bytes = field(default=b"", repr=False)


def parsed_proxy(address: str) -> Proxy:
    """`address`: checked when the configuration was read."""
    parts = urlsplit(address)
    return Proxy(
        parts.scheme,
        parts.hostname or "",
        parts.port or 0,
        unquote_to_bytes(parts.username or ""),
        unquote_to_bytes(parts.password or ""),
    )


def proxied_pool(
    proxy: Proxy, targets: Backend, tls: ssl.SSLContext, connections: int, idle_seconds: float
) -> httpcore.ConnectionPool:
    """`targets`: resolves, and checks by the guard, what is visited."""
    door = ProxyDoor(proxy, targets)
    if proxy.scheme.startswith("socks"):
        return httpcore.ConnectionPool(
            ssl_context=tls,
            max_connections=connections,
            max_keepalive_connections=1,
            keepalive_expiry=idle_seconds,
            network_backend=Socks(proxy, targets, door),
        )
    return httpcore.HTTPProxy(
        httpcore.URL(scheme=proxy.scheme, host=proxy.host, port=proxy.port, target=b"/"),
        proxy_auth=(proxy.user, proxy.password) if proxy.user else None,
        ssl_context=tls,
        proxy_ssl_context=tls if proxy.scheme == "https" else None,
        max_connections=connections,
        max_keepalive_connections=1,
        keepalive_expiry=idle_seconds,
        network_backend=door,
    )


class ProxyDoor(Backend):
    """Connects to the proxy alone, which may be in a private network: the operator chose it.

    Its faults do not name it: everybody can read them on the pages.
    """

    def __init__(self, proxy: Proxy, like: Backend) -> None:
        host = f"[{proxy.host}]" if ":" in proxy.host else proxy.host
        super().__init__(guard([f"{host}:{proxy.port}"]), like.size, like.resolve, like.sockets)

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *_: Any, **__: Any
    ) -> httpcore.NetworkStream:
        try:
            return super().connect_tcp(host, port, timeout)
        except SourceError as e:
            note = e.note.removeprefix(f"{host}: ")
            raise SourceError("connect", f"the proxy cannot be reached: {note}") from e
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as e:
            raise SourceError("connect", f"the proxy cannot be reached: {error_words(e)}") from e


class Socks(httpcore.NetworkBackend):
    """A connection to a target as if there were no proxy."""

    def __init__(self, proxy: Proxy, targets: Backend, door: ProxyDoor) -> None:
        self.proxy = proxy
        self.targets = targets
        self.door = door

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *_: Any, **__: Any
    ) -> httpcore.NetworkStream:
        there = host if self.proxy.scheme == "socks5h" else self.targets.allowed(host, port)[0]
        stream = self.door.connect_tcp(self.proxy.host, self.proxy.port, timeout)
        try:
            connect_through(stream, (there, port), self.proxy.user, self.proxy.password, timeout)
        except BaseException:
            stream.close()
            raise
        return stream


def check_target(proxy: Proxy, targets: Backend, host: str, port: int) -> None:
    """Raises SourceError("address") for a target that the proxy must not be asked for."""
    if proxy.scheme == "socks5":
        return  # Socks gives the proxy a checked number
    looked_up = [] if proxy.scheme == "socks5h" else addresses_here(host, port, targets.resolve)
    refusal = refusal_of(targets.guard, host, port, looked_up)
    if refusal:
        raise SourceError("address", refusal)


def addresses_here(host: str, port: int, resolve: Resolver) -> list[str]:
    """What a name resolves to on this machine, which need not be able to resolve any."""
    try:
        return resolve(host, port)
    except (OSError, UnicodeError):
        return []


def refusal_of(rules: Guard, host: str, port: int, addresses: list[str]) -> str:
    """Every address counts, since the proxy may choose any of them."""
    try:
        addresses = [str(ip_address(host))]
    except ValueError:
        if odd_number(host):
            return f"{host[:80]} is not how an address is written"
    if not addresses:
        return rules.refusal_by_name(host, port)
    return next(filter(None, (rules.refusal(host, port, each) for each in addresses)), "")


def odd_number(host: str) -> bool:
    """Whether it may be read as a number: 010.0.0.1 is 8.0.0.1 to some and 10.0.0.1 to others; no public name
    ends in one (WHATWG URL, 3.5), and none has a percent sign, which some proxies decode.
    """
    last = host.rstrip(".").rpartition(".")[2]
    return "%" in host or re.fullmatch(r"[0-9]+|0x[0-9a-f]*", last, re.IGNORECASE) is not None
