"""Dates as feeds write them."""

from aggregator.text.dates.dates import parse_date

__all__ = ["parse_date"]
