"""How columns hold values: times and JSON as text, sets of row numbers as JSON.

A failing disk may damage JSON without SQLite noticing: an unreadable value is skipped and reported, and the
rest is used.
"""

import json
import logging
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeVar

LOG = logging.getLogger("aggregator")
CALLED = {"more": "details", "source_tags": "tags"}
Kind = TypeVar("Kind", list[Any], dict[str, Any])
NEVER = "9999-12-31T23:59:59.999999Z"


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def moment_of_stamp(stamp: str) -> datetime:
    try:
        return datetime.fromisoformat(stamp)
    except ValueError as e:  # SQLite does not notice a flipped bit in a text
        raise sqlite3.DatabaseError(f"{stamp[:40]!r} should be a time") from e


def stamp_or_none(when: datetime | None) -> str | None:
    return stamp(when) if when else None


def moment_or_none(text: str | None) -> datetime | None:
    return moment_of_stamp(text) if text else None


def id_list(numbers: Iterable[int]) -> str:
    """For json_each(), so that one statement can take a set of them."""
    return f"[{','.join(map(str, sorted(numbers)))}]"


def texts(row: dict[str, Any], column: str) -> tuple[str, ...]:
    if row[column] == "[]":  # most of them, and reading JSON is a fifth of reading a story
        return ()
    return tuple(each for each in read_json(row, column, list[Any]()) if isinstance(each, str))


def values(row: dict[str, Any], column: str) -> dict[str, Any]:
    return {} if row[column] == "{}" else read_json(row, column, dict[str, Any]())


def read_json(row: dict[str, Any], column: str, nothing: Kind) -> Kind:
    """`nothing`: the value to use for a damaged one."""
    try:
        found = json.loads(row[column])
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, type(nothing)):
        return found
    report_damage(CALLED.get(column, column), row["source"], row["uid"])
    return nothing


@lru_cache(1000)
def report_damage(what: str, source: str, uid: str) -> None:
    """Reports each damage once per process: rows are read all day."""
    LOG.warning("%s: the %s of its entry %.200r are damaged in the database: left out", source, what, uid)
