"""Sources that need a person: dead for weeks, gone, or moved."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from shlex import quote

from aggregator.model import Finding, SourceStatus
from aggregator.plan.condition import is_dead
from aggregator.publish.explain import source_statuses
from aggregator.store import Store
from aggregator.text.urls import shareable

WEEK = timedelta(days=7)
LISTED = 5  # entries of a document; shorter ones are often new as a whole
MANY = 1 / 3  # of the sources
FEW = 3  # of which so many say nothing


def ill_sources(store: Store, file: Path, now: datetime) -> Iterator[Finding]:
    """`file`: of the configuration."""
    sources = source_statuses(store, latest=1)
    failed = sum(not each.ended and last_failed(each) for each in sources)
    if failed >= FEW and failed > len(sources) * MANY:
        yield Finding(
            f"{failed} of {len(sources)} sources failed at their latest visit: probably our own fault",
            "see whether it is online; `aggregator sources` lists what each of them met",
        )
    for source in sources:
        remove = f"or take it out: `aggregator remove {quote(source.name)}`"
        if source.ended:
            yield Finding(
                f"{source.name}: is not visited any more: {source.ended}",
                f"correct its address in {file}, {remove}",
            )
        elif is_dead(source.failures, source.answered, now):
            since = f"since {source.answered:%Y-%m-%d}" if source.answered else "from the first visit on"
            yield Finding(
                f"{source.name}: cannot be read {since}: {source.trouble or source.reason}",
                f"see whether a browser opens it; correct its address in {file}, {remove}",
            )
    for each in store.statuses.overflowed(now - WEEK, LISTED):
        times = f"{each.visits} visits" if each.visits > 1 else "a visit"
        yield Finding(
            f"{each.source}: all {each.listed} entries of its document were new at {times} this week, last on"
            f" {each.latest:%Y-%m-%d}: others may have come and gone unseen",
            f'visit it more often: `every = "15m"` beside its address in {file}',
        )
    for name, address in store.statuses.moved().items():
        yield Finding(
            f"{name}: has moved for good", f'write its new address into {file}: "{shareable(address)}"'
        )


def last_failed(source: SourceStatus) -> bool:
    """Also when our own network was down."""
    return bool(source.visits) and source.visits[-1].result == "failed"
