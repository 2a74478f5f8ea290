"""The errors that we raise on purpose.

AggregatorError
├── ConfigError     the operator must edit a file            exit 2
├── NumberError     a command names what is not there        exit 2
├── StoreError      the database cannot be used              exit 3
│   ├── DamagedError its file holds what cannot be read
│   └── SearchError a search would take too long
├── PublishError    the output folder cannot be used         exit 4
├── ClusterError    the cluster cannot be used               exit 5
└── SourceError     one source, one visit: visit/ turns it into a Visit; it goes no further
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta

    from aggregator.model import Fault

NO_CLUSTER = "[work] cluster: needs a library: pip install '.[cluster]'"


class AggregatorError(Exception):
    """The message is one line for a person: what, where, what to do."""


class ConfigError(AggregatorError):
    """`faults`: all faults found, one line each."""

    def __init__(self, *faults: str) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


class StoreError(AggregatorError):
    pass


class NumberError(AggregatorError):
    """The number of a story or an entry that cannot be meant."""


class DamagedError(StoreError):
    pass


class SearchError(StoreError):
    pass


class PublishError(AggregatorError):
    pass


class ClusterError(AggregatorError):
    pass


class SourceError(AggregatorError):
    """One source could not be read this time. Must not cross processes: it cannot be unpickled."""

    def __init__(
        self,
        fault: Fault,
        note: str,
        *,
        status: int = 0,
        wait: timedelta | None = None,
    ) -> None:
        super().__init__(f"{fault}: {note}")
        self.fault = fault
        self.note = note
        self.status = status
        self.wait = wait
