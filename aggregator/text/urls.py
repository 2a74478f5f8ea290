"""Addresses: cleans the links of documents, and decides whether two of them name the same page."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

# --- links of documents ---

MAX_URL = 4000  # characters; longer ones are data or attacks
LINK_SCHEMES = frozenset(
    ("http", "https", "mailto", "tel", "magnet", "xmpp", "irc", "ircs", "gemini", "geo", "ftp")
)

# Nearly all links: nothing to repair.
_PLAIN = re.compile(r"https?://[A-Za-z0-9.-]{1,250}(?::[0-9]{1,5})?(?:[/?][!#-;=?-~]{0,2000})?")
_BLANK = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]+")
_INNER = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")  # XML forbids the last ones


def web_link(link: str, base: str = "") -> str:
    """Returns an absolute http(s) address, or "" if the link is not one.

    Browsers ignore line breaks and control characters inside a link, so this removes them before any
    check; also halves of surrogate pairs, which documents cannot contain. It percent-encodes blanks
    inside.
    """
    if _PLAIN.fullmatch(link):
        return link
    if len(link) > 2 * MAX_URL:
        return ""
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


def without_feed_scheme(address: str) -> str:
    """feed:https://host/ and feed://host/ are both in use, and itpc and pcast for podcasts."""
    scheme, colon, rest = address.partition(":")
    if not colon or scheme.lower() not in ("feed", "itpc", "pcast"):
        return address
    return "http:" + rest if rest.startswith("//") else rest


# Query parameters that grant access; personal feeds have them in the address (feed_token, rsskey, auth).
_KEY = re.compile(
    r"token|secret|passw|pwd|credential|signature|auth(?!or(?!i[sz]))|key$|^(?:pass|sig|hash|sid|session)$",
    re.IGNORECASE,
)


def shareable(link: str) -> str:
    """Removes what grants access: user and password, and keys in the query. "" if the link is invalid."""
    if "@" not in link and "?" not in link:
        return link
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    pairs = parts.query.split("&")
    kept = [pair for pair in pairs if not _KEY.search(unquote(pair.partition("=")[0]).strip("[] "))]
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2], query="&".join(kept))
    return urlunsplit(bare) if (bare.netloc, len(kept)) != (parts.netloc, len(pairs)) else link


_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def without_keys(text: str) -> str:
    """With every address in it as shareable() has it."""
    return _ADDRESS.sub(lambda found: shareable(found[0]), text) if "://" in text else text


# --- pages ---

NAMES = [
    line
    for line in Path(__file__).with_name("trackers.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
TRACKERS = frozenset(name for name in NAMES if not name.endswith("*"))
TRACKER_FAMILIES = tuple(name[:-1] for name in NAMES if name.endswith("*"))
PORTS = {"http": ":80", "https": ":443"}
INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
AMP = re.compile(r"(?:/amp/?|\.amp(?:\.html)?)$")
# Most addresses of pages: already canonical, but for the scheme, "www." and the last slash.
_PLAIN_PAGE = re.compile(
    r"https?://(?:www\.)?+([a-z0-9-]+\.[a-z0-9.-]*[a-z0-9])((?:/[A-Za-z0-9_~-]+)+)(?<!/amp)/?"
)
TEXT_FRAGMENT = re.compile(r"^!?/")
"""A fragment that a script uses as a path ("#!/story/3") names a page; others name a place on it."""


def canonical(url: str) -> str:
    """The canonical spelling of a page's address: no scheme variants, trackers, "www." or default names.

    For comparisons only, not for fetching. "" if it is not an http(s) address.
    """
    if not url:
        return ""
    if plain := _PLAIN_PAGE.fullmatch(url):
        return f"https://{plain[1]}{plain[2]}"
    try:
        parts = urlsplit(_INNER.sub("", url).strip())
        host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:  # a broken IPv6 host
        return ""
    if parts.scheme.lower() not in PORTS or not host:
        return ""
    port = parts.netloc.rpartition("@")[2].removeprefix(parts.hostname or "")
    port = port if re.fullmatch(r":\d+", port) and port != PORTS[parts.scheme.lower()] else ""
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._%")
    path = AMP.sub("", INDEX.sub("/", re.sub(r"/{2,}", "/", path))).rstrip("/")
    fragment = parts.fragment if TEXT_FRAGMENT.match(parts.fragment) else ""
    return urlunsplit(("https", host + port, path or "/", kept(parts.query), fragment))


def kept(query: str) -> str:
    """The query without trackers, sorted."""
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode(sorted(pair for pair in pairs if not tracks(pair[0].lower())))


def tracks(name: str) -> bool:
    return name in TRACKERS or name.startswith(TRACKER_FAMILIES)
