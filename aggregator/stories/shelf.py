"""The live stories. Those not used lately are packed, which takes a tenth of the memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from heapq import heapify, heappop, heappush

from aggregator.stories.cluster import Cluster
from aggregator.stories.pack import pack, unpack

OPEN = 32_768
"""Stories kept unpacked, about 3 kB each: a first refresh of thousands of sources has more. Unpacking one
costs a quarter as much as grouping an entry."""


class LiveClusters:
    __slots__ = ("_open", "_packed", "_queue", "last")

    def __init__(self) -> None:
        self.last: dict[int, float] = {}
        """Every live story and the time of its last entry."""
        self._open: dict[int, Cluster] = {}
        self._packed: dict[int, bytes] = {}
        self._queue: list[tuple[float, int]] = []

    def __contains__(self, story: object) -> bool:
        return story in self.last

    def __len__(self) -> int:
        return len(self.last)

    def get(self, story: int) -> Cluster:
        found = self._open.pop(story, None)
        if found is None:
            self._tidy()
            found = unpack(self._packed.pop(story))
        self._open[story] = found  # at the end, to be packed last
        return found

    def put(self, story: Cluster) -> None:
        """Adds a story, or updates the time of its last entry."""
        self._tidy()
        self._open[story.id] = story
        if story.id not in self.last:
            heappush(self._queue, (story.last, story.id))
        self.last[story.id] = story.last

    def remove(self, story: int) -> Cluster:
        found = self.get(story)
        del self._open[story], self.last[story]
        return found

    def expired(self, before: float) -> Iterator[Cluster]:
        """Removes and yields every story whose last entry is older."""
        while self._queue and self._queue[0][0] < before:
            _, story = heappop(self._queue)
            last = self.last.get(story, before)
            if last < before:
                yield self.remove(story)
            elif story in self.last:
                heappush(self._queue, (last, story))

    def _tidy(self) -> None:
        """Makes room for one more unpacked story."""
        if len(self._open) >= OPEN:
            for story in list(self._open)[: OPEN // 2]:
                self._packed[story] = pack(self._open.pop(story))

    def freeze(self) -> tuple[array[int], array[float], array[int], bytes]:
        """Ids, last times, lengths and packed stories."""
        rows = [self._packed.get(story) or pack(self._open[story]) for story in self.last]
        return (
            array("Q", self.last),
            array("d", self.last.values()),
            array("I", map(len, rows)),
            b"".join(rows),
        )

    @classmethod
    def thaw(cls, ids: array[int], last: array[float], starts: array[int], data: bytes) -> LiveClusters:
        made = cls()
        made.last = dict(zip(ids, last, strict=True))
        made._packed = {story: data[starts[at] : starts[at + 1]] for at, story in enumerate(ids)}
        made._queue = list(zip(last, ids, strict=True))
        heapify(made._queue)
        return made
