from aggregator.store.store import Store

__all__ = ["Store"]
