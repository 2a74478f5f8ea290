"""Addresses as people and servers write them -> httpx.URL, or a fault with a name. Pure."""

import re

import httpx

from aggregator.errors import SourceError


def parsed(address: str, base: httpx.URL | None = None) -> httpx.URL:
    """Raises SourceError("address"): unusable, or neither http nor https."""
    sent = "redirected to " if base else ""
    try:
        # Latin-1 was only how the bytes travelled; a Location that is not ASCII is UTF-8.
        address = address.encode("latin-1").decode("utf-8") if base else address
        url = base.join(address) if base else httpx.URL(address)
    except (httpx.InvalidURL, ValueError) as e:
        raise SourceError("address", f"{sent}{address[:200]!r}, which is no address") from e
    if base and not address:
        raise SourceError("protocol", "a redirect that does not say where to")
    web_address = url.scheme in ("http", "https") and url.host and 0 < (url.port or 80) < 65536
    # Browsers end the host at a backslash, httpx does not: nobody means well with it.
    if not web_address or re.match(r"[^?#]*//[^/?#]*\\", address):
        raise SourceError("address", f"{sent}{address[:200]!r}, which is no http or https address")
    # Each copy parses the address again: a fifth of the CPU time of a visit.
    return url.copy_with(fragment=None) if url.fragment else url


def bare(url: httpx.URL) -> str:
    """Without user and password, which belong into no log and no feed."""
    return str(url.copy_with(userinfo=b"") if url.userinfo else url)


def path(url: httpx.URL) -> str:
    """Without the query, where redirects put signatures that expire."""
    return bare(url).partition("?")[0]
