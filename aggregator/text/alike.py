"""Many lines that differ only in a name or an address: the first of them, and how many there are."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

SHOWN = 3
DIFFERENT = re.compile(r"""'[^']*'|"[^"]*"|\b\d+(?:\.\d+){3}\b|\b[0-9a-f]*(?::[0-9a-f]*){2,7}\b""")
"""What is quoted, and IP addresses."""


def condensed(lines: Iterable[str]) -> Iterator[str]:
    """Keeps the first SHOWN of each kind, with the number of the others."""
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for line in lines:
        kinds[DIFFERENT.sub("", line)].append(line)
    for alike in kinds.values():
        *first, last = alike[:SHOWN]
        yield from first
        more = len(alike) - SHOWN
        yield f"{last} ({more} more like this)" if more > 0 else last
