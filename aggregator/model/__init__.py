"""The nouns, in the order in which data passes through them.

Source -> Job -> Fetched(Document) -> Parsed(Draft) -> Entry -> Harvest -> Sketch -> Placement
-> Story -> Edition
"""

from aggregator.model.document import Document, Fault, Fetched, Limits
from aggregator.model.draft import NO_EPISODE, Draft, Enclosure, Episode, Parsed, Rhythm, Transcript
from aggregator.model.entry import Entry
from aggregator.model.finding import Finding
from aggregator.model.grouping import Act, Duplicate, Fold, Join, Level, Placement, Reason, Sameness, Sketch
from aggregator.model.output import Byline, Format, Holds, Notify, Order, Output, Part, Rule
from aggregator.model.push import NO_HUB, Hub, Ping, Reply, Subscription, SubscriptionState
from aggregator.model.site import (
    ExplainedReport,
    ExplainedStory,
    Highlights,
    Images,
    Joined,
    LoggedVisit,
    Results,
    Section,
    ShownItem,
    Site,
    SourceStatus,
)
from aggregator.model.source import AWAY, BROKEN, Job, Kind, KnownFile, RequestSettings, Source
from aggregator.model.story import Edition, Membership, Related, Report, Story, file_name
from aggregator.model.visit import Condition, Harvest, Health, Next, SourceState, Visit, VisitResult

__all__ = [
    "AWAY",
    "BROKEN",
    "NO_EPISODE",
    "NO_HUB",
    "Act",
    "Byline",
    "Condition",
    "Document",
    "Draft",
    "Duplicate",
    "Edition",
    "Enclosure",
    "Entry",
    "Episode",
    "ExplainedReport",
    "ExplainedStory",
    "Fault",
    "Fetched",
    "Finding",
    "Fold",
    "Format",
    "Harvest",
    "Health",
    "Highlights",
    "Holds",
    "Hub",
    "Images",
    "Job",
    "Join",
    "Joined",
    "Kind",
    "KnownFile",
    "Level",
    "Limits",
    "LoggedVisit",
    "Membership",
    "Next",
    "Notify",
    "Order",
    "Output",
    "Parsed",
    "Part",
    "Ping",
    "Placement",
    "Reason",
    "Related",
    "Reply",
    "Report",
    "RequestSettings",
    "Results",
    "Rhythm",
    "Rule",
    "Sameness",
    "Section",
    "ShownItem",
    "Site",
    "Sketch",
    "Source",
    "SourceState",
    "SourceStatus",
    "Story",
    "Subscription",
    "SubscriptionState",
    "Transcript",
    "Visit",
    "VisitResult",
    "file_name",
]
