"""Planning's state of a source, as JSON that older and newer versions can both read."""

import json
from dataclasses import fields, replace
from datetime import datetime, timedelta
from sqlite3 import DatabaseError
from typing import Any

from aggregator.model import Rhythm, SourceState
from aggregator.store.columns import moment_of_stamp, stamp

SPANS = ("gap",)
MOMENTS = ("answered", "newest", "moved_since")


def dump(memory: SourceState) -> str:
    found = {name: getattr(memory, name) for name in NAMES}  # asdict() takes twenty times as long
    found["rhythm"] = {name: getattr(memory.rhythm, name) for name in OF_RHYTHM}
    return json.dumps({name: value for name, value in found.items() if value}, default=plain_value)


def moved(text: str, by: timedelta) -> str:
    """The state as if everything in it had happened later `by` that much."""
    memory = load_state(text)
    return dump(replace(memory, **{key: at + by for key in MOMENTS if (at := getattr(memory, key))}))


def plain_value(value: datetime | timedelta) -> str | float:
    return stamp(value) if isinstance(value, datetime) else value.total_seconds()


def load_state(text: str) -> SourceState:
    """Skips keys of other versions and damaged values: planning learns them again."""
    try:
        return understood(json.loads(text))
    except (ValueError, TypeError, AttributeError, DatabaseError):
        return SourceState()


def understood(found: dict[str, Any]) -> SourceState:
    known = {key: found[key] for key in found if key in NAMES}
    for key in MOMENTS:
        if key in known:
            known[key] = moment_of_stamp(known[key])
    for key in SPANS:
        if key in known:
            known[key] = timedelta(seconds=known[key])
    if "rhythm" in known:
        known["rhythm"] = rhythm(known["rhythm"])
    return SourceState(**known)


def rhythm(found: dict[str, Any]) -> Rhythm:
    every = found.get("every")
    return Rhythm(
        every=timedelta(seconds=every) if every is not None else None,
        skip_hours=tuple(found.get("skip_hours", ())),
        skip_days=tuple(found.get("skip_days", ())),
    )


NAMES = [field.name for field in fields(SourceState)]
OF_RHYTHM = [field.name for field in fields(Rhythm)]
