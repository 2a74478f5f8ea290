"""Filters for templates."""

from datetime import UTC, datetime

from aggregator.model import Entry, Report, Story
from aggregator.render.language import only_day
from aggregator.text.languages import language_code
from aggregator.text.titles import shown_title

RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}


def newest(story: Story) -> datetime:
    """When it was last reported."""
    dates = (report.entry.published for report in (story.lead, *story.others))
    return max((date for date in dates if date), default=story.published)


def machine(moment: datetime) -> str:
    """For the datetime attribute."""
    return f"{moment.astimezone(UTC):{'%Y-%m-%d' if only_day(moment) else '%Y-%m-%dT%H:%M:%SZ'}}"


def headline(entry: Entry) -> str:
    """Plain text, never empty."""
    return shown_title(entry.title, entry.lede, entry.url, entry.source, entry.published)


def language_tag(entry: Entry) -> str:
    """For a lang attribute, or ""."""
    return language_code(entry.language)


def direction(entry: Entry) -> str:
    """From the language if it decides; "auto" lets the browser go by the first letter."""
    return "rtl" if language_code(entry.language).split("-")[0] in RIGHT_TO_LEFT else "auto"


def safe_link(address: str) -> str:
    """A web address, or "": no browser receives any other kind."""
    return address if address.lower().startswith(("http://", "https://")) else ""


def voices(story: Story) -> list[Report]:
    """One report per publisher, the lead's first: as many as `min_sources` counts."""
    found: dict[str, Report] = {}
    for report in (story.lead, *story.others):
        found.setdefault(report.publisher, report)
    return list(found.values())
