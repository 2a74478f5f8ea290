"""robots.txt: which pages of a site a program may fetch (RFC 9309). Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

LONGEST = 512_000  # characters that are read; RFC 9309, 2.5 asks for 500 KiB
ANYBODY = "*"


@dataclass(frozen=True, slots=True)
class RobotsRule:
    allows: bool
    pattern: str
    """The beginning of a path; * stands for anything, $ for the end."""


def robots_rules(text: str, name: str) -> tuple[RobotsRule, ...]:
    """The rules for the program `name`: those of all its groups, else those for anybody."""
    ours = name.lower(), ANYBODY  # the only ones kept: many names times many rules would fill the memory
    groups: dict[str, list[RobotsRule]] = {}
    named: set[str] = set()
    begun = False  # whether the group has a rule, so that another user-agent begins the next
    for key, value in robots_lines(text):
        if key == "user-agent":
            named = set() if begun else named
            begun = False
            if value.lower() in ours:
                named.add(value.lower())
                groups.setdefault(value.lower(), [])
        elif key in ("allow", "disallow"):
            begun = True
            for each in named:
                groups[each] += [RobotsRule(key == "allow", written_path(value))] if value else []
    return tuple(groups.get(name.lower(), groups.get(ANYBODY, [])))


def robots_lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text[:LONGEST].lstrip("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def may_fetch(rules: tuple[RobotsRule, ...], address: str) -> bool:
    """The longest matching pattern decides; of two equally long ones, the one that allows."""
    parts = urlsplit(address)
    path = written_path((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    fitting = [(len(rule.pattern), rule.allows) for rule in rules if pattern_fits(rule.pattern, path)]
    return max(fitting, default=(0, True))[1]


def pattern_fits(pattern: str, path: str) -> bool:
    """In linear time, since a stranger wrote both."""
    start, *pieces = pattern.removesuffix("$").split("*")
    end = (pieces.pop() if pieces else None) if pattern.endswith("$") else ""
    if not path.startswith(start):
        return False
    at = len(start)
    for piece in pieces:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if end is None:
        return at == len(path)
    return path.endswith(end) and len(path) - len(end) >= at


def written_path(path: str) -> str:
    """One spelling of a path: which characters are percent-encoded is up to the writer."""
    return quote(unquote(path), safe="/?*$&=+,;:@!'()~-._%")
