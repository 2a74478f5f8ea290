"""What hubs have said, worked off: on the same way as what a visit brings."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from aggregator import plan
from aggregator.model import Harvest
from aggregator.refresh import group_and_publish
from aggregator.runtime import Runtime, Summary
from aggregator.store import KeptCounts, Store
from aggregator.websub.events import Confirmed, Denied, Forged, Hint, Left, Letter, Pushed

NOTE = "pushed by its hub"
NEWS = "its hub says that there is something new"
SILENT = "its hub does not push it any more"


@dataclass(slots=True)
class Worked:
    """What has come of it so far."""

    summary: Summary = field(default_factory=Summary)
    look: bool = False
    """A source is to be visited at once."""


def work_off(
    store: Store, runtime: Runtime, letters: deque[Letter], done: Callable[[Letter], None], worked: Worked
) -> None:
    """In the order in which they came; publishes at the end. Called again with the same after an error.

    Raises StoreError, PublishError: what could not be worked off stays.
    """
    while letters:
        letter = letters[0]
        if isinstance(letter, Pushed):
            worked.look |= take(store, runtime, letter, worked.summary)
        else:
            worked.look |= hear(store, letter, runtime.clock())
        done(letters.popleft())
    if worked.summary.changed:
        group_and_publish(store, runtime, worked.summary)
    if worked.summary.trouble:
        raise worked.summary.trouble


def hear(store: Store, letter: Confirmed | Left | Denied | Forged | Hint, now: datetime) -> bool:
    """Whether a source is to be visited at once."""
    with store.writing():
        known = store.subscriptions.find(letter.key)
        if known is None:
            return False
        if isinstance(letter, Hint):
            return hint(store, known.source, now)
        if isinstance(letter, Confirmed):
            store.subscriptions.confirmed(letter.key, letter.lease, now)
        elif isinstance(letter, Left):
            store.subscriptions.left(letter.key)
        elif isinstance(letter, Denied):
            if store.subscriptions.denied(letter.key, letter.reason, now):
                store.dues.catch_up([known.source], SILENT, now)
        else:
            distrust(store, letter.key, known.source, now)
    return False


def distrust(store: Store, key: str, source: str, now: datetime) -> None:
    if store.subscriptions.distrust(key, now):
        store.dues.catch_up([source], SILENT, now)


def take(store: Store, runtime: Runtime, letter: Pushed, summary: Summary) -> bool:
    """Reads it in the bounded parser, and keeps it; whether its source is to be visited at once all the same:
    for a body that has come before, which may be somebody's replay, and for what could not be read."""
    with store.writing():
        known = store.subscriptions.find(letter.key)
        if known is None or known.state == "leaving":
            return False
        job = store.sources.job_of(known.source)
        if store.subscriptions.knows(letter.key, letter.digest):
            return hint(store, known.source, runtime.clock())
    # Links in it start where those of a visit start: else they would be edits to and fro.
    document = replace(letter.document, url=job.answerer or job.address)
    harvest = runtime.visit(replace(job, pushed=document, known=b""), letter.at)
    harvest = replace(harvest, visit=replace(harvest.visit, notes=(*harvest.visit.notes, NOTE)))
    with store.writing():
        if harvest.visit.result == "failed":
            look = hint(store, known.source, runtime.clock())
            store.sources.visits.log(harvest.visit, KeptCounts(0, 0))
            if harvest.visit.fault == "slow":  # to send such a thing again and again is no mistake
                distrust(store, letter.key, known.source, runtime.clock())
            return look
        store.subscriptions.pushed(letter.key, letter.digest)
        kept = keep(store, harvest)
    summary.count(harvest.visit, kept)
    return False


def keep(store: Store, harvest: Harvest) -> KeptCounts:
    """Never in place of what is newer. The pace of visits stays as it is, and so do their validators."""
    visit = harvest.visit
    entries = store.entries.without_older(visit.source, harvest.entries, visit.at)
    kept = store.entries.keep(visit.source, entries, visit.at)
    store.sources.visits.log(visit, kept)
    if kept.added or kept.edited:
        store.dues.read_anew(visit.source)
    return kept


def hint(store: Store, source: str, now: datetime) -> bool:
    """Something is new there; whether it is to be visited at once."""
    if not plan.may_be_hurried(store.sources.memory(source), store.dues.reason(source)):
        return False
    return store.dues.hurry(source, NEWS, now)
