"""Hubs are told of feeds that have changed, after the new bytes are live."""

import hashlib

from aggregator.config import Config, all_outputs
from aggregator.fetch.links import link_header
from aggregator.model import file_name
from aggregator.publish.feeds import site_link
from aggregator.store import Store
from aggregator.websub.post import Carrier, Form, deliver
from aggregator.websub.requests import news


def announce(store: Store, config: Config, carrier: Carrier) -> None:
    """Tells each hub of the bytes that it does not know yet, a failed time again when it is due.

    What a hub was told is compared with what lies in the folder: no kill between the two loses a ping.
    """
    digests = published_topics(config)
    if store.pings.news(config.publish.hubs, digests):
        with store.writing():
            store.pings.note(config.publish.hubs, digests, carrier.clock())
    due = store.pings.next_due()
    if due is None or due > carrier.clock():
        return
    with store.writing():
        pings = store.pings.claim(carrier.clock())
    for ping, reply in deliver((Form(ping.hub, news(ping), ping) for ping in pings), carrier):
        with store.writing():
            store.pings.answered(ping, reply, carrier.clock())


def published_topics(config: Config) -> dict[str, str]:
    """Topic -> digest of what lies in the folder now."""
    found = {}
    for name in feeds(config):
        try:
            body = (config.publish.folder / name).read_bytes()
        except OSError:  # not published yet, or a publication that fails is told elsewhere
            continue
        found[site_link(config) + name] = hashlib.sha256(body).hexdigest()
    return found


def link_header_of(config: Config, name: str) -> str:
    """The Link header that our server sends with a file; "" for what no hub pushes."""
    if name not in feeds(config):
        return ""
    return link_header(config.publish.hubs, site_link(config) + name)


def feeds(config: Config) -> list[str]:
    """The files that hubs push: not those behind a secret."""
    if not config.publish.hubs:
        return []
    outputs = [output for output in all_outputs(config) if not output.token_file]
    return [file_name(output.name, None, format) for output in outputs for format in output.formats]
