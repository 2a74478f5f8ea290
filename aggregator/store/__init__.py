from aggregator.store.store import Store
from aggregator.store.stories import Placed

__all__ = ["Placed", "Store"]
