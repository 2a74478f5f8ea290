"""A parsed document with its warnings and repairs as plain JSON values, for `aggregator parse`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aggregator.cli.answers import json_value
from aggregator.model import Entry, Parsed


def describe(parsed: Parsed, entries: Sequence[Entry]) -> dict[str, Any]:
    """`entries`: the normalised drafts in their order. Omits empty values."""
    return {
        "format": parsed.format,
        **_filled({"title": parsed.title, "url": parsed.url, "language": parsed.language}),
        **_filled({"rhythm": json_value(parsed.rhythm), "notes": list(parsed.notes)}),
        "entries": [_filled(json_value(entry)) for entry in entries],
    }


def _filled(value: Any) -> Any:
    if isinstance(value, list):
        return [_filled(part) for part in value]
    if not isinstance(value, dict):
        return value
    filled = {key: _filled(part) for key, part in value.items()}
    return {key: part for key, part in filled.items() if part not in ("", None, [], {}, 0)}
