"""The files of each output: its feed in every format, and its archive documents (RFC 5005 §4)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from hashlib import sha256
from typing import NamedTuple

from aggregator.config import MAIN, Config, token_files
from aggregator.model import Edition, Format, Output, Story, file_name
from aggregator.publish.compose import compose, newest_report
from aggregator.publish.divide import divide
from aggregator.publish.filters import select, selective, wanted, witnesses
from aggregator.publish.problems import problem_story, without_details
from aggregator.store import Store

REACH = 20_000  # stories searched to fill a feed: a filter that passes hardly any gives up there
SORTED = 3_000  # stories searched where the order is not that of arrival


class File(NamedTuple):
    """A file of the output folder, not rendered yet."""

    name: str
    make: Callable[[], bytes]
    mark: str = ""
    """An existing file with this mark stays as it is."""


def edition_of(store: Store, config: Config, output: Output) -> Edition:
    blocks = past(store, output)
    composed = compose(chosen(store, output), output, site_link(config))
    hubs = () if output.token_file else config.publish.hubs
    before = blocks[-1] if blocks else None
    return replace(with_links(store, config, composed, output), before=before, hubs=hubs)


def with_links(store: Store, config: Config, edition: Edition, output: Output) -> Edition:
    """Drops related stories that the output filters out, and says whether stories have pages."""
    if not selective(output):
        return replace(edition, paged=paged(config, output))
    stories = tuple(with_fitting_related(store, edition.stories, output))
    return replace(edition, stories=stories, paged=paged(config, output))


def paged(config: Config, output: Output) -> bool:
    return bool(config.feed.link) and MAIN not in token_files(config) and output.holds == "stories"


def with_fitting_related(store: Store, stories: Iterable[Story], output: Output) -> Iterator[Story]:
    named = list(stories)
    others = store.details.stories({each.number for story in named for each in story.related})
    fitting = {other.number for other in others if wanted(other, output)}
    for story in named:
        yield replace(story, related=tuple(each for each in story.related if each.number in fitting))


def whole_stories(store: Store, numbers: Iterable[int], output: Output) -> list[Story]:
    """Stories for their pages, which show a whole story even where the output divides it."""
    found = store.details.stories(numbers)
    return list(with_fitting_related(store, found, output) if selective(output) else found)


def files(edition: Edition, output: Output) -> Iterator[File]:
    for format in output.formats:
        yield File(file_name(output.name, None, format), partial(rendered, format, edition))


def chosen(store: Store, output: Output) -> Iterator[Story]:
    if output.holds == "problems":
        latest = store.problems.latest(output.items)
        told = latest if output.token_file else map(without_details, latest)
        return (problem_story(each, output.language) for each in told)
    since = None
    if output.max_age:
        newest = next(store.stories.recent(1), None)
        since = newest.published - output.max_age if newest else None
    if output.join != "events":
        stories = parts_of_stories(store, output, since)
    else:
        reach = REACH if output.order == "newest story" else SORTED
        stories = store.stories.recent(reach, reports=output.min_sources, sources=output.sources, since=since)
    if output.order == "newest report":
        stories = iter(sorted(stories, key=newest_report, reverse=True))
    elif output.order == "most reported":
        stories = iter(sorted(stories, key=lambda story: len(witnesses(story)), reverse=True))
    return select(stories, output)


def parts_of_stories(store: Store, output: Output, since: datetime | None) -> Iterator[Story]:
    """Newest first. A part may be newer than its story, so stories with late reports are included."""
    reach = max(SORTED, output.items)
    stories = list(store.stories.recent(reach, reports=output.min_sources, sources=output.sources))
    missing = store.parts.lately(reach) - {story.number for story in stories}
    stories += store.details.stories(missing)
    divided = divide(store, stories, output.join)
    new = (part for part in divided if since is None or part.published >= since)
    return iter(sorted(new, key=lambda part: (part.published, part.number, part.lead.number), reverse=True))


def past(store: Store, output: Output) -> range:
    """Numbers of the archive documents to publish.

    A document holds a fixed range of story numbers, which are never reused: it is complete when the
    next range begins, and no story ever moves to another document.
    """
    complete = (store.stories.next_number() - 1) // output.items
    return range(max(0, complete - output.archives), complete)


def block_range(output: Output, block: int) -> tuple[int, int]:
    """The first and last story number of an archive document."""
    return block * output.items + 1, (block + 1) * output.items


def block_of_stories(store: Store, output: Output, block: int) -> list[Story]:
    """Those of its numbers that the output lets through, newest first."""
    return list(select(store.stories.numbered(*block_range(output, block)), output))


def archives(store: Store, config: Config, output: Output) -> Iterator[File]:
    """Archive documents never change: readers fetch each once."""
    blocks = past(store, output)
    for block in blocks:
        before = block - 1 if block > blocks.start else None
        mark = sha256(repr((output, site_link(config), before, paged(config, output))).encode()).hexdigest()
        edition = cache(partial(archived, store, config, output, block, before))  # read once for all formats
        for format in output.formats:
            make = partial(rendered_when_needed, format, edition)
            yield File(file_name(output.name, block, format), make, mark)


def archived_numbers(store: Store, output: Output) -> Iterator[int]:
    """Numbers in its archive documents; some may have no story, or one merged into another."""
    for block in past(store, output):
        first, last = block_range(output, block)
        if selective(output) or output.per_source:
            yield from (story.number for story in block_of_stories(store, output, block))
        else:
            yield from range(first, last + 1)


def archived(store: Store, config: Config, output: Output, block: int, before: int | None) -> Edition:
    stories = block_of_stories(store, output, block)
    composed = with_links(store, config, compose(stories, output, site_link(config)), output)
    return replace(composed, archive=block, before=before)


def rendered_when_needed(format: Format, edition: Callable[[], Edition]) -> bytes:
    return rendered(format, edition())


def rendered(format: Format, edition: Edition) -> bytes:
    from aggregator.render import RENDERERS  # takes longer to load than a refresh that finds nothing new

    return RENDERERS[format](edition)


def site_link(config: Config) -> str:
    """The public address of the site; without one, our address for readers on this machine."""
    host = "127.0.0.1" if config.serve.host in ("0.0.0.0", "::") else config.serve.host  # noqa: S104
    bracketed = f"[{host}]" if ":" in host else host
    given = config.feed.link or f"http://{bracketed}:{config.serve.port}"
    return given.rstrip("/") + "/"
