"""What strangers call things, as a name that a configuration can hold."""

import re

# What XML 1.0 forbids, what moves a terminal's cursor, and what turns the text around it.
UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
LONGEST = 900  # characters; the configuration takes a thousand, and a number may follow


def printable_line(text: str) -> str:
    return UNPRINTABLE.sub("", " ".join(text.split()))[:LONGEST].strip()
