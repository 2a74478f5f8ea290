"""Sources that need a person: dead for weeks, gone, or moved."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from shlex import quote

from aggregator.model import Finding, Record
from aggregator.plan.words import LASTING
from aggregator.publish.explain import records
from aggregator.store import Store
from aggregator.text.urls import shareable

LONG = timedelta(days=14)


def ill_sources(store: Store, file: Path, now: datetime) -> Iterator[Finding]:
    """`file`: of the configuration."""
    for record in records(store, latest=1):
        remove = f"or take it out: `aggregator remove {quote(record.name)}`"
        if record.ended:
            yield Finding(
                f"{record.name}: is not visited any more: {record.ended}",
                f"correct its address in {file}, {remove}",
            )
        elif dead(record, now):
            since = f"since {record.answered:%Y-%m-%d}" if record.answered else "from the first visit on"
            yield Finding(
                f"{record.name}: cannot be read {since}: {record.trouble or record.reason}",
                f"see whether a browser opens it; correct its address in {file}, {remove}",
            )
    for name, address in store.records.moved().items():
        yield Finding(
            f"{name}: has moved for good", f'write its new address into {file}: "{shareable(address)}"'
        )


def dead(record: Record, now: datetime) -> bool:
    """One that never answered is given some days."""
    if record.answered:
        return record.failures > 0 and now - record.answered > LONG
    return record.failures >= LASTING
