"""Finds troubles that stop us from working, or soon will, each with its remedy. Changes nothing."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from aggregator.config import Config
from aggregator.config.check import doubts
from aggregator.doctor.database import copies_overdue, ill_database, limits_exceeded, nobody_visits
from aggregator.doctor.machine import Machine, full_disks, unresolved, unwritable
from aggregator.doctor.outputs import unreachable, unwritten
from aggregator.doctor.sources import ill_sources
from aggregator.errors import StoreError
from aggregator.model import Finding
from aggregator.store import Store
from aggregator.text.alike import condensed

__all__ = ["Machine", "diagnose"]


def diagnose(config: Config, file: Path, now: datetime, machine: Machine) -> Iterator[Finding]:
    """`file`: of the configuration."""
    for doubt in condensed(doubts(config)):
        yield Finding(doubt, f"correct it in {file}")
    yield from full_disks(config, machine)
    yield from unwritable(config, machine)
    yield from unresolved(config, machine)
    yield from unreachable(config, machine)
    yield from copies_overdue(config, now)
    try:
        with Store.reading(config.store.path) as store, store.translating_errors():
            ill = list(ill_database(store))
            yield from ill
            if not ill:
                yield from nobody_visits(store, now)
                yield from limits_exceeded(store, config)
                yield from ill_sources(store, file, now)
                yield from unwritten(store, config)
    except StoreError as e:
        fault, _, remedy = str(e).rpartition(": ")
        yield Finding(fault, remedy)
