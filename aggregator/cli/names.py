"""Names of sources as people type them."""

import os
from collections.abc import Iterable
from contextlib import suppress

import click

from aggregator.config import Config, find, load
from aggregator.errors import AggregatorError, ConfigError


def known_sources(config: Config, names: Iterable[str]) -> None:
    """Raises ConfigError for names that no source has, with the nearest ones."""
    known = [source.name for source in config.sources]
    strangers = [name for name in names if name not in known]
    if strangers:
        from aggregator.subscriptions import alternatives  # half of the time of a start

        raise ConfigError(
            *(f"there is no source named {each!r}{alternatives(known, each)}" for each in strangers)
        )


def source_names(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """For completion; none where there is no valid configuration."""
    with suppress(AggregatorError):
        config = load(find(context.params.get("config_file"), os.environ))
        return [each.name for each in config.sources if each.name.startswith(begun)]
    return []
