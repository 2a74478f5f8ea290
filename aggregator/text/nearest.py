"""Suggests the known name that is closest to a mistyped one."""

from collections.abc import Iterable
from difflib import get_close_matches

NEAREST = 3
LONGEST = 100  # characters that are compared: the time is quadratic


def nearest_sources(known: Iterable[str], name: str) -> str:
    """ "; did you mean 'BBC News' or 'BBC Sport'?", or where the names are listed."""
    lowered = {each.casefold(): each for each in known}
    close = [repr(lowered[each]) for each in nearest_names(name.casefold(), lowered)]
    return f"; did you mean {' or '.join(close)}?" if close else ": `aggregator sources` lists them"


def nearest_names(name: str, known: Iterable[str]) -> list[str]:
    return get_close_matches(name[:LONGEST], list(known), NEAREST)
