"""Sources that need a person: dead for weeks, gone, or moved."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from shlex import quote

from aggregator.model import Finding, SourceStatus
from aggregator.plan.words import LASTING
from aggregator.publish.explain import source_statuses
from aggregator.store import Store
from aggregator.text.urls import shareable

LONG = timedelta(days=14)
MANY = 1 / 3  # of the sources
FEW = 3  # of which so many say nothing


def ill_sources(store: Store, file: Path, now: datetime) -> Iterator[Finding]:
    """`file`: of the configuration."""
    sources = source_statuses(store, latest=1)
    failing = [each for each in sources if each.trouble and not each.ended]
    if len(failing) >= FEW and len(failing) > len(sources) * MANY:
        yield Finding(
            f"{len(failing)} of {len(sources)} sources failed at their latest visit: probably our own fault",
            "see whether it is online; `aggregator sources` lists what each of them met",
        )
    for source in sources:
        remove = f"or take it out: `aggregator remove {quote(source.name)}`"
        if source.ended:
            yield Finding(
                f"{source.name}: is not visited any more: {source.ended}",
                f"correct its address in {file}, {remove}",
            )
        elif dead(source, now):
            since = f"since {source.answered:%Y-%m-%d}" if source.answered else "from the first visit on"
            yield Finding(
                f"{source.name}: cannot be read {since}: {source.trouble or source.reason}",
                f"see whether a browser opens it; correct its address in {file}, {remove}",
            )
    for name, address in store.statuses.moved().items():
        yield Finding(
            f"{name}: has moved for good", f'write its new address into {file}: "{shareable(address)}"'
        )


def dead(source: SourceStatus, now: datetime) -> bool:
    """One that never answered is given some days."""
    if source.answered:
        return source.failures > 0 and now - source.answered > LONG
    return source.failures >= LASTING
