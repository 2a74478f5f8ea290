"""Finds the reports of a story that are later versions of others: readers see the newest (pure)."""

from collections.abc import Collection, Iterable
from typing import NamedTuple


class Successor(NamedTuple):
    """An entry that its source published again: same item, page or text as an earlier one in its story."""

    entry: int
    before: int


def newest_versions(successors: Iterable[Successor]) -> dict[int, tuple[int, ...]]:
    """newest version -> earlier ones, oldest first; `successors` in order of placement."""
    chains: dict[int, list[int]] = {}
    for each in successors:
        chain = chains.setdefault(each.before, [each.before])
        chain.append(each.entry)
        chains[each.entry] = chain
    return {chain[-1]: tuple(chain[:-1]) for chain in chains.values()}


def current(entry: int, versions: dict[int, tuple[int, ...]]) -> int:
    """The newest version of the entry, or itself."""
    return next((latest for latest, earlier in versions.items() if entry in earlier), entry)


def outdated(versions: dict[int, tuple[int, ...]]) -> Collection[int]:
    return {entry for earlier in versions.values() for entry in earlier}
