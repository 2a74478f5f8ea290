"""JSON columns. A failing disk may damage them without SQLite noticing: an unreadable value is skipped and
reported, and the rest is used."""

import json
import logging
from functools import lru_cache
from typing import Any, TypeVar

LOG = logging.getLogger("aggregator")
CALLED = {"more": "details", "source_tags": "tags"}
Kind = TypeVar("Kind", list[Any], dict[str, Any])


def texts(row: dict[str, Any], column: str) -> tuple[str, ...]:
    return tuple(each for each in read_json(row, column, list[Any]()) if isinstance(each, str))


def values(row: dict[str, Any], column: str) -> dict[str, Any]:
    return read_json(row, column, dict[str, Any]())


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
