"""Names of sources as shells complete them."""

import os
import re
from contextlib import suppress

import click

from aggregator.errors import AggregatorError

COMPLETING = "_AGGREGATOR_COMPLETE"  # set by the shell when it asks how a command goes on
BASH = "bash_complete"
# bash inserts what it gets as it is, other shells quote it; click's script takes one of two backslashes off.
BLANK, ESCAPED = re.compile(r"([^\w.,:/@%+=-])"), r"\\\\\1"


def source_names(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """For completion; none where there is no valid configuration."""
    from aggregator.config import find, load

    with suppress(AggregatorError):
        config = load(find(context.find_root().obj, os.environ))
        names = [each.name for each in config.sources if each.name.startswith(begun)]
        return [BLANK.sub(ESCAPED, each) for each in names] if os.environ.get(COMPLETING) == BASH else names
    return []
