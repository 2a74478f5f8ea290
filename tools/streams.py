"""Labelled streams, and altered copies for cases that the originals lack."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

Row = dict[str, Any]

STRETCH = timedelta(hours=120)
DENSE = timedelta(days=8)


def load(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as handle:
        return [json.loads(line) for line in handle if line.strip()]


def copies(rows: list[Row], random: Random) -> list[list[Row]]:
    """The stream itself, with stories stretched over days, compressed in time, and with titles only."""
    made = [rows, stretched(rows, random), dense(rows)]
    if sum(bool(row["text"]) and bool(row["title"]) for row in rows) > len(rows) / 2:
        made.append([{**row, "text": ""} for row in rows])
    return made


def stretched(rows: list[Row], random: Random) -> list[Row]:
    """Lengthens each story by up to STRETCH, keeping its order: from short-lived stories alone, a scorer
    learns "old means different"."""
    stories: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        stories[row["cluster"]].append(row)
    made = []
    for story in stories.values():
        more = STRETCH * random.random()
        for place, row in enumerate(story):
            made.append(at(row, time(row) + more * place / max(1, len(story) - 1)))
    return in_order(made)


def dense(rows: list[Row]) -> list[Row]:
    """The same order within DENSE, so that more stories are live at a time."""
    first, last = time(rows[0]), time(rows[-1])
    share = min(1.0, DENSE / (last - first)) if last > first else 1.0
    return in_order([at(row, first + (time(row) - first) * share) for row in rows])


def time(row: Row) -> datetime:
    return datetime.fromisoformat(row["published"])


def at(row: Row, when: datetime) -> Row:
    return {**row, "published": when.isoformat()}


def in_order(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["published"], row["id"]))
