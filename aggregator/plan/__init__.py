from aggregator.plan.bundles import PAUSES, bundles, concerns
from aggregator.plan.visits import next_visit, offline, postponed

__all__ = ["PAUSES", "bundles", "concerns", "next_visit", "offline", "postponed"]
