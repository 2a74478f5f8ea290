from aggregator.store.entries import Kept
from aggregator.store.problems import Problem
from aggregator.store.published import Lying
from aggregator.store.query import asked
from aggregator.store.store import Store
from aggregator.store.stories import Placed

__all__ = ["Kept", "Lying", "Placed", "Problem", "Store", "asked"]
