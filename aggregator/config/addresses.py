"""Addresses of hosts, networks and web pages, as a person writes them."""

import re
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from aggregator.config.values import line, shown, text, whole, within
from aggregator.text.urls import without_feed_scheme

LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
HOST = re.compile(rf"(?=.{{1,253}}$){LABEL}(?:\.{LABEL})*\.?", re.IGNORECASE)
DOOR = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^\[\]:/\s]+):([0-9]{1,5})")
SCHEDULERS = ("tcp", "tls")
PROXIES = ("http", "https", "socks5", "socks5h")

port = within(whole, 1, 65535)


def host(given: Any) -> str:
    written = line(given)
    try:
        ip_address(written)
    except ValueError:
        if not HOST.fullmatch(written):
            raise ValueError(f"{shown(given)} is neither an address nor the name of a host") from None
    return written


def network(given: Any) -> str:
    """A network like 10.0.0.0/8, or one port of a host like localhost:8000."""
    written = line(given)
    door = DOOR.fullmatch(written)
    try:
        if door:
            host(door[1].strip("[]"))
            port(int(door[2]))
        else:
            ip_network(written)
    except ValueError:
        raise ValueError(f'{shown(given)} is neither a network like "10.0.0.0/8" nor host:port') from None
    return written


def web_start(given: Any) -> str:
    """Checks only that the address starts with http:// or https://. A source whose address is otherwise wrong
    must not stop the others: its visits fail, and `check` reports it.
    """
    written = without_feed_scheme(line(given))
    if not re.match("https?://", written, re.IGNORECASE):
        raise ValueError(f"{shown(given)} does not start with http:// or https://")
    return written


def web(given: Any) -> str:
    """A well-formed web address; whether it may be visited is decided elsewhere."""
    written = web_start(given)
    try:
        parts = urlsplit(written)
        good = parts.hostname and parts.port != 0 and not re.search(r"[\s\\]", written)
    except ValueError:  # an unclosed bracket, a port beyond 65535
        good = False
    if not good:
        raise ValueError(f"{shown(given)} is not an address like https://example.org/feed")
    return written


def proxy(given: Any) -> str:
    """The address of a proxy, or "" for none. Messages do not quote it: it may contain a password."""
    written = text(given).strip()
    try:
        parts = urlsplit(written)
        good = parts.scheme in PROXIES and host(parts.hostname) and parts.port and parts.path in ("", "/")
    except ValueError:
        good = False
    if written and (not good or parts.query or parts.fragment or not re.fullmatch(r"[\x21-\x7e]+", written)):
        raise ValueError(f"is not an address like http://proxy.example:3128 ({', '.join(PROXIES)})")
    return written


def scheduler(given: Any) -> str:
    """The address of a Dask scheduler, or "" for none."""
    written = text(given).strip()
    try:
        parts = urlsplit(written)
        good = parts.scheme in SCHEDULERS and host(parts.hostname) and parts.port
        good = good and parts.username is None and not parts.path + parts.query + parts.fragment
    except ValueError:
        good = False
    if written and not good:
        raise ValueError(f"{shown(given)} is not an address like tcp://scheduler:8786 (or tls://)")
    return written


def site(given: Any) -> str:
    """The address below which our files are published; may be empty."""
    if text(given) == "":
        return ""
    parts = urlsplit(web(given))
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError(f"{shown(given)} must be an address alone, like https://example.org/news/")
    return web(given)


def hub(given: Any) -> str:
    """Published in every feed and sent in a header: ASCII only, without a password."""
    written = web(given)
    if not written.isascii() or re.search(r'[<>"#]', written) or "@" in urlsplit(written).netloc:
        raise ValueError(f"{shown(given)} is not an address like https://hub.example.org/")
    return written
