"""What a hub asks or tells with a GET of our callback, and what we say to that (5.2, 5.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from aggregator.model import Subscription
from aggregator.plan.hubs import lease
from aggregator.text.html import one_line

LONGEST_CHALLENGE = 1024  # characters; hubs send 20 to 128
LONGEST_REASON = 200

Verdict = Literal[
    "yes",  # we asked for it: the challenge is sent back
    "no",  # we did not: 404
    "told",  # it is the hub's to decide
]


@dataclass(frozen=True, slots=True)
class Question:
    mode: str
    topic: str
    challenge: str = ""
    lease: timedelta | None = None
    """None: one that we do not take."""
    reason: str = ""
    """Of a refusal: one line of foreign text."""


def question(query: Iterable[tuple[str, str]]) -> Question | None:
    """None for what no hub asks. A name that comes twice is nobody's question either."""
    said: dict[str, str] = {}
    for name, value in query:
        if name.startswith("hub."):
            if name in said:
                return None
            said[name] = value
    challenge = said.get("hub.challenge", "")
    if len(challenge) > LONGEST_CHALLENGE or not challenge.isprintable():
        return None
    return Question(
        mode=said.get("hub.mode", ""),
        topic=said.get("hub.topic", ""),
        challenge=challenge,
        lease=lease(said.get("hub.lease_seconds", "")),
        reason=one_line(said.get("hub.reason", ""))[:LONGEST_REASON],
    )


def verdict(subscription: Subscription, question: Question) -> Verdict:
    """Only for the topic that was asked for, and only for what is wanted now."""
    if question.topic != subscription.hub.topic:
        return "no"
    leaving = subscription.state == "leaving"
    if question.mode == "denied":
        return "told"
    if not question.challenge:
        return "no"
    if question.mode == "subscribe":
        return "yes" if not leaving and question.lease is not None and expected(subscription) else "no"
    return "yes" if question.mode == "unsubscribe" and leaving else "no"


def expected(subscription: Subscription) -> bool:
    """Asked for just now, or confirmed before: some hubs ask again by themselves."""
    return subscription.asked is not None or subscription.state == "live"
