"""Pages of older stories: one for each archive document of the main feed, with the same stories.

Loads what renders them only when they are needed: that takes longer than a refresh without news.
"""

from collections.abc import Iterator
from functools import partial
from hashlib import sha256

from aggregator import __version__
from aggregator.model import Output, Site
from aggregator.publish.feeds import File, block_of_stories, block_range, past
from aggregator.store import Store


def older_pages(store: Store, output: Output, site: Site) -> Iterator[File]:
    from aggregator.render.pages import templates_digest

    blocks = past(store, output)
    for block in blocks:
        beside = block - 1 if block > blocks.start else None, block + 1 if block + 1 < blocks.stop else None
        facts = (__version__, templates_digest(), site, output, beside)
        mark = repr((facts, store.stories.state_of(*block_range(output, block))))
        make = partial(older_stories, store, output, site, block, beside)
        yield File(f"older-{block}.html", make, sha256(mark.encode()).hexdigest())


def older_stories(
    store: Store, output: Output, site: Site, block: int, beside: tuple[int | None, int | None]
) -> bytes:
    """`beside`: numbers of the pages with the stories before and after these; None where there is none."""
    from aggregator.render.pages import older_page

    return older_page(site, block_of_stories(store, output, block), *beside)
