"""Document -> Parsed, whatever its format."""

from aggregator.parse.formats import parse

__all__ = ["parse"]
