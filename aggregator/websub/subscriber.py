"""Subscribes at the hubs that sources name."""

import logging
from urllib.parse import urlsplit

from aggregator.config import Config
from aggregator.model import Reply, Subscription
from aggregator.publish.feeds import site_link
from aggregator.store import Store
from aggregator.websub.post import HubClient, HubRequest, deliver
from aggregator.websub.requests import subscription_request

LOG = logging.getLogger("aggregator")
BATCH = 50  # requests per turn, so that a configuration of thousands does not delay pings
ENDED = "its hub has not renewed the subscription"
RESTARTED = "its hub may have pushed while we were down"


def subscribe(store: Store, config: Config, client: HubClient) -> None:
    """Sends the due requests: new subscriptions, renewals, unsubscriptions of unlisted sources."""
    now = client.clock()
    with store.writing():
        store.dues.catch_up(store.subscriptions.lapse(now), ENDED, now)
        store.subscriptions.leave_unlisted(now)
        claimed = store.subscriptions.claim(now, site_link(config), BATCH)
    requests = [
        HubRequest(each.hub.url, subscription_request(each, site_link(config)), each) for each in claimed
    ]
    for subscription, reply in deliver(requests, client):
        if not reply.good:
            with store.writing():
                store.subscriptions.refused(subscription.key, reply, client.clock())
            log_refusal(subscription, reply)


def log_refusal(subscription: Subscription, reply: Reply) -> None:
    """Logs the first failed attempt only: a hub that stays away must not fill the log."""
    if not subscription.attempts and subscription.state != "leaving":
        host = urlsplit(subscription.hub.url).hostname
        LOG.warning("%s: its hub %s does not push it: %s", subscription.source, host, reply.note)


def wake(store: Store, config: Config, client: HubClient) -> None:
    """At the start: returns to the usual interval, to find content that was pushed while we were down."""
    now = client.clock()
    with store.writing():
        store.dues.catch_up(store.subscriptions.relied_on(), RESTARTED, now)
        if not config.fetch.websub:
            store.subscriptions.forget(now)
