"""What has come from a hub and is to be worked off."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aggregator.model import Document


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The hub pushes from now on, and we have said that we want it."""

    key: str = field(repr=False)
    lease: timedelta


@dataclass(frozen=True, slots=True)
class Left:
    """The hub has been told that we do not want it any more."""

    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Denied:
    key: str = field(repr=False)
    reason: str


@dataclass(frozen=True, slots=True)
class Forged:
    """Something came without the signature that was agreed on."""

    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Hint:
    """There is something new, and we are to look ourselves."""

    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pushed:
    key: str = field(repr=False)
    document: Document
    digest: str
    at: datetime


Letter = Confirmed | Left | Denied | Forged | Hint | Pushed
