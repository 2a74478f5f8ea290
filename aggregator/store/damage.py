"""Texts in JSON that rows keep. A failing disk makes anything of them, and SQLite does not notice: what
cannot be read is left out and told, and the others go on."""

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
    """`nothing`: what a damaged one is taken for."""
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
    """Once a process: rows are read all day."""
    LOG.warning("%s: the %s of its entry %.200r are damaged in the database: left out", source, what, uid)
