"""Addresses: what a link of a document becomes, and which schemes it may have."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

# --- links of documents ---

MAX_URL = 4000  # characters; longer ones are data or attacks
LINK_SCHEMES = frozenset(
    ("http", "https", "mailto", "tel", "magnet", "xmpp", "irc", "ircs", "gemini", "geo", "ftp")
)

_BLANK = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]+")
_INNER = re.compile(r"[\x00-\x1f\x7f]+")


def web_link(link: str, base: str = "") -> str:
    """Absolute http(s) address, or "" when the link is none.

    Browsers ignore line breaks and control characters inside a link, so they are removed before
    anything is decided about it; blanks inside are percent-encoded.
    """
    link = _INNER.sub("", link).strip("\x20\x80\x85\xa0\u2028\u2029\ufeff")
    if not link or len(link) > MAX_URL:
        return ""
    try:
        if not urlsplit(link).scheme:
            link = urljoin(base, link)
        parts = urlsplit(link)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            return ""
    except ValueError:
        return ""
    return _BLANK.sub("%20", link).replace('"', "%22").replace("<", "%3C").replace(">", "%3E")
