"""What an examination finds wrong."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Each is one line for a person."""

    fault: str
    remedy: str
    """What to do about it, as a command where there is one."""
