"""The reader of the common case; Doubt when the other one has to read."""

from aggregator.parse.fast.document import read_fast
from aggregator.parse.fast.names import Doubt

__all__ = ["Doubt", "read_fast"]
