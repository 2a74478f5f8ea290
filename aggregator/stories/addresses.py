"""How two addresses of one source's pages, or of its recordings, are related."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, urlsplit

Relation = Literal[
    "same",  # but for sessions
    "moved",  # the same path on another host
    "slug",  # the last part of the path, which has words in it
    "other",
    "none",  # one of them names no page
]
SESSION = re.compile(
    r"(?:^|[_-])(?:sid|s?ess?(?:ion)?(?:_?id)?|phpsessid|jsessionid|cfid|cftoken|cookie|token|nonce|rand(?:om)?"
    r"|rnd|cachebuster|nocache|cb|ts|timestamp)$",
    re.IGNORECASE,
)
RANDOM = re.compile(r"(?=.*\d)(?=.*[a-z])[\w-]{6,}|\d{10,}|0\.\d+|[0-9a-f]{16,}", re.IGNORECASE)
"""Values that nobody chose: letters and digits in one, moments, fractions, digests."""
MATRIX = re.compile(r";[^/]*")
"""Parameters inside a path (";jsessionid=…")."""
ENDING = re.compile(r"\.(?:html?|php|aspx?|md)$")
SLUG = re.compile(r"[^\W\d_]{3,}[-_ ].*[^\W\d_]{2,}")


def pages(one: str, two: str) -> Relation:
    """Of canonical addresses. A front page names no page."""
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
    """Whether two queries differ in nothing but what a session or chance puts there."""
    ours, theirs = dict(parse_qsl(one, True)), dict(parse_qsl(two, True))
    differing = {name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)}
    return all(
        SESSION.search(name) or (name in ours and name in theirs and by_chance(ours[name], theirs[name]))
        for name in differing
    )


def by_chance(one: str, two: str) -> bool:
    return bool(RANDOM.fullmatch(one) and RANDOM.fullmatch(two))


def parted(one: str, two: str) -> bool:
    """Both have numbers on the way to the last part, and neither has all of the other's: another date."""
    ours, theirs = ({part for part in path.split("/")[:-1] if part.isdigit()} for path in (one, two))
    return bool(ours - theirs and theirs - ours)


def recordings(ours: Sequence[str], theirs: Sequence[str]) -> Literal["same", "other", "none"]:
    """By path, whatever the host and the query, which count and sign."""
    if not ours or not theirs:
        return "none"
    one, two = ({urlsplit(each).path for each in side} for side in (ours, theirs))
    if one & two - {"", "/"}:
        return "same"
    # A recording that moves keeps its file's name, or has one that says nothing ("audio.mp3").
    names = [{path.rpartition("/")[2] for path in side} for side in (one, two)]
    return "none" if names[0] & names[1] else "other"
