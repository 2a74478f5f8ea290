"""A parsed document with its warnings and repairs as plain JSON values, for `aggregator parse`."""

from __future__ import annotations

from typing import Any

from aggregator.cli.answers import json_value
from aggregator.visit.document import ReadDocument


def describe(read: ReadDocument) -> dict[str, Any]:
    """Omits empty values, except that there are no entries."""
    return {"format": read.format, **_filled(json_value(read)), "entries": _filled(json_value(read.entries))}


def _filled(value: Any) -> Any:
    if isinstance(value, list):
        return [_filled(part) for part in value]
    if not isinstance(value, dict):
        return value
    filled = {key: _filled(part) for key, part in value.items()}
    return {key: part for key, part in filled.items() if part not in ("", None, [], {}, 0)}
