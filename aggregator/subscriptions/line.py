"""Foreign titles -> names that a configuration can contain."""

import re

# Characters that XML 1.0 forbids, that move a terminal's cursor, or that reverse the text around them.
UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
LONGEST = 900  # characters; the configuration allows a thousand, and a number may follow


def printable_line(text: str) -> str:
    return UNPRINTABLE.sub("", " ".join(text.split()))[:LONGEST].strip()
