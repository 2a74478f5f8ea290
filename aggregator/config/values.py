"""One TOML value -> one Python value. Each reader raises ValueError with a message for the user."""

import difflib
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar, get_args
from zoneinfo import available_timezones

from aggregator.model import Part, Rule
from aggregator.text.headers import header_pair, unique_headers
from aggregator.text.patterns import check_pattern, words_pattern

DURATION = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(s|m|h|d|w)")
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
SIZE = re.compile(r"([0-9]{1,18})\s*(kB|MB|GB)?")
BYTES = {None: 1, "kB": 1000, "MB": 1000**2, "GB": 1000**3}
LANGUAGE = re.compile(r"(?:[a-z]{2,3}|[ix](?=-))(?:-[a-z0-9]{1,8})*", re.IGNORECASE)  # RFC 5646
# Characters that move a terminal's cursor, reverse its text, or are forbidden in XML. The joiners of Persian
# and of emoji, which Python calls unprintable, are allowed.
UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
SLUG = re.compile("[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
RESERVED = ("index", "search", "sources", "stories", "healthz", "websub")
LONGEST = 1000  # characters of one line
PART, WHOLE = 255, 3000  # bytes of a file's name and of a path; Linux takes 255 and 4095

Reader = Callable[[Any], Any]
Bounded = TypeVar("Bounded", int, timedelta)


def shown(given: Any) -> str:
    """The value as error messages quote it: one line of at most 100 characters."""
    try:
        said = repr(given)
    except (ValueError, RecursionError):
        return "a value this large"
    return said if len(said) <= 100 else f"{said[:99]}…"


def text(given: Any) -> str:
    if not isinstance(given, str):
        raise ValueError(f"{shown(given)} is not a string in quotes")
    return given


def line(given: Any) -> str:
    """A name or title of one line, without surrounding blanks."""
    written = text(given).strip()
    if not written:
        raise ValueError("is empty")
    if UNPRINTABLE.search(written):
        raise ValueError(f"{shown(given)} has characters that cannot be printed in one line")
    if len(written) > LONGEST:
        raise ValueError(f"{shown(given)} has more than {LONGEST} characters")
    return written


def whole(given: Any) -> int:
    if not isinstance(given, int) or isinstance(given, bool):
        raise ValueError(f"{shown(given)} is not a whole number")
    return given


def switch(given: Any) -> bool:
    if not isinstance(given, bool):
        raise ValueError(f"{shown(given)} is neither true nor false")
    return given


def within(read: Callable[[Any], Bounded], low: Any, high: Any) -> Callable[[Any], Bounded]:
    """Limits the values of `read`; bounds are written as in the file, and error messages quote them so."""
    least, most = read(low), read(high)

    def bounded(given: Any) -> Bounded:
        value = read(given)
        if not least <= value <= most:
            raise ValueError(f"{shown(given)} is not between {low} and {high}")
        return value

    return bounded


def duration(given: Any) -> timedelta:
    match = DURATION.fullmatch(given) if isinstance(given, str) else None
    if not match:
        raise ValueError(f'{shown(given)} is not a duration like "90s", "30m", "6h", "2d"')
    try:
        return timedelta(seconds=float(match[1]) * SECONDS[match[2]])
    except OverflowError:
        return timedelta.max


def size(given: Any) -> int:
    written = str(whole(given)) if isinstance(given, int) and abs(given) < 10**18 else given
    match = SIZE.fullmatch(written) if isinstance(written, str) else None
    if not match:
        raise ValueError(f'{shown(given)} is not a size like "15MB"')
    return int(match[1]) * BYTES[match[2]]


def contact(given: Any) -> str:
    written = text(given)
    if not written.isascii() or not written.isprintable() or len(written) > LONGEST:
        raise ValueError(f"{shown(given)} has characters that are not allowed in a header, or too many")
    return written


def headers(given: Any) -> tuple[tuple[str, str], ...]:
    """Messages never quote a value, which may be a secret."""
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise ValueError('is not a table like { "X-Key" = "value" }')
    return unique_headers(header_pair(name, value) for name, value in given.items())


def language(given: Any) -> str:
    written = text(given)
    if written and (len(written) > 100 or not LANGUAGE.fullmatch(written)):
        raise ValueError(f'{shown(given)} is not a language tag like "en" or "pt-BR"')
    return written


def timezone(given: Any) -> str:
    written = text(given)
    known = available_timezones()
    if written not in known:
        near = difflib.get_close_matches(written[:100], known, 1, 0.6)
        hint = f"; did you mean {near[0]!r}?" if near else ' like "Europe/Berlin"'
        raise ValueError(f"{shown(given)} is not a time zone{hint}")
    return written


def slug(given: Any) -> str:
    """A name for files and addresses; dots are excluded, because they separate the format."""
    if not SLUG.fullmatch(text(given)):
        raise ValueError(f"{shown(given)} may only contain lower-case letters, digits and hyphens")
    if given in RESERVED:
        raise ValueError(f"{shown(given)} is reserved for another page")
    return text(given)


def one_of(*known: str) -> Reader:
    def read(given: Any) -> str:
        if text(given) not in known:
            raise ValueError(f"{shown(given)} is not one of {', '.join(known)}")
        return text(given)

    return read


def some(read: Reader) -> Reader:
    """A list without duplicates that must not be empty."""

    def filled(given: Any) -> tuple[Any, ...]:
        found = tuple(dict.fromkeys(read(given)))
        if not found:
            raise ValueError("is empty")
        return found

    return filled


def rule(given: Any) -> Rule:
    """`word`, `several words` or `/expression/`, optionally after `title:` or another part."""
    written = line(given)
    part, colon, rest = written.partition(":")
    if colon and part in get_args(Part):
        return Rule(expression(rest.strip()), part)  # type: ignore[arg-type]
    return Rule(expression(written))


def expression(written: str) -> str:
    if not written:
        raise ValueError("has no search words")
    if len(written) > 2 and written[0] == written[-1] == "/":
        try:
            check_pattern(written[1:-1])
        except ValueError as e:
            raise ValueError(f"{shown(written)} is not a valid regular expression: {e}") from e
        return written[1:-1]
    return words_pattern(written)


def location(given: Any) -> Path:
    written = text(given)
    if not written.strip():
        raise ValueError("is empty")
    data = written.encode(errors="replace")
    if UNPRINTABLE.search(written) or len(data) > WHOLE or max(map(len, data.split(b"/"))) > PART:
        raise ValueError(f"{shown(given)} cannot be the path of a file")
    path = Path(written)
    return path.expanduser() if path.parts[:1] == ("~",) else path


def file_ending(*endings: str) -> Callable[[Any], Path]:
    def read(given: Any) -> Path:
        path = location(given)
        if path.suffix.lower() not in endings:
            raise ValueError(f"{shown(given)} does not end in {' or '.join(endings)}")
        return path

    return read


def listed(one: Reader, what: str) -> Callable[[Any], tuple[Any, ...]]:
    def read(given: Any) -> tuple[Any, ...]:
        if not isinstance(given, list):
            raise ValueError(f"{shown(given)} is not a list of {what}")
        return tuple(one(each) for each in given)

    return read
