"""What a hub has to do with a source and with our own feeds (WebSub)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Hub:
    """Who pushes the changes of a document, and what the document is called there."""

    url: str = ""
    """"" when it names none."""
    topic: str = ""


NO_HUB = Hub()

SubscriptionState = Literal[
    "wanted",  # its hub does not push, and is asked when it is due
    "live",  # its hub has confirmed, and pushes until the lease ends
    "leaving",  # not wanted any more, until its hub has confirmed that
]


@dataclass(frozen=True, slots=True)
class Subscription:
    """What we want of one hub for one source."""

    key: str = field(repr=False)
    """Ends the address that its hub calls: who knows it can speak for the hub, so it is in no log."""
    source: str
    hub: Hub
    secret: str = field(repr=False)
    """The hub signs with it what it pushes."""
    state: SubscriptionState = "wanted"
    asked: datetime | None = None
    """When a request was sent that its hub has neither confirmed nor refused."""
    lease: datetime | None = None
    attempts: int = 0
    """Requests since the last one that was confirmed."""
    base: str = ""
    """The public address of ours that the last request named."""


@dataclass(frozen=True, slots=True)
class Ping:
    """A hub that does not know yet that a feed of ours has changed."""

    hub: str
    topic: str
    digest: str
    """Of the feed's bytes."""
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a request to a hub."""

    status: int
    """0: there was no answer."""
    note: str = ""
    wait: timedelta | None = None
    """What the hub asked for with Retry-After."""

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300
