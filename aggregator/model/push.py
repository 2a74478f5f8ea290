"""Hubs of sources and of our own feeds (WebSub)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Hub:
    """The hub that pushes the changes of a document, and the document's topic there."""

    url: str = ""
    """URL of the hub; "" for none."""
    topic: str = ""


NO_HUB = Hub()

SubscriptionState = Literal[
    "wanted",  # its hub does not push yet; we send a request when it is due
    "live",  # its hub has confirmed and pushes until the lease ends
    "leaving",  # no longer wanted, until its hub has confirmed that
]


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscription at one hub for one source."""

    key: str = field(repr=False)
    """Last part of the callback address. Anyone who knows it can act as the hub, so we never log it."""
    source: str
    hub: Hub
    secret: str = field(repr=False)
    """The hub signs pushed content with it."""
    state: SubscriptionState = "wanted"
    asked: datetime | None = None
    """When we sent a request that its hub has neither confirmed nor refused yet."""
    lease: datetime | None = None
    attempts: int = 0
    """Requests since the last confirmed one."""
    base: str = ""
    """Our public address in the last request."""


@dataclass(frozen=True, slots=True)
class Ping:
    """A change of one of our feeds that a hub does not know yet."""

    hub: str
    topic: str
    digest: str
    """Digest of the feed's bytes."""
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """The result of a request to a hub."""

    status: int
    """0: there was no answer."""
    note: str = ""
    wait: timedelta | None = None
    """Retry-After."""

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300
