"""Chooses the stories of an output (pure), by all reports of each story."""

from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from re import compile

from aggregator.model import Output, Report, Rule, Story
from aggregator.text.languages import language_code
from aggregator.text.patterns import matches_pattern

TAG = compile("<[^>]*>")
LONGEST = 20_000  # characters of a report's text that are searched: enough for everything but whole books


def select(stories: Iterable[Story], output: Output) -> Iterator[Story]:
    """Keeps the order; lazy."""
    led: Counter[str] = Counter()
    for story in stories:
        if not wanted(story, output):
            continue
        source = story.lead.entry.source
        led[source] += 1
        if output.per_source and led[source] > output.per_source:
            continue
        yield story


def selective(output: Output) -> bool:
    """Whether it filters stories by their reports."""
    filters = (output.sources, output.tags, output.languages, output.include, output.exclude)
    return any(filters) or output.min_sources > 1


def wanted(story: Story, output: Output) -> bool:
    reports = (story.lead, *story.others)
    if output.min_sources > 1 and len(witnesses(story)) < output.min_sources:
        return False
    if not any(passes(report, output) for report in reports):
        return False
    return not any(holds(rule, report) for rule in output.exclude for report in reports)


def witnesses(story: Story) -> set[str]:
    """The publishers that report it: two sources of one owner count once."""
    return {report.publisher for report in (story.lead, *story.others)}


def passes(report: Report, output: Output) -> bool:
    """One report must pass all filters: a tag of one and a word of another do not match."""
    entry = report.entry
    if output.sources and entry.source not in output.sources:
        return False
    if output.tags and not set(output.tags) & {*entry.tags, *report.tags}:
        return False
    if output.languages and not any(speaks(entry.language, each) for each in output.languages):
        return False
    return not output.include or any(holds(rule, report) for rule in output.include)


def speaks(language: str, wanted: str) -> bool:
    """RFC 4647 3.3.1: "en" matches "en-GB" as well; "eo" matches its other code "epo"."""
    given, asked = (language_code(each) or each for each in (language, wanted))
    return f"{given.lower()}-".startswith(f"{asked.lower()}-")


def holds(rule: Rule, report: Report) -> bool:
    return any(matches_pattern(rule.pattern, text) for text in texts_of(rule, report))


def texts_of(rule: Rule, report: Report) -> Iterator[str]:
    entry = report.entry
    if rule.part in ("title", None):
        yield entry.title
    if rule.part in ("text", None):
        yield unescape(TAG.sub(" ", (entry.body or entry.summary or entry.lede)[:LONGEST]))
    if rule.part in ("author", None):
        yield from entry.authors
    if rule.part in ("category", None):
        yield from (*entry.tags, *report.tags)
