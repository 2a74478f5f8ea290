"""Reads the response headers that matter for the next visit. Validators are opaque and stay unchanged."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

Headers = Mapping[str, tuple[str, ...]]

LONGEST_VALIDATOR = 4096  # characters; a longer one would make every later request fail at the server
LONGEST_HINT = timedelta(days=366)  # prevents overflow by absurd numbers; plan/ sets the real limits
OPAQUE = re.compile(r"[\x20-\x7e\x80-\xff]+")


def header_table(raw: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Lower-case name -> values in order. Latin-1, because it round-trips every byte."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in raw:
        key = name.decode("latin-1").lower()
        found[key] = (*found.get(key, ()), value.decode("latin-1").strip())
    return found


def first(headers: Headers, name: str) -> str:
    return headers.get(name, ("",))[0]


def validator(headers: Headers, name: str) -> str:
    """ETag or Last-Modified as received; "" when we could not send it back."""
    value = first(headers, name)
    return value if len(value) <= LONGEST_VALIDATOR and OPAQUE.fullmatch(value) else ""


def fresh_for(headers: Headers, now: datetime) -> timedelta | None:
    """How long the answer stays fresh (RFC 9111, 4.2): max-age, else Expires less Date; less Age."""
    directives = cache_control(headers)
    if "no-cache" in directives or "no-store" in directives:
        return None
    if "max-age" in directives:
        lasts = seconds(directives["max-age"])
    else:
        expires = http_date(first(headers, "expires"))
        started = http_date(first(headers, "date")) or now
        lasts = min(expires - started, LONGEST_HINT) if expires else None
    age = seconds(first(headers, "age")) or timedelta()
    return lasts - age if lasts is not None and lasts > age else None


def retry_after(headers: Headers, now: datetime) -> timedelta | None:
    """Retry-After in seconds or as a date, counted from the server's own Date. None: absent or absurd."""
    value = first(headers, "retry-after")
    wait = seconds(value)
    if wait is None:
        until = http_date(value)
        started = http_date(first(headers, "date")) or now
        wait = min(until - started, LONGEST_HINT) if until else None
    return wait if wait is not None and wait > timedelta() else None


def cache_control(headers: Headers) -> dict[str, str]:
    parts = ",".join(headers.get("cache-control", ())).split(",")
    pairs = (part.partition("=") for part in parts)
    found: dict[str, str] = {}
    for name, _, value in pairs:
        found.setdefault(name.strip().lower(), value.strip(' \t"'))
    return found


def seconds(value: str) -> timedelta | None:
    """Reads "120" and, because some servers send it, "12.5". None for anything else."""
    if not re.fullmatch(r"[0-9]{1,300}(\.[0-9]{1,9})?", value):
        return None
    return timedelta(seconds=min(float(value), LONGEST_HINT.total_seconds()))


def http_date(value: str) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(value)
        return parsed.replace(tzinfo=parsed.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
