"""Conditional requests (RFC 9110 §13): decides when to answer 304 Not Modified."""

from datetime import UTC
from email.utils import parsedate_to_datetime

from aggregator.serve.cache import Copy, Variant


def not_modified(copy: Copy, chosen: Variant, tags: bytes | None, since: bytes | None) -> bool:
    """If-None-Match, where sent, takes precedence (RFC 9110 §13.2.2)."""
    if tags is not None:
        return matches_etag(tags, chosen.tag)
    if since is None:
        return False
    try:
        # Not <=: a file of today may be older than one written while the clock was ahead.
        return copy.modified == parsedate_to_datetime(since.decode("latin-1")).astimezone(UTC)
    except (ValueError, OverflowError):
        return False


def matches_etag(tags: bytes, tag: bytes) -> bool:
    """Whether the list of tags in If-None-Match contains this one."""
    if tags == tag:
        return True
    return tags.strip() == b"*" or tag in [each.strip().removeprefix(b"W/") for each in tags.split(b",")]
