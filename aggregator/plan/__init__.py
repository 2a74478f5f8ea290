from aggregator.plan.bundles import PAUSES, bundles, concerns
from aggregator.plan.visits import may_be_hurried, next_visit, offline, postponed

__all__ = ["PAUSES", "bundles", "concerns", "may_be_hurried", "next_visit", "offline", "postponed"]
