from aggregator.plan.bundles import bundles
from aggregator.plan.visits import next_visit, offline, postponed

__all__ = ["bundles", "next_visit", "offline", "postponed"]
