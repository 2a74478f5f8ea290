"""Dates as feeds write them."""

from aggregator.text.dates.fixed_forms import parse_date

__all__ = ["parse_date"]
