"""Verification of intent and denial: a hub's GET of our callback and our verdict (5.2, 5.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from aggregator.model import Subscription
from aggregator.plan.leases import lease
from aggregator.text.html import one_line

LONGEST_CHALLENGE = 1024  # characters; hubs send 20 to 128
LONGEST_REASON = 200

Verdict = Literal[
    "yes",  # we requested it: return the challenge
    "no",  # we did not request it: 404
    "denied",  # the hub refuses, as it may: 200
]


@dataclass(frozen=True, slots=True)
class Question:
    mode: str
    topic: str
    challenge: str = ""
    lease: timedelta | None = None
    """None: missing or not acceptable."""
    reason: str = ""
    """Why the hub denies the subscription: one line of foreign text."""


def question(query: Iterable[tuple[str, str]]) -> Question | None:
    """None unless the query is a valid request of a hub; a repeated parameter makes it invalid."""
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
    """Accepts only the requested topic, and only what the subscription wants now."""
    if question.topic != subscription.hub.topic:
        return "no"
    leaving = subscription.state == "leaving"
    if question.mode == "denied":
        return "denied"
    if not question.challenge:
        return "no"
    if question.mode == "subscribe":
        return "yes" if not leaving and question.lease is not None and expected(subscription) else "no"
    return "yes" if question.mode == "unsubscribe" and leaving else "no"


def expected(subscription: Subscription) -> bool:
    """Requested just now, or confirmed before: some hubs verify again by themselves."""
    return subscription.asked is not None or subscription.state == "live"
