"""Addresses from foreign files and pages: accepts only those that can be fetched from the web."""

import re
from urllib.parse import urlsplit

from aggregator.subscriptions.line import UNPRINTABLE

LONGEST = 1000  # characters


def web_address(written: str) -> str:
    """The http or https address without a feed: prefix; "" for all else: file:, javascript:, commands."""
    address = written.strip()
    if len(address) > LONGEST or UNPRINTABLE.search(address):
        return ""
    if address.lower().startswith("feed:"):
        # feed:https://host/ and feed://host/ are both in use.
        rest = address[5:]
        address = "http:" + rest if rest.startswith("//") else rest
    if not re.fullmatch(r"https?://[^\s\x00-\x1f\x7f\\<>\"]+", address, re.IGNORECASE):
        return ""
    try:
        parts = urlsplit(address)
        return address if parts.hostname and parts.port != 0 else ""
    except ValueError:
        return ""
