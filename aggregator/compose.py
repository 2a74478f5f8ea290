"""Stories -> Edition: what the merged feed holds, in which order (pure)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid5

from aggregator.model import Edition, Report, Story

NAMESPACE = UUID("0b5d8a0e-3a55-5e0c-8d8b-7b1f5f0c9d42")  # of our feed ids; never to be changed
NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # what an empty feed says of its last change


def compose(
    stories: Iterable[Story], *, name: str, title: str, description: str, link: str, language: str, items: int
) -> Edition:
    """The newest stories first; every time in it comes from the data, so equal data give equal bytes."""
    chosen = sorted(stories, key=lambda story: (story.published, story.number), reverse=True)[:items]
    return Edition(
        name=name,
        guid=uuid5(NAMESPACE, f"{link}\n{name}").urn,
        title=title,
        description=description,
        link=link,
        language=language,
        updated=max((story.changed for story in chosen), default=NEVER),
        stories=tuple(map(once, chosen)),
    )


def once(story: Story) -> Story:
    """Without what a source says twice: a report under a new id or address is not another report."""
    told = marks(story.lead)
    others = []
    for report in story.others:
        if told.isdisjoint(marks(report)):
            others.append(report)
        told |= marks(report)
    return replace(story, others=tuple(others))


def marks(report: Report) -> set[tuple[str, str]]:
    entry = report.entry
    return {(entry.source, mark) for mark in (entry.page, entry.title) if mark}
