"""Compares two addresses of one source's pages or recordings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, urlsplit

Relation = Literal[
    "same",  # apart from sessions
    "moved",  # the same path on another host
    "slug",  # the same last part of the path, made of words
    "other",
    "none",  # one of them does not identify a page
]
SENDERS = r"ref|referr?er|mod|source|src|from|via|rss|feed|partner|campaign"
SESSION = re.compile(
    r"(?:^|[_-])(?:sid|s?ess?(?:ion)?(?:_?id)?|phpsessid|jsessionid|cfid|cftoken|cookie|token|nonce|rand(?:om)?"
    rf"|rnd|cachebuster|nocache|cb|ts|timestamp)$|^(?:{SENDERS})$",
    re.IGNORECASE,
)
"""Names of parameters that hold a session, or say who sent the reader: not which page, if the rest agrees."""
NUMBERED = re.compile(rf"sid|ts|{SENDERS}", re.IGNORECASE)
"""Those of them under which some sites give the number of an article ("?sid=137")."""
NUMBER = re.compile(r"\d{1,9}")
RANDOM = re.compile(r"(?=.*\d)(?=.*[a-z])[\w-]{6,}|\d{10,}|0\.\d+|[0-9a-f]{16,}", re.IGNORECASE)
"""Generated values: mixed letters and digits, timestamps, fractions, digests."""
MATRIX = re.compile(r";[^/]*")
"""Parameters inside a path (";jsessionid=…")."""
ENDING = re.compile(r"\.(?:html?|php|aspx?|md)$")
SLUG = re.compile(r"[^\W\d_]{3,}[-_ ].*[^\W\d_]{2,}")


def pages(one: str, two: str) -> Relation:
    """How two canonical addresses are related; a front page does not identify a page."""
    ours, theirs = urlsplit(one), urlsplit(two)
    if front(ours) or front(theirs):
        return "none"
    if one == two:
        return "same"
    path, other = path_of(ours), path_of(theirs)
    if path == other and ours.fragment == theirs.fragment and sessions(ours.query, theirs.query):
        if ours.netloc == theirs.netloc:
            return "same"
        return "moved" if path.strip("/") or ours.query else "other"
    last, its = path.rpartition("/")[2], other.rpartition("/")[2]
    if last == its and SLUG.search(last) and ours.query == theirs.query and not parted(path, other):
        return "slug"
    return "other"


def front(parts: SplitResult) -> bool:
    return parts.path in {"", "/"} and not parts.query and not parts.fragment


def path_of(parts: SplitResult) -> str:
    return ENDING.sub("", MATRIX.sub("", parts.path).rstrip("/"))


def sessions(one: str, two: str) -> bool:
    """Whether two queries differ only in sessions and random values."""
    ours, theirs = dict(parse_qsl(one, True)), dict(parse_qsl(two, True))
    differing = {name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)}
    return all(is_session(name, ours.get(name, ""), theirs.get(name, "")) for name in differing)


def is_session(name: str, one: str, two: str) -> bool:
    """Whether two values of a parameter, "" where it is missing, may belong to one page."""
    if NUMBERED.fullmatch(name) and NUMBER.fullmatch(one) and NUMBER.fullmatch(two):
        return False
    return SESSION.search(name) is not None or by_chance(one, two)


def by_chance(one: str, two: str) -> bool:
    return bool(RANDOM.fullmatch(one) and RANDOM.fullmatch(two))


def parted(one: str, two: str) -> bool:
    """Each path has numbers before its last part that the other lacks: probably another date."""
    ours, theirs = ({part for part in path.split("/")[:-1] if part.isdigit()} for path in (one, two))
    return bool(ours - theirs and theirs - ours)


def recordings(ours: Sequence[str], theirs: Sequence[str]) -> Literal["same", "other", "none"]:
    """Compares paths only: host and query hold counters and signatures."""
    if not ours or not theirs:
        return "none"
    one, two = ({urlsplit(each).path for each in side} for side in (ours, theirs))
    if one & two - {"", "/"}:
        return "same"
    # A recording that moves keeps its file name, or has an uninformative one ("audio.mp3").
    names = [{path.rpartition("/")[2] for path in side} for side in (one, two)]
    return "none" if names[0] & names[1] else "other"
