"""Hubs are asked to push what sources name them for."""

import logging
from urllib.parse import urlsplit

from aggregator.config import Config
from aggregator.model import Reply, Subscription
from aggregator.publish.feeds import site_link
from aggregator.store import Store
from aggregator.websub.post import Carrier, Form, deliver
from aggregator.websub.requests import wish

LOG = logging.getLogger("aggregator")
AT_ONCE = 50  # requests at a time: a new configuration of thousands does not keep pings waiting
ENDED = "its hub has not renewed its promise to push"
RESTARTED = "its hub may have pushed while nobody listened"


def subscribe(store: Store, config: Config, carrier: Carrier) -> None:
    """Asks for what is wanted, renews what ends, leaves what is not wanted any more: what is due of it."""
    now = carrier.clock()
    with store.writing():
        store.dues.catch_up(store.subscriptions.lapse(now), ENDED, now)
        store.subscriptions.leave_unlisted(now)
        claimed = store.subscriptions.claim(now, site_link(config), AT_ONCE)
    forms = [Form(each.hub.url, wish(each, site_link(config)), each) for each in claimed]
    for subscription, reply in deliver(forms, carrier):
        if not reply.good:
            with store.writing():
                store.subscriptions.refused(subscription.key, reply, carrier.clock())
            report_refusal(subscription, reply)


def report_refusal(subscription: Subscription, reply: Reply) -> None:
    """Once, when it begins: a hub that stays away is no line a day in the log."""
    if not subscription.attempts and subscription.state != "leaving":
        host = urlsplit(subscription.hub.url).hostname
        LOG.warning("%s: its hub %s does not push it: %s", subscription.source, host, reply.note)


def wake(store: Store, config: Config, carrier: Carrier) -> None:
    """At the start: what was pushed while we were not there is found by visits at the usual pace."""
    now = carrier.clock()
    with store.writing():
        store.dues.catch_up(store.subscriptions.relied_on(), RESTARTED, now)
        if not config.fetch.websub:
            store.subscriptions.forget(now)
