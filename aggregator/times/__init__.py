"""Dates as feeds write them."""

from aggregator.times.dates import parse_date

__all__ = ["parse_date"]
