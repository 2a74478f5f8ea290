"""Reason <-> the columns of `members`."""

from datetime import timedelta
from typing import Any

from aggregator.model import Placement, Reason


def member(placement: Placement) -> dict[str, Any]:
    reason = placement.reason
    return {
        "entry": placement.entry,
        "story": placement.story,
        "affair": placement.affair or placement.story,
        "level": reason.level,
        "score": reason.score,
        "threshold": reason.threshold,
        "other": reason.other,
        "terms": " ".join(reason.terms),
        "gap": reason.gap.total_seconds(),
        "veto": reason.veto,
    }


def reason_of_row(row: dict[str, Any]) -> Reason:
    """The reason that member() stored."""
    plain = {name: row[name] for name in ("level", "score", "threshold", "other", "veto")}
    return Reason(**plain, terms=tuple(row["terms"].split()), gap=timedelta(seconds=row["gap"]))


def reason_words(reason: Reason) -> str:
    return f"{reason.level} {reason.score:.3f} {' '.join(reason.terms)}".strip()
