"""A parsed document with its warnings and repairs as plain JSON values, for `aggregator parse`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from typing import Any

from aggregator.model import Entry, Parsed


def describe(parsed: Parsed, entries: Sequence[Entry]) -> dict[str, Any]:
    """`entries`: the normalised drafts in their order. Omits empty values."""
    return {
        "format": parsed.format,
        **_filled({"title": parsed.title, "url": parsed.url, "language": parsed.language}),
        **_filled({"rhythm": _plain(parsed.rhythm), "notes": list(parsed.notes)}),
        "entries": [_plain(entry) for entry in entries],
    }


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return _filled({field.name: _plain(getattr(value, field.name)) for field in fields(value)})
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", None, [], {}, 0)}
