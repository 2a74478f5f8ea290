"""Names the publishers of a story in titles and texts."""

from html import escape

from aggregator.model import Byline, Report, Story
from aggregator.render.language import spoken
from aggregator.render.origin import origin_of
from aggregator.render.page_filters import headline


def publisher_name(report: Report) -> str:
    return origin_of(report).title


def author_names(story: Story) -> tuple[str, ...]:
    """The lead's authors, else its publisher: many readers show nothing else about an item's origin."""
    return story.lead.entry.authors or (publisher_name(story.lead),)


def byline_text(story: Story, byline: Byline, page: str = "", tag: str = "") -> str:
    """HTML: the lead's publisher, then every other report, each with its link. "" only for "others".

    `page`: address of the story's page, or "". `tag`: the feed's language.
    """
    language = spoken(tag)
    name, copies = publisher_name(story.lead), relayed(story)
    passed = [each for each in story.others if each.number in copies]
    rest = [each for each in story.others if each.number not in copies]
    own = [each for each in rest if publisher_name(each) == name]
    others = [each for each in rest if publisher_name(each) != name]
    if byline == "others" or names_itself(story.lead):
        said = f"<p>{html_link(language.say('Also reported by'), page)}</p>" if others else ""
    else:
        words = language.say("also reported by" if others else "story page")
        more = html_link(words, page) if others or page else ""
        said = f"<p>{linked(name, story.lead)}{more and ' · '}{more}</p>"
    lines = [f"{escape(publisher_name(each))}: {title_link(each)}" for each in others]
    lines += [f"{language.say('More from {source}', source=name)}: {title_link(each)}" for each in own]
    said += html_list(lines)
    if passed:
        lines = [f"{escape(each.source_title)}: {title_link(each)}" for each in passed]
        said += f"<p>{language.say('Passed on by:')}</p>{html_list(lines)}"
    return said


def html_list(lines: list[str]) -> str:
    items = "".join(f"<li>{line}</li>" for line in lines)
    return f"\n<ul>{items}</ul>" if items else ""


def title_link(report: Report) -> str:
    return linked(headline(report.entry), report)


def linked(words: str, report: Report) -> str:
    return html_link(words, report.entry.url)


def html_link(words: str, url: str) -> str:
    """The words as HTML, as a link where there is an address."""
    return f'<a href="{escape(url)}" rel="noopener noreferrer">{escape(words)}</a>' if url else escape(words)


def names_itself(report: Report) -> bool:
    """Whether it came from a feed like our own, whose text already names the publisher."""
    entry = report.entry
    passed_on = entry.via_title or entry.via_url
    return bool(passed_on) and f"<p>{linked(publisher_name(report), report)}" in (entry.body or entry.summary)


def relayed(story: Story) -> set[int]:
    """Numbers of reports whose page an earlier one of another source already has."""
    seen = {story.lead.entry.page: story.lead.entry.source}
    copies = set()
    for each in story.others:
        page, source = each.entry.page, each.entry.source
        if page and seen.setdefault(page, source) != source:
            copies.add(each.number)
    return copies
