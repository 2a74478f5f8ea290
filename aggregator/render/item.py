"""What all formats say of a story, in the same words."""

import html
import re
from dataclasses import replace
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from aggregator.model import Edition, Enclosure, Related, Report, Story
from aggregator.render.iri import iri

LANGUAGE = re.compile("[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)  # RFC 5646, what is in use of it

MIME = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)


class Origin(NamedTuple):
    """Who is named as the source of a report."""

    id: str
    title: str
    feed: str = ""
    page: str = ""


def origin_of(report: Report) -> Origin:
    """What a source has from another one is that one's: however many pass it on, its author is named."""
    entry = report.entry
    if entry.via_title or entry.via_url:
        told = entry.via_title or entry.via_url
        page = iri(entry.via_url)
        return Origin(page or uuid5(NAMESPACE_URL, f"via:{told}").urn, told, page=page)
    # For local files an id that tells nobody their path.
    feed = iri(report.feed_url)
    id = feed or uuid5(NAMESPACE_URL, f"source:{entry.source}").urn
    return Origin(id, report.source_title, feed, iri(report.source_url))


def place_of(related: Related, edition: Edition) -> str:
    """Where a related story is read: its lead's page, else our own where there is one; or ""."""
    own = f"{edition.link}story/{related.number}.html" if edition.paged else ""
    return iri(related.url) or own


def title(story: Story) -> str:
    """Plain text, never empty: Atom demands a title."""
    entry = story.lead.entry
    return entry.title or " ".join(entry.lede.split()[:12]) or "Untitled"


def content(story: Story) -> str:
    """The lead's text, then every other report with its source and link. Safe HTML, never empty."""
    lead = story.lead.entry
    return (lead.body or lead.summary or html.escape(title(story))) + other_reports(story)


def other_reports(story: Story) -> str:
    """A list for people, "" when there is one report only."""
    copies = relayed(story)
    reports = [report_line(each, origin_of(each).title) for each in story.others if each not in copies]
    found = f"<p>Also reported by:</p><ul>{''.join(reports)}</ul>" if reports else ""
    lines = [report_line(each, each.source_title) for each in copies]
    return found + (f"<p>Passed on by:</p><ul>{''.join(lines)}</ul>" if lines else "")


def relayed(story: Story) -> list[Report]:
    """Reports of which an earlier one in the list has the page already: another source links to it, too."""
    seen = {story.lead.entry.page: story.lead.entry.source}
    copies = []
    for each in story.others:
        page, source = each.entry.page, each.entry.source
        if page and seen.setdefault(page, source) != source:
            copies.append(each)
    return copies


def report_line(report: Report, who: str) -> str:
    entry = report.entry
    words = html.escape(entry.title or "untitled")
    if entry.url:
        words = f'<a href="{html.escape(entry.url)}" rel="noopener noreferrer">{words}</a>'
    return f"<li>{html.escape(who)}: {words}</li>"


def language_of(story: Story) -> str:
    """The lead's, when it is a language tag; "en_US" is meant as one."""
    said = story.lead.entry.language.replace("_", "-")
    return said if LANGUAGE.fullmatch(said) else ""


def enclosures_of(story: Story) -> list[Enclosure]:
    """The lead's, without types and lengths that are none."""
    return [
        replace(
            each,
            url=iri(each.url),
            type=each.type if MIME.fullmatch(each.type) else "",
            length=max(0, each.length),
        )
        for each in story.lead.entry.enclosures
        if iri(each.url)
    ]


def summary(story: Story) -> str:
    """Plain text."""
    return story.lead.entry.lede


def categories(story: Story) -> list[str]:
    """Of all reports and their sources, each once, the lead's first."""
    tags = [tag for report in (story.lead, *story.others) for tag in (*report.entry.tags, *report.tags)]
    return list(dict.fromkeys(tags))
