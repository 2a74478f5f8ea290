"""Stories -> Edition: the content of an output, in order (pure)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from uuid import UUID, uuid5

from aggregator.model import Edition, Output, Story
from aggregator.text.languages import language_code

NAMESPACE = UUID("0b5d8a0e-3a55-5e0c-8d8b-7b1f5f0c9d42")  # of our feed ids; must never change
NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # the time of last change in an empty feed


def compose(stories: Iterable[Story], output: Output, link: str) -> Edition:
    """The first `output.items` stories. All times come from the data, so equal data yield equal bytes."""
    chosen = list(islice(stories, output.items))
    return Edition(
        name=output.name,
        guid=uuid5(NAMESPACE, f"{link}\n{output.name}").urn,
        title=output.title,
        description=output.description,
        link=link,
        language=language_code(output.language) or output.language,
        updated=max((story.changed for story in chosen), default=NEVER),
        stories=tuple(with_last_change(story, output) for story in chosen),
        byline=output.byline,
        source_tags=output.source_tags,
        private=output.token_file is not None,
    )


def with_last_change(story: Story, output: Output) -> Story:
    """Sets the time of the last change that counts as an update for readers."""
    moments = {"never": None, "new-source": story.joined, "material": story.revised}
    return replace(story, updated=max(story.updated, moments[output.notify] or story.updated))


def newest_report(story: Story) -> tuple[datetime, int]:
    dates = [report.entry.published for report in (story.lead, *story.others)]
    return max((date for date in dates if date), default=story.published), story.number


def invisible(entries: Iterable[int], stories: Iterable[Story]) -> set[int]:
    """Those of these row numbers that readers cannot find: neither a report of a story, all of which its item
    lists, nor an earlier version of one. There must be none."""
    reports = (report for story in stories for report in (story.lead, *story.others))
    return set(entries).difference(number for each in reports for number in (each.number, *each.earlier))
