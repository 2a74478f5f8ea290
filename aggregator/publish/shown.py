"""Which stories readers can still find: in a feed, on the front page, in an archive, or linked from there."""

from aggregator.config import MAIN, Config, all_outputs
from aggregator.model import Output
from aggregator.publish.feeds import edition_of
from aggregator.publish.front_page import highlights_of
from aggregator.store import Store


def shown_stories(store: Store, config: Config) -> set[int]:
    """Numbers of these stories. A story that is not among them appears again only when the configuration
    changes, or when it grows."""
    found: set[int] = set()
    for output in all_outputs(config):
        if output.holds != "stories":
            continue
        edition = edition_of(store, config, output)
        found |= {story.number for story in edition.stories}
        if output.name == MAIN:
            best = highlights_of(store, output, edition)
            found |= {story.number for story in (*best.top, *best.before)}
        if output.archives:
            found |= store.details.since(first_archived(store, output))
    return found | store.details.linked(found)


def first_archived(store: Store, output: Output) -> int:
    """The least number in an archive document, or in the one that begins the archive."""
    complete = (store.stories.next_number() - 1) // output.items
    return max(0, complete - output.archives) * output.items + 1
