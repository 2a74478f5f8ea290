"""Pages of sources as files: the reports of each in the stories that have a page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256

from aggregator import __version__
from aggregator.model import Site, SourceStatus, Story
from aggregator.publish.explain import source_statuses
from aggregator.publish.feeds import File
from aggregator.store import Store
from aggregator.store.page_marks import PageMark
from aggregator.text.file_names import source_file

SHOWN = 50  # reports
Placed = Sequence[tuple[int, int]]
"""Entries, each with the number of its story."""


def source_pages(store: Store, site: Site, marks: Mapping[int, PageMark]) -> Iterator[File]:
    """The page of all sources, and one for each that has a report in the stories of `marks`.

    So the number of pages has a bound, and each is made only when its reports have changed.
    """
    from aggregator.render.pages import templates_digest
    from aggregator.render.sources import sources_page

    statuses, placed = source_statuses(store, latest=1), store.details.placed(marks)
    yield File("sources.html", partial(sources_page, site, statuses, placed.keys()))
    known = {each.name: each for each in statuses}
    made_from = (__version__, templates_digest(), site)
    for name, entries in placed.items():
        latest, source = entries[:SHOWN], known.get(name) or store.statuses.named(name)
        if source:
            head = source.name, source.title, source.url, source.host
            facts = made_from, head, [(entry, marks[story].mark) for entry, story in latest]
            mark = sha256(repr(facts).encode()).hexdigest()
            yield File(source_file(name), partial(page_of_source, store, site, source, latest), mark)


def page_of_source(store: Store, site: Site, source: SourceStatus, placed: Placed) -> bytes:
    from aggregator.render.sources import source_page

    return source_page(site, source, led_stories(store, placed), root="../")


def led_stories(store: Store, placed: Placed) -> list[Story]:
    """The story of each entry, led by that entry."""
    stories = {story.number: story for story in store.details.stories({story for _, story in placed})}
    return [led_by(stories[story], entry) for entry, story in placed if story in stories]


def led_by(story: Story, entry: int) -> Story:
    """The story with another lead; its time is that of this report."""
    reports = (story.lead, *story.others)
    lead = next((each for each in reports if each.number == entry), story.lead)
    others = tuple(each for each in reports if each is not lead)
    return replace(story, lead=lead, others=others, published=lead.entry.published or story.published)
