"""Processes the events of hubs: pushed content takes the same way as the content of a visit."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from aggregator import plan
from aggregator.model import Harvest
from aggregator.refresh import group_and_publish
from aggregator.runtime import Runtime, Summary
from aggregator.store import KeptCounts, Store
from aggregator.websub.events import Confirmed, Denied, Event, Forged, Left, LookNow, Pushed

NOTE = "pushed by its hub"
NEWS = "its hub says that there is something new"
SILENT = "its hub does not push it any more"


@dataclass(slots=True)
class Processed:
    """The result so far."""

    summary: Summary = field(default_factory=Summary)
    look: bool = False
    """Whether a source must be visited immediately."""


def process_events(
    store: Store, runtime: Runtime, events: deque[Event], done: Callable[[Event], None], processed: Processed
) -> None:
    """Processes events in the order of arrival, then publishes. After an error, call it again with the same.

    Raises StoreError, PublishError: the events that failed stay in `events`.
    """
    while events:
        event = events[0]
        if isinstance(event, Pushed):
            processed.look |= process_pushed(store, runtime, event, processed.summary)
        else:
            processed.look |= process_event(store, event, runtime.clock())
        done(events.popleft())
    if processed.summary.changed:
        group_and_publish(store, runtime, processed.summary)
    if processed.summary.trouble:
        raise processed.summary.trouble


def process_event(store: Store, event: Confirmed | Left | Denied | Forged | LookNow, now: datetime) -> bool:
    """Returns whether the source must be visited immediately."""
    with store.writing():
        known = store.subscriptions.find(event.key)
        if known is None:
            return False
        if isinstance(event, LookNow):
            return look_now(store, known.source, now)
        if isinstance(event, Confirmed):
            store.subscriptions.confirmed(event.key, event.lease, now)
        elif isinstance(event, Left):
            store.subscriptions.left(event.key)
        elif isinstance(event, Denied):
            if store.subscriptions.denied(event.key, event.reason, now):
                store.dues.catch_up([known.source], SILENT, now)
        else:
            distrust(store, event.key, known.source, now)
    return False


def distrust(store: Store, key: str, source: str, now: datetime) -> None:
    if store.subscriptions.distrust(key, now):
        store.dues.catch_up([source], SILENT, now)


def process_pushed(store: Store, runtime: Runtime, event: Pushed, summary: Summary) -> bool:
    """Parses the pushed document in the bounded parser and stores its entries.

    Returns whether the source must be visited immediately all the same: for a body that arrived before
    (perhaps a replay), or that could not be read.
    """
    with store.writing():
        known = store.subscriptions.find(event.key)
        if known is None or known.state == "leaving":
            return False
        job = store.sources.job_of(known.source)
        if store.subscriptions.knows(event.key, event.digest):
            return look_now(store, known.source, runtime.clock())
    # Resolve links against the same base as a visit does: otherwise push and visit would edit each other.
    document = replace(event.document, url=job.answerer or job.address)
    at = min(event.at, runtime.clock())  # the clock may have been set back while it waited
    harvest = runtime.visit(replace(job, pushed=document, known=b""), at)
    harvest = replace(harvest, visit=replace(harvest.visit, notes=(*harvest.visit.notes, NOTE)))
    with store.writing():
        if harvest.visit.result == "failed":
            look = look_now(store, known.source, runtime.clock())
            store.sources.visits.log(harvest.visit, KeptCounts(0, 0))
            # Documents that are slow to parse, again and again, are hardly an accident.
            if harvest.visit.fault == "slow":
                distrust(store, event.key, known.source, runtime.clock())
            return look
        store.subscriptions.pushed(event.key, event.digest)
        kept = keep_pushed(store, harvest)
    summary.count(harvest.visit, kept)
    return False


def keep_pushed(store: Store, harvest: Harvest) -> KeptCounts:
    """Stores entries unless a newer version is known. The interval of visits and the validators stay."""
    visit = harvest.visit
    entries = store.entries.without_older(visit.source, harvest.entries, visit.at)
    kept = store.entries.keep(visit.source, entries, visit.at)
    store.sources.visits.log(visit, kept)
    if kept.added or kept.edited:
        store.dues.read_anew(visit.source)
    return kept


def look_now(store: Store, source: str, now: datetime) -> bool:
    """Makes the source due if its state allows; returns whether it must be visited immediately."""
    if not plan.may_be_hurried(store.sources.memory(source), store.dues.reason(source)):
        return False
    return store.dues.hurry(source, NEWS, now)
