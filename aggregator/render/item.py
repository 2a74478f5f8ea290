"""What all formats say of a story, in the same words."""

import html

from aggregator.model import Report, Story


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
    if not story.others:
        return ""
    return f"<p>Also reported by:</p><ul>{''.join(map(line, story.others))}</ul>"


def line(report: Report) -> str:
    entry = report.entry
    words = html.escape(entry.title or "untitled")
    if entry.url:
        words = f'<a href="{html.escape(entry.url)}" rel="noopener noreferrer">{words}</a>'
    return f"<li>{html.escape(report.source_title)}: {words}</li>"


def summary(story: Story) -> str:
    """Plain text."""
    return story.lead.entry.lede


def categories(story: Story) -> list[str]:
    """Of all reports and their sources, each once, the lead's first."""
    tags = [tag for report in (story.lead, *story.others) for tag in (*report.entry.tags, *report.tags)]
    return list(dict.fromkeys(tags))
