"""Languages and tags of the main feed's stories, each with a page: filters that are plain links."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256

from aggregator.model import Report, Story, Topic
from aggregator.text.languages import language_code

MOST = 24  # pages
SHOWN = 50  # stories on each
NOT_PLAIN = re.compile(r"[^a-z0-9]+")


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
        yield Topic("tag", tag, f"tag/{file_of_tag(tag)}.html")


def file_of_tag(tag: str) -> str:
    """Readable where the tag is plain, and another for every tag, also where capitals do not count."""
    plain = NOT_PLAIN.sub("-", tag.lower()).strip("-")[:40]
    return plain if plain == tag else f"{plain}-{sha256(tag.encode()).hexdigest()[:6]}".lstrip("-")
