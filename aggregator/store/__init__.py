from aggregator.store.changes import Changes, file_mark
from aggregator.store.entries import KeptCounts
from aggregator.store.problems import Problem
from aggregator.store.published import PublishedFile
from aggregator.store.search import asked
from aggregator.store.store import Store
from aggregator.store.stories import Placed
from aggregator.store.timeline import ClockReading

__all__ = [
    "Changes",
    "ClockReading",
    "KeptCounts",
    "Placed",
    "Problem",
    "PublishedFile",
    "Store",
    "asked",
    "file_mark",
]
