"""The page of all sources, and the page of one."""

from collections.abc import Collection, Sequence

from aggregator.model import Site, SourceStatus, Story
from aggregator.render.pages import render_template

LISTED = 500  # sources on one page


def sources_page(
    site: Site,
    sources: Sequence[SourceStatus],
    paged: Collection[str] | None = (),
    order: str = "state",
    offline: bool = False,
) -> bytes:
    """`paged`: the sources that have a page as a file. None: all have a page, and this one includes what
    changes at every visit; otherwise equal states yield equal pages.

    `order`: the column that the sources are sorted by.
    """
    return render_template(
        "sources.html",
        site,
        sources=sources,
        most=LISTED,
        paged=paged,
        live=paged is None,
        order=order,
        offline=offline,
    )


def source_page(
    site: Site,
    source: SourceStatus,
    stories: Sequence[Story],
    number: int = 1,
    more: bool = False,
    root: str = "",
) -> bytes:
    """The reports of a source, each as the lead of its story. `number`: of the page, from 1."""
    return render_template(
        "source.html", site, root, source=source, stories=stories, number=number, more=more
    )
