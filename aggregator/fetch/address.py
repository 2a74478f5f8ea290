"""Addresses as people and servers write them -> httpx.URL, or SourceError. Pure."""

import re

import httpx

from aggregator.errors import SourceError


def parsed(address: str, base: httpx.URL | None = None) -> httpx.URL:
    """Raises SourceError("address"): unusable, or neither http nor https."""
    sent = "redirected to " if base else ""
    try:
        # Headers are decoded as Latin-1; a Location that is not ASCII is UTF-8.
        address = address.encode("latin-1").decode("utf-8") if base else address
        url = base.join(address) if base else httpx.URL(address)
    except (httpx.InvalidURL, ValueError) as e:
        raise SourceError("address", f"{sent}{address[:200]!r}: not a valid address") from e
    if base and not address:
        raise SourceError("protocol", "a redirect without a Location")
    web_address = url.scheme in ("http", "https") and url.raw_host and 0 < (url.port or 80) < 65536
    # Browsers end the host at a backslash, httpx does not: such an address is an attack.
    if not web_address or re.match(r"[^?#]*//[^/?#]*\\", address):
        raise SourceError("address", f"{sent}{address[:200]!r}: only http and https are supported")
    # Copy only if necessary: copy_with parses the address again, a fifth of a visit's CPU time.
    return url.copy_with(fragment=None) if url.fragment else url


def bare(url: httpx.URL) -> str:
    """The URL without user and password, which must not appear in logs or feeds."""
    return str(url.copy_with(userinfo=b"") if url.userinfo else url)


def path(url: httpx.URL) -> str:
    """The URL without its query, where redirects put signatures that expire."""
    return bare(url).partition("?")[0]
