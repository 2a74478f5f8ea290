"""Bodies of requests to a hub, as application/x-www-form-urlencoded."""

from datetime import timedelta
from urllib.parse import urlencode

from aggregator.model import Ping, Subscription

FORM = "application/x-www-form-urlencoded"
LEASE = timedelta(days=10)  # that we request; the hub decides
PATH = "websub/"
"""Path of the callbacks below our public address."""


def subscription_request(subscription: Subscription, base: str) -> bytes:
    """Subscribes, renews or unsubscribes (5.1). `base`: our public address, ending in /."""
    leaving = subscription.state == "leaving"
    said = {
        "hub.callback": (subscription.base or base if leaving else base) + PATH + subscription.key,
        "hub.mode": "unsubscribe" if leaving else "subscribe",
        "hub.topic": subscription.hub.topic,
    }
    if not leaving:
        said |= {"hub.lease_seconds": f"{LEASE.total_seconds():.0f}", "hub.secret": subscription.secret}
    return urlencode(said).encode()


def publish_request(ping: Ping) -> bytes:
    """Announces that a feed of ours has changed. The Recommendation leaves the form of this request open:
    some hubs read hub.url, others hub.topic.
    """
    said = {"hub.mode": "publish", "hub.url": ping.topic, "hub.topic": ping.topic}
    return urlencode(said).encode()
