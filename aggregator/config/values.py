"""One TOML value -> one Python value. Each reader raises ValueError with words for a person."""

import re
from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(s|m|h|d|w)")
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
SIZE = re.compile(r"(\d+)\s*(kB|MB|GB)?")
BYTES = {None: 1, "kB": 1000, "MB": 1000**2, "GB": 1000**3}


class Size(int):
    """Bytes; written as `15MB` in the file."""


class Network(str):
    """Addresses that may be visited though they are private."""

    __slots__ = ()


class Contact(str):
    """What a publisher finds in the User-Agent."""

    __slots__ = ()


def text(given: Any) -> str:
    if not isinstance(given, str):
        raise ValueError(f"{given!r} is not a text in quotes")
    return given


def whole(given: Any) -> int:
    if not isinstance(given, int) or isinstance(given, bool):
        raise ValueError(f"{given!r} is not a whole number")
    return given


def network(given: Any) -> str:
    """A network like 10.0.0.0/8, or one door of a host like localhost:8000."""
    host, _, port = text(given).rpartition(":")
    if host and port.isdigit() and "/" not in given:
        return text(given)
    try:
        ip_network(given)
    except ValueError:
        raise ValueError(f'{given!r} is neither a network like "10.0.0.0/8" nor host:port') from None
    return text(given)


def contact(given: Any) -> str:
    if not text(given).isascii() or not text(given).isprintable():
        raise ValueError(f"{given!r} has characters that no header may have")
    return text(given)


def duration(given: Any) -> timedelta:
    match = DURATION.fullmatch(given) if isinstance(given, str) else None
    if not match:
        raise ValueError(f'{given!r} is not a duration like "90s", "30m", "6h", "2d"')
    return timedelta(seconds=float(match[1]) * SECONDS[match[2]])


def size(given: Any) -> Size:
    match = SIZE.fullmatch(str(given)) if isinstance(given, (str, int)) else None
    if not match:
        raise ValueError(f'{given!r} is not a size like "15MB"')
    return Size(int(match[1]) * BYTES[match[2]])


def listed(one: Callable[[Any], Any], what: str) -> Callable[[Any], tuple[Any, ...]]:
    def read(given: Any) -> tuple[Any, ...]:
        if not isinstance(given, list):
            raise ValueError(f"{given!r} is not a list of {what}")
        return tuple(one(each) for each in given)

    return read


READERS: dict[Any, Callable[[Any], Any]] = {
    str: text,
    int: whole,
    Size: size,
    Path: lambda given: Path(text(given)),
    timedelta: duration,
    tuple[str, ...]: listed(text, "texts"),
    tuple[Network, ...]: listed(network, "networks"),
    Contact: contact,
    tuple[int, ...]: listed(whole, "numbers"),
}
