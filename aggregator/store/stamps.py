"""Times as the database stores them: UTC, one width, so that text order is time order."""

import sqlite3
from datetime import UTC, datetime

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
