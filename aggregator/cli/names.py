"""Names of sources and numbers of stories as shells complete them."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from aggregator.errors import AggregatorError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMPLETING = "_AGGREGATOR_COMPLETE"  # set by the shell when it asks how a command goes on
BASH = "bash_complete"
# bash inserts what it gets as it is, other shells quote it; click's script takes one of two backslashes off.
OFFERED = 20  # numbers
RECENT = 500  # stories that may be meant
BLANK, ESCAPED = re.compile(r"([^\w.,:/@%+=-])"), r"\\\\\1"


def source_names(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """For completion; none where there is no valid configuration."""
    from aggregator.config import find, load

    with suppress(AggregatorError):
        config = load(find(context.find_root().obj, os.environ))
        names = [each.name for each in config.sources if each.name.startswith(begun)]
        return [BLANK.sub(ESCAPED, each) for each in names] if os.environ.get(COMPLETING) == BASH else names
    return []


def story_numbers(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """The newest stories, with their titles, which zsh and fish show beside the numbers."""
    from click.shell_completion import CompletionItem

    from aggregator.cli.common import printable
    from aggregator.config import find, load
    from aggregator.render.page_filters import headline
    from aggregator.store import Store

    with suppress(AggregatorError):
        path = load(find(context.find_root().obj, os.environ), os.environ).store.path
        with Store.reading(path) as store, store.translating_errors():
            found = [each for each in store.stories.newest(RECENT) if str(each.number).startswith(begun)]
        return [
            CompletionItem(str(each.number), help=printable(headline(each.lead.entry)))
            for each in found[:OFFERED]
        ]
    return []
