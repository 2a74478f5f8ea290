"""Header lines that people configure: which may be sent. Messages never quote a value: it may be a secret."""

import re
from collections.abc import Iterable, Iterator

TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")  # RFC 9110, 5.6.2
VALUE = re.compile(r"[\x21-\x7e\xa0-\xff](?:[\x20-\x7e\xa0-\xff\t]*[\x21-\x7e\xa0-\xff])?")
LONGEST = 8000  # characters of a value; many servers refuse longer headers
OURS = {
    "accept-encoding", "connection", "content-length", "content-type", "expect", "host", "if-match",
    "if-modified-since", "if-none-match", "if-range", "if-unmodified-since", "keep-alive",
    "proxy-authorization", "proxy-connection", "range", "te", "trailer", "transfer-encoding", "upgrade",
}  # fmt: skip
"""Ours to send: another value would break the connection, or what we know about the document."""


def header_pair(name: str, value: str) -> tuple[str, str]:
    """Returns the pair, the value without surrounding blanks. Raises ValueError."""
    if not TOKEN.fullmatch(name):
        raise ValueError("the name of a header has only letters, digits and hyphens")
    if name.lower() == "user-agent":
        raise ValueError(f"{name}: has a key of its own, user_agent")
    if name.lower() in OURS:
        raise ValueError(f"{name}: is ours to send")
    value = value.strip()
    if len(value) > LONGEST or not VALUE.fullmatch(value):
        raise ValueError(f"{name}: its value is empty, too long, or has characters that no header may have")
    return name, value


def header_lines(text: str) -> Iterator[tuple[str, str]]:
    """From lines like "Name: value"; skips blank lines and those that start with #. Raises ValueError."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            name, colon, value = line.partition(":")
            if not colon:
                raise ValueError(f'line {number}: is not like "Name: value"')
            try:
                yield header_pair(name.strip(), value)
            except ValueError as e:
                raise ValueError(f"line {number}: {e}") from e


def unique_headers(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Of several with one name in any case, the last."""
    return tuple({name.lower(): (name, value) for name, value in pairs}.values())
