"""Shows how other settings would group the stored entries. Changes nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aggregator.store import Store
from aggregator.stories import Settings, group_lines


@dataclass(frozen=True, slots=True)
class Preview:
    entries: int
    before: int
    after: int
    joined: tuple[tuple[str, ...], ...]
    """Titles of entries from several stories that would become one."""
    parted: tuple[tuple[str, ...], ...]
    """Titles of entries of one story that would be split up."""


def preview(store: Store, window: timedelta) -> Preview:
    """Groups all entries again, in order of arrival, without rulings by people."""
    rows = list(store.stories.history())
    before = {row["id"]: row["story"] for row in rows}
    after = {each.id: each.story for each in group_lines(rows, Settings(window=window))}
    titles = {row["id"]: row["title"] or row["text"][:60] for row in rows}
    return Preview(
        entries=len(rows),
        before=len(set(before.values())),
        after=len(set(after.values())),
        joined=tuple(mixed(after, before, titles)),
        parted=tuple(mixed(before, after, titles)),
    )


def mixed(groups: dict[Any, int], other: dict[Any, int], titles: dict[Any, str]) -> Iterable[tuple[str, ...]]:
    """For groups whose entries are in several groups of `other`: a title for each of the latter."""
    members: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for entry, group in groups.items():
        members[group].setdefault(other[entry], titles[entry])
    return (tuple(found.values()) for found in members.values() if len(found) > 1)
