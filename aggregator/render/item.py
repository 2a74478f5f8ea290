"""What all formats say of a story, in the same words."""

import html
import re

from aggregator.model import Byline, Edition, Related, Story
from aggregator.render.byline import byline_text, publisher_name
from aggregator.render.iri import iri

LANGUAGE = re.compile("[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)  # RFC 5646, what is in use of it


def place_of(related: Related, edition: Edition) -> str:
    """Where a related story is read: its lead's page, else our own where there is one; or ""."""
    return iri(related.url) or story_address(related.number, edition)


def story_address(number: int, edition: Edition) -> str:
    """Of its page; "" where the web cannot read it."""
    return f"{edition.link}story/{number}.html" if edition.paged else ""


def title(story: Story) -> str:
    """Plain text, never empty: Atom demands a title."""
    entry = story.lead.entry
    return entry.title or " ".join(entry.lede.split()[:12]) or "Untitled"


def headed(story: Story, byline: Byline) -> str:
    """The title as feeds have it."""
    return f"{title(story)} · {publisher_name(story.lead)}" if byline == "title" else title(story)


def content(story: Story, byline: Byline = "text", page: str = "") -> str:
    """The lead's text, then who reports it. Safe HTML, never empty. `page`: address of the story's, or ""."""
    lead = story.lead.entry
    return (lead.body or lead.summary or html.escape(title(story))) + byline_text(story, byline, page)


def language_of(story: Story) -> str:
    """The lead's, when it is a language tag; "en_US" is meant as one."""
    said = story.lead.entry.language.replace("_", "-")
    return said if LANGUAGE.fullmatch(said) else ""


def summary(story: Story) -> str:
    """Plain text."""
    return story.lead.entry.lede


def categories(story: Story) -> list[str]:
    """Of all reports and their sources, each once, the lead's first."""
    tags = [tag for report in (story.lead, *story.others) for tag in (*report.entry.tags, *report.tags)]
    return list(dict.fromkeys(tags))
