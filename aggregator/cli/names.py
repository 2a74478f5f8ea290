"""Names of sources as people type them."""

import os
from contextlib import suppress

import click

from aggregator.config import find, load
from aggregator.errors import AggregatorError


def source_names(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """For completion; none where there is no valid configuration."""
    with suppress(AggregatorError):
        config = load(find(context.params.get("config_file"), os.environ))
        return [each.name for each in config.sources if each.name.startswith(begun)]
    return []
