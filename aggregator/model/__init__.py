"""The nouns, in the order in which data passes through them.

Source -> Job -> Fetched(Document) -> Parsed(Draft) -> Entry -> Harvest -> Sketch -> Placement
-> Story -> Edition
"""

from aggregator.model.document import Document, Fault, Fetched, Limits
from aggregator.model.draft import Draft, Enclosure, Parsed, Rhythm
from aggregator.model.entry import Entry
from aggregator.model.grouping import Act, Fold, Level, Placement, Reason, Sketch
from aggregator.model.source import BROKEN, Job, Kind, KnownFile, Source
from aggregator.model.story import Edition, Report, Story
from aggregator.model.visit import Harvest, Health, Memory, Next, Visit, VisitResult

__all__ = [
    "BROKEN",
    "Act",
    "Document",
    "Draft",
    "Edition",
    "Enclosure",
    "Entry",
    "Fault",
    "Fetched",
    "Fold",
    "Harvest",
    "Health",
    "Job",
    "Kind",
    "KnownFile",
    "Level",
    "Limits",
    "Memory",
    "Next",
    "Parsed",
    "Placement",
    "Reason",
    "Report",
    "Rhythm",
    "Sketch",
    "Source",
    "Story",
    "Visit",
    "VisitResult",
]
