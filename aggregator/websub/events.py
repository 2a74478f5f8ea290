"""Events received from hubs and waiting to be processed."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aggregator.model import Document


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The hub asked whether we want the subscription, and we confirmed it."""

    key: str = field(repr=False)
    lease: timedelta


@dataclass(frozen=True, slots=True)
class Left:
    """The hub asked whether we want to unsubscribe, and we confirmed it."""

    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Denied:
    key: str = field(repr=False)
    reason: str


@dataclass(frozen=True, slots=True)
class Forged:
    """A body arrived without a valid signature."""

    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LookNow:
    """Something is new, but we must visit the source to see it."""

    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pushed:
    key: str = field(repr=False)
    document: Document
    digest: str
    at: datetime


Event = Confirmed | Left | Denied | Forged | LookNow | Pushed
