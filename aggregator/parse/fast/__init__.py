"""The fast reader for common feeds; it raises Doubt when feedparser has to read the document."""

from aggregator.parse.fast.document import read_fast
from aggregator.parse.fast.names import Doubt

__all__ = ["Doubt", "read_fast"]
