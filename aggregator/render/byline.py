"""Who reports a story, as titles and texts say it."""

from collections.abc import Iterable
from html import escape

from aggregator.model import Byline, Report, Story
from aggregator.render.origin import origin_of


def publisher_name(report: Report) -> str:
    return origin_of(report).title


def author_names(story: Story) -> tuple[str, ...]:
    """The lead's authors, else its publisher: many readers show nothing else of where an item is from."""
    return story.lead.entry.authors or (publisher_name(story.lead),)


def byline_text(story: Story, byline: Byline) -> str:
    """HTML: the lead's publisher, then every other report, each with its link. "" only with "others"."""
    name, copies = publisher_name(story.lead), relayed(story)
    passed = [each for each in story.others if each.number in copies]
    rest = [each for each in story.others if each.number not in copies]
    own = [each for each in rest if publisher_name(each) == name]
    others = [each for each in rest if publisher_name(each) != name]
    if byline == "others":
        said = "<p>Also reported by</p>" if others else ""
    else:
        said = f"<p>{linked(name, story.lead)}{' · also reported by' if others else ''}</p>"
    said += html_list([f"{escape(publisher_name(each))}: {title_link(each)}" for each in others])
    if own:
        said += f"<p>More from {escape(name)}:</p>" + html_list(map(title_link, own))
    if passed:
        lines = (f"{escape(each.source_title)}: {title_link(each)}" for each in passed)
        said += "<p>Passed on by:</p>" + html_list(lines)
    return said


def html_list(lines: Iterable[str]) -> str:
    items = "".join(f"<li>{line}</li>" for line in lines)
    return f"\n<ul>{items}</ul>" if items else ""


def title_link(report: Report) -> str:
    return linked(report.entry.title or "untitled", report)


def linked(words: str, report: Report) -> str:
    """The words, as a link where the report has an address."""
    url = report.entry.url
    return f'<a href="{escape(url)}" rel="noopener noreferrer">{escape(words)}</a>' if url else escape(words)


def relayed(story: Story) -> set[int]:
    """Numbers of reports whose page an earlier one in the list has: another source links to it as well."""
    seen = {story.lead.entry.page: story.lead.entry.source}
    copies = set()
    for each in story.others:
        page, source = each.entry.page, each.entry.source
        if page and seen.setdefault(page, source) != source:
            copies.add(each.number)
    return copies
