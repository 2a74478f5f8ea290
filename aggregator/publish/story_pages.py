"""Pages of stories as files: of every story in an open feed or in its archive, to which older pages lead."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256

from aggregator import __version__
from aggregator.config import MAIN, Config, all_outputs
from aggregator.model import ExplainedStory, Output, Site
from aggregator.publish.explain import explained_stories
from aggregator.publish.feeds import File, archived_numbers, whole_stories
from aggregator.store import Store
from aggregator.store.page_marks import PageMark

CHUNK = 20  # stories read at a time, when the page of one has to be made


def story_pages(
    store: Store, config: Config, site: Site, wanted: Mapping[int, Output], marks: Mapping[int, PageMark]
) -> Iterator[File]:
    """`wanted`: number of a story -> the output whose filters apply to related stories."""
    from aggregator.render.pages import templates_digest

    made_from = (__version__, templates_digest(), site)
    affairs: defaultdict[int, list[int]] = defaultdict(list)
    order = sorted(marks)
    for number in order:
        affairs[marks[number].affair].append(number)
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for number in reversed(order):
        groups[wanted[number].name].append(number)
    for output in all_outputs(config):
        pages = StoryPages(store, site, output, order, groups[output.name])
        for number in pages.numbers:
            own, affair, joined = marks[number]
            facts = (made_from, output, own, affairs[affair], neighbours(number, order))
            mark = sha256(repr(facts).encode()).hexdigest()
            yield File(f"story/{number}.html", partial(pages.story, number), mark)
            for other in joined:
                yield File(f"story/{other}.html", partial(pages.moved, number), mark)


@dataclass(slots=True)
class StoryPages:
    """Makes the pages of one output, which are asked for in the order of its numbers."""

    store: Store
    site: Site
    output: Output
    order: Sequence[int]
    """Numbers of all stories that have a page, ascending."""
    numbers: Sequence[int]
    read: dict[int, ExplainedStory] = field(default_factory=dict)

    def story(self, number: int) -> bytes:
        from aggregator.render.pages import story_page

        older, newer = neighbours(number, self.order)
        explained = replace(self.explained(number), older=older, newer=newer)
        return story_page(self.site, explained, set(self.order))

    def moved(self, number: int) -> bytes:
        from aggregator.render.pages import moved_page

        return moved_page(self.site, self.explained(number).story)

    def explained(self, number: int) -> ExplainedStory:
        if number not in self.read:
            place = self.numbers.index(number)
            stories = whole_stories(self.store, self.numbers[place : place + CHUNK], self.output)
            self.read = {each.story.number: each for each in explained_stories(self.store, stories)}
        return self.read[number]


def neighbours(number: int, order: Sequence[int]) -> tuple[int | None, int | None]:
    """The stories before and after it in `order`, where there are any."""
    place = bisect_left(order, number)
    return order[place - 1] if place else None, next(iter(order[place + 1 : place + 2]), None)


def with_archived(store: Store, config: Config, listed: Mapping[int, Output]) -> dict[int, Output]:
    """Adds the stories of archive documents; for one merged into another since, that other one.

    Without a public address no item leads to a page, only the older pages of the main feed do.
    """
    wanted = dict(listed)
    for output in all_outputs(config):
        if not output.token_file and (config.feed.link or output.name == MAIN):
            numbers = set(archived_numbers(store, output)) - wanted.keys()
            there = store.details.present(numbers)
            survivors = {into for each in numbers - there if (into := store.details.into(each))}
            for number in there | survivors:
                wanted.setdefault(number, output)
    return wanted
