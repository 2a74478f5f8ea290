"""What should lie in the output folders."""

from collections.abc import Iterator
from urllib.parse import urljoin

from aggregator.config import MAIN, Config, token_files
from aggregator.doctor.machine import Machine
from aggregator.model import Finding
from aggregator.publish.feeds import site_link
from aggregator.publish.verify import changed_files
from aggregator.store import Store


def unreachable(config: Config, machine: Machine) -> Iterator[Finding]:
    """Where a public address is configured, asks for the main feed as its readers do, by way of the web."""
    if not config.feed.link or MAIN in token_files(config):
        return
    address = urljoin(site_link(config), "feed.atom")
    if why := machine.reach(address):
        yield Finding(
            f"{address}: readers cannot read our feed: {why}",
            "see whether the web server in front passes requests on, or correct [feed] link",
        )


def unwritten(store: Store, config: Config) -> Iterator[Finding]:
    folders = [config.publish.folder, *([config.publish.private] if token_files(config) else [])]
    for folder in folders:
        if not store.published.mark(folder):
            yield Finding(f"{folder}: nothing has been published there yet", "`aggregator fetch` does it")
    yield from changed_files(store, config)
