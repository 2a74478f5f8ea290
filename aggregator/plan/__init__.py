from aggregator.plan.bundles import PAUSES, bundles, concerns
from aggregator.plan.failures import may_be_hurried, offline, postponed
from aggregator.plan.visits import next_visit
from aggregator.plan.words import advice_on, note_with_advice

__all__ = [
    "PAUSES",
    "advice_on",
    "bundles",
    "concerns",
    "may_be_hurried",
    "next_visit",
    "note_with_advice",
    "offline",
    "postponed",
]
