"""Times as the database keeps them: UTC, one width, so that text order is time order."""

from datetime import UTC, datetime

NEVER = "9999-12-31T23:59:59.999999Z"


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)


def stamp_or_none(when: datetime | None) -> str | None:
    return stamp(when) if when else None


def moment_or_none(text: str | None) -> datetime | None:
    return moment(text) if text else None
