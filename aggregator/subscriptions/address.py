"""Addresses from foreign files and pages: accepts only those that can be fetched from the web."""

import re
from urllib.parse import urlsplit

from aggregator.subscriptions.line import UNPRINTABLE
from aggregator.text.urls import without_feed_scheme

LONGEST = 1000  # characters
HANDLE = re.compile(r"@([\w.-]+)@([\w-]+(?:\.[\w-]+)+)")  # of Mastodon and its like


def typed_address(written: str) -> str:
    """What a person types: an address, perhaps without https://, or a name like @user@mastodon.example."""
    if name := HANDLE.fullmatch(written.strip()):
        return f"https://{name[2]}/@{name[1]}"
    address = without_feed_scheme(written.strip())
    return address if "://" in address else f"https://{address}"


def web_address(written: str) -> str:
    """The http or https address without a feed: prefix; "" for all else: file:, javascript:, commands."""
    address = without_feed_scheme(written.strip())
    if len(address) > LONGEST or UNPRINTABLE.search(address):
        return ""
    if not re.fullmatch(r"https?://[^\s\x00-\x1f\x7f\\<>\"]+", address, re.IGNORECASE):
        return ""
    try:
        parts = urlsplit(address)
        return address if parts.hostname and parts.port != 0 else ""
    except ValueError:
        return ""
