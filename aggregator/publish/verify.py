"""Checks that readers can find every stored entry. Changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from aggregator.model import Story
from aggregator.publish.compose import invisible
from aggregator.store import Store

CHUNK = 500  # stories in memory at a time


@dataclass(frozen=True, slots=True)
class Verified:
    entries: int
    waiting: int
    """Those of them that the next refresh will place."""
    stories: int
    invisible: tuple[int, ...]
    """Row numbers of entries that are not an item, are not listed in one, and have no newer version."""


def verify_store(store: Store) -> Verified:
    """Checks all entries, whatever the limits of the outputs."""
    entries = store.entries.numbers()
    waiting = store.entries.count_unplaced()
    left, stories = set(entries[: len(entries) - waiting]), 0
    for some in in_chunks(store):
        left = invisible(left, some)
        stories += len(some)
    return Verified(len(entries), waiting, stories, tuple(sorted(left)))


def in_chunks(store: Store) -> Iterator[list[Story]]:
    for first in range(1, store.stories.next_number(), CHUNK):
        yield store.stories.numbered(first, first + CHUNK - 1)
