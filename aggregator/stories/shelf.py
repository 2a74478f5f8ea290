"""The live stories. Those not lately asked for lie packed, which takes a tenth of the memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from heapq import heapify, heappop, heappush

from aggregator.stories.cluster import Cluster
from aggregator.stories.pack import pack, unpack

OPEN = 32_768
"""Stories kept unpacked, each some 3 kB: a first refresh of thousands of sources has more. Unpacking one
costs a quarter of what grouping an entry does."""


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
        self._open[story] = found  # as the last to be packed
        return found

    def put(self, story: Cluster) -> None:
        """A new story, or one whose last entry is later than it was."""
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
        """Takes out every story whose last entry is older."""
        while self._queue and self._queue[0][0] < before:
            _, story = heappop(self._queue)
            last = self.last.get(story, before)
            if last < before:
                yield self.remove(story)
            elif story in self.last:
                heappush(self._queue, (last, story))

    def _tidy(self) -> None:
        """Makes room for one more."""
        if len(self._open) >= OPEN:
            for story in list(self._open)[: OPEN // 2]:
                self._packed[story] = pack(self._open.pop(story))

    def freeze(self) -> tuple[array[int], array[float], array[int], bytes]:
        """Ids, last times, lengths and the packed stories."""
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
