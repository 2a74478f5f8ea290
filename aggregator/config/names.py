"""Names of sources that people give."""

from collections.abc import Iterable

from aggregator.config.keys import Config
from aggregator.errors import ConfigError
from aggregator.text.nearest import nearest_sources


def known_sources(config: Config, names: Iterable[str]) -> None:
    """Raises ConfigError for names that no source has, with the nearest ones."""
    known = [source.name for source in config.sources]
    strangers = [name for name in names if name not in known]
    if strangers:
        raise ConfigError(
            *(f"there is no source named {each!r}{nearest_sources(known, each)}" for each in strangers)
        )
