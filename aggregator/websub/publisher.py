"""Notifies hubs of changed feeds, after the new bytes are live."""

import hashlib

from aggregator.config import Config, all_outputs
from aggregator.model import file_name
from aggregator.publish.feeds import site_link
from aggregator.store import Store
from aggregator.websub.post import HubClient, HubRequest, deliver
from aggregator.websub.requests import publish_request


def announce(store: Store, config: Config, client: HubClient) -> None:
    """Notifies each hub of bytes that it does not know yet, and repeats failed pings when they are due.

    Compares the last announced digests with the files in the folder, so a kill between publishing and
    announcing loses no ping.
    """
    digests = published_topics(config)
    if store.pings.news(config.publish.hubs, digests):
        with store.writing():
            store.pings.note(config.publish.hubs, digests, client.clock())
    due = store.pings.next_due()
    if due is None or due > client.clock():
        return
    with store.writing():
        pings = store.pings.claim(client.clock())
    for ping, reply in deliver((HubRequest(ping.hub, publish_request(ping), ping) for ping in pings), client):
        with store.writing():
            store.pings.answered(ping, reply, client.clock())


def published_topics(config: Config) -> dict[str, str]:
    """Topic -> digest of the file now in the output folder."""
    found = {}
    for name in feeds(config):
        try:
            body = (config.publish.folder / name).read_bytes()
        except OSError:  # not published yet; a failing publication is reported elsewhere
            continue
        found[site_link(config) + name] = hashlib.sha256(body).hexdigest()
    return found


def link_header_of(config: Config, name: str) -> str:
    """The Link header that our server sends with a file; "" for a file that no hub pushes."""
    if name not in feeds(config):
        return ""
    from aggregator.fetch.links import link_header  # its package loads the HTTP client

    return link_header(config.publish.hubs, site_link(config) + name)


def feeds(config: Config) -> list[str]:
    """Names of the files that hubs push: all feeds without a token."""
    if not config.publish.hubs:
        return []
    outputs = [output for output in all_outputs(config) if not output.token_file]
    return [file_name(output.name, None, format) for output in outputs for format in output.formats]
