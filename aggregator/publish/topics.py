"""Languages and tags of the main feed's stories, each with a page: filters that are plain links."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from aggregator.model import Report, Story, Topic
from aggregator.text.file_names import readable_name
from aggregator.text.languages import language_code

MOST = 24  # pages
SHOWN = 50  # stories on each


def topics_of(stories: Iterable[Story], tags: bool) -> dict[Topic, list[Story]]:
    """Those with most stories; languages only where there are several.

    `tags`: whether the operator publishes the tags of sources.
    """
    found: defaultdict[Topic, list[Story]] = defaultdict(list)
    for story in stories:
        named = (topic for each in (story.lead, *story.others) for topic in topics_of_report(each, tags))
        for topic in dict.fromkeys(named):
            found[topic].append(story)
    if sum(topic.kind == "language" for topic in found) < 2:
        found = defaultdict(list, {topic: each for topic, each in found.items() if topic.kind != "language"})
    most = sorted(found, key=lambda topic: (-len(found[topic]), topic.file))[:MOST]
    return {topic: found[topic][:SHOWN] for topic in most}


def topics_of_report(report: Report, tags: bool) -> Iterator[Topic]:
    """Of a language without its region."""
    if code := language_code(report.entry.language).split("-")[0]:
        yield Topic("language", code, f"language/{code}.html")
    for tag in report.tags if tags else ():
        yield Topic("tag", tag, f"tag/{readable_name(tag)}.html")
