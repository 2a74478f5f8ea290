"""What is sent to a hub, as application/x-www-form-urlencoded."""

from datetime import timedelta
from urllib.parse import urlencode

from aggregator.model import Ping, Subscription

FORM = "application/x-www-form-urlencoded"
LEASE = timedelta(days=10)  # what we ask for; the hub decides
PATH = "websub/"
"""Where hubs call us, below our public address."""


def wish(subscription: Subscription, base: str) -> bytes:
    """To subscribe, to renew, or to leave (5.1). `base`: our public address, ending in /."""
    leaving = subscription.state == "leaving"
    said = {
        "hub.callback": (subscription.base or base if leaving else base) + PATH + subscription.key,
        "hub.mode": "unsubscribe" if leaving else "subscribe",
        "hub.topic": subscription.hub.topic,
    }
    if not leaving:
        said |= {"hub.lease_seconds": f"{LEASE.total_seconds():.0f}", "hub.secret": subscription.secret}
    return urlencode(said).encode()


def news(ping: Ping) -> bytes:
    """That a feed of ours has changed. What a publisher says is not in the Recommendation: hubs read
    one name or the other."""
    said = {"hub.mode": "publish", "hub.url": ping.topic, "hub.topic": ping.topic}
    return urlencode(said).encode()
