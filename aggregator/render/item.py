"""The parts of an item that all formats share."""

from html import escape

from aggregator.model import Byline, Edition, Related, Story
from aggregator.render.byline import byline_text, publisher_name
from aggregator.render.iri import iri
from aggregator.render.language import spoken
from aggregator.render.page_filters import headline
from aggregator.text.html import plain
from aggregator.text.languages import language_code

DESCRIPTION = "Every story once, with all its reports."
"""The default of the configuration; a test compares the two."""
MORE = ("<a ", "<img", "<iframe", "<video", "<audio", "<picture")  # elements that a title does not have
MARKUP = 1_000  # most characters of markup around a repeated title


def place_of(related: Related, edition: Edition) -> str:
    """Address of a related story: its lead's page, else our own page if there is one, else ""."""
    return iri(related.url) or story_address(related.number, edition)


def story_address(number: int, edition: Edition) -> str:
    """Address of the story's page; "" where it is not public."""
    return f"{edition.link}story/{number}.html" if edition.paged else ""


def own_or_default(edition: Edition) -> str:
    """The feed's description; where the operator gave none, ours in the feed's language."""
    ours = edition.description == DESCRIPTION
    return spoken(edition.language).words[DESCRIPTION] if ours else edition.description


def title(story: Story) -> str:
    """Plain text, never empty: Atom demands a title."""
    return headline(story.lead.entry)


def headed(story: Story, byline: Byline) -> str:
    """The title in feeds."""
    return f"{title(story)} · {publisher_name(story.lead)}" if byline == "title" else title(story)


def content(story: Story, byline: Byline = "text", page: str = "", language: str = "") -> str:
    """The lead's text, then the byline. Safe HTML, never empty. `page`: address of the story's, or ""."""
    said = own_text(story) + byline_text(story, byline, page, language)
    return said or byline_text(story, "text", page, language) or escape(title(story))


def own_text(story: Story) -> str:
    """The lead's text; "" where it only repeats the title."""
    lead = story.lead.entry
    text = lead.body or lead.summary
    return "" if only_title(story, text) else text


def only_title(story: Story, text: str) -> bool:
    """Whether this HTML only repeats the title, without link or picture."""
    words = title(story)
    if len(text) > len(words) + MARKUP or any(mark in text for mark in MORE):
        return False
    return plain(text) == " ".join(words.split())


def language_of(story: Story) -> str:
    """The lead's language tag, or ""."""
    return language_code(story.lead.entry.language)


def summary(story: Story) -> str:
    """Plain text; "" where it only repeats the title."""
    words = " ".join(story.lead.entry.lede.split())
    return "" if words == " ".join(title(story).split()) else story.lead.entry.lede


def categories(story: Story, edition: Edition) -> list[str]:
    """Categories of all reports, each once, the lead's first; with the operator's tags if configured."""
    tags: list[str] = []
    for report in (story.lead, *story.others):
        tags += (*report.entry.tags, *(report.tags if edition.source_tags else ()))
    return list(dict.fromkeys(tags))
