"""Whether every entry that is kept is to be met by a reader. Changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from aggregator.model import Story
from aggregator.publish.compose import invisible
from aggregator.store import Store

CHUNK = 500  # stories in memory at once


@dataclass(frozen=True, slots=True)
class Verified:
    entries: int
    waiting: int
    """Of them those that the next refresh will place."""
    stories: int
    invisible: tuple[int, ...]
    """Row numbers of entries that are neither an item, nor listed in one, nor have a newer version."""


def verify_store(store: Store) -> Verified:
    """Of all there is, whatever the outputs are limited to."""
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
