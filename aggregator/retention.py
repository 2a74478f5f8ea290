"""Keeps the database within the limits of [store]: prunes old stories, and gives pages back to the disk.

Works in small steps, each a transaction: between two of them others write, and a process may be killed.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from aggregator.config import Config
from aggregator.publish.shown import shown_stories
from aggregator.store import Store

LOG = logging.getLogger("aggregator")
EVERY = timedelta(hours=1)
STEP = 500  # entries looked at in one transaction
PAGES = 500  # of the file, given back in one transaction
AT_ONCE = 10  # steps between two beats: a second or two
FOREVER = 1_000_000  # steps, for who does nothing else


class Pruning:
    """One round after another: all entries in order of arrival, then a pause."""

    def __init__(self) -> None:
        self.config: Config | None = None
        """Of the present round; None between two."""
        self.began: datetime | None = None
        self.shown: set[int] = set()
        """Stories that readers could find when the round began."""
        self.newest = 0
        """The newest entry then: what has grown since may be shown by now."""
        self.after = 0

    def __call__(
        self, store: Store, config: Config, now: datetime, go_on: Callable[[], bool], steps: int = AT_ONCE
    ) -> int:
        """The next steps; returns how many entries they pruned. `go_on`: asked before each of them."""
        pruned = 0
        for _ in range(steps):
            before = too_old(store, config, now)
            if before is None or not self.under_way(store, config, now) or not go_on():
                break
            pruned += self.step(store, before)
        for _ in range(steps):
            if not go_on() or not shrink(store, config):
                break
        return pruned

    def under_way(self, store: Store, config: Config, now: datetime) -> bool:
        """Begins a round when one is due, and anew when the configuration has changed."""
        if self.config == config:
            return True
        if self.config is None and self.began and self.began <= now < self.began + EVERY:
            return False
        self.began = now
        if not too_large(store, config) and not store.retention.confirms(now):
            LOG.warning(
                "nothing is pruned: no source has published anything lately, by the clock of this machine"
            )
            return False
        self.shown, self.newest = shown_stories(store, config), store.entries.newest()
        self.config, self.after = config, 0
        with store.translating_errors():
            store.retention.make_shrinkable()
        return True

    def step(self, store: Store, before: datetime) -> int:
        with store.writing():
            found = store.retention.old(before, self.newest, self.after, STEP)
            pruned = store.retention.prune(found.stories - self.shown)
            if pruned:
                store.search.drop_emptied()
        self.after = found.after
        if not found.more:
            self.config = None
        return pruned


def too_old(store: Store, config: Config, now: datetime) -> datetime | None:
    """What came before then has to go; None: there is nothing too old, and the database is small enough.

    Never what new entries may still join.
    """
    if too_large(store, config):
        return now - config.stories.window
    keep = config.store.keep
    oldest = store.retention.oldest() if keep else None
    return now - keep if keep and oldest and oldest < now - keep else None


def too_large(store: Store, config: Config) -> bool:
    size = config.store.keep_size
    return size is not None and store.retention.size() > size


def shrink(store: Store, config: Config) -> bool:
    """Gives some pages back; returns whether there are more."""
    if not (config.store.keep or config.store.keep_size):
        return False
    with store.writing():
        return store.retention.shrink(PAGES)
