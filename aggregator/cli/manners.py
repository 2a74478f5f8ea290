"""How the commands visit: as the configuration says, under one name."""

from aggregator import __version__
from aggregator.config import Config
from aggregator.visit.visit import Manners


def manners(config: Config) -> Manners:
    fetch = config.fetch
    contact = f" (+{fetch.contact})" if fetch.contact else ""
    return Manners(
        agent=f"aggregator/{__version__}{contact}",
        deadline=fetch.timeout,
        size=fetch.max_size,
        networks=fetch.allow_networks,
        ports=fetch.allow_ports,
    )
