"""A fault that an examination has found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Each is one line for a person."""

    fault: str
    remedy: str
    """The remedy, as a command where there is one."""
