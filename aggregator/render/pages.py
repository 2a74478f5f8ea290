"""The pages for people. The door of Jinja2.

Nothing in them tells the time of their making: equal data give equal bytes.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache, partial
from hashlib import sha256

from jinja2 import Environment, PackageLoader, StrictUndefined

from aggregator.model import Account, Edition, Highlights, Record, Results, Site, Story
from aggregator.render import page_filters, why
from aggregator.render.chart import chart
from aggregator.render.item import title

PAGES = Environment(
    loader=PackageLoader("aggregator.render", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
PAGES.filters |= {
    "title_of": title,
    "headline": page_filters.headline,
    "language": page_filters.language_tag,
    "direction": page_filters.direction,
    "link": page_filters.safe_link,
    "voices": page_filters.voices,
    "days": page_filters.by_day,
    "day": page_filters.day,
    "minute": page_filters.minute,
    "clock": page_filters.clock,
    "brief": page_filters.brief,
    "newest": page_filters.newest,
    "machine": page_filters.machine,
    "by_publisher": why.by_publisher,
    "sureness": why.sureness,
    "percent": why.percent,
    "gap_in_units": why.gap_in_units,
    "joined_score": why.joined_score,
    "chart": chart,
    "count": page_filters.count,
}
STYLE = (PAGES.loader.get_source(PAGES, "style.css")[0] if PAGES.loader else "").encode()
FEED_STYLE = (PAGES.loader.get_source(PAGES, "feed.css")[0] if PAGES.loader else "").encode()
FEEDS = (
    ("atom", "application/atom+xml", "Atom"),
    ("rss", "application/rss+xml", "RSS"),
    ("json", "application/feed+json", "JSON Feed"),
)
Make = Callable[[], bytes]
PLAIN = Highlights()
LISTED = 500  # sources on one page


def page_files(
    site: Site,
    edition: Edition,
    accounts: Iterable[Account],
    sources: Sequence[Record],
    highlights: Highlights = PLAIN,
) -> Iterator[tuple[str, bytes]]:
    """The pages as files: name below the output folder, and bytes."""
    yield "style.css", STYLE
    yield "feed.css", FEED_STYLE
    yield "index.html", river(site, edition.stories, highlights)
    yield "sources.html", sources_page(site, sources, live=False)
    yield "search.html", search_page(site, None)
    listed = list(accounts)
    paged = {account.story.number for account in listed}
    for account in listed:
        for name, make in story_files(site, account, paged):
            yield name, make()


def story_files(site: Site, account: Account, paged: Collection[int]) -> Iterator[tuple[str, Make]]:
    """A story's page, and one under the number of each story that went into it."""
    yield f"story/{account.story.number}.html", partial(story_page, site, account, paged)
    for joined in account.joined:
        yield f"story/{joined.number}.html", partial(moved_page, site, account.story)


@cache
def templates_digest() -> str:
    """Another one when any template has changed."""
    sources = [template_source(name) for name in PAGES.list_templates()]
    return sha256("\0".join(sources).encode()).hexdigest()


def template_source(name: str) -> str:
    return PAGES.loader.get_source(PAGES, name)[0] if PAGES.loader else ""


def river(site: Site, stories: Sequence[Story], highlights: Highlights = PLAIN) -> bytes:
    """The top stories, and below them the others."""
    shown = {story.number for story in highlights.top}
    rest = [story for story in stories if story.number not in shown]
    return render_template("index.html", site, stories=rest, highlights=highlights)


def story_page(site: Site, account: Account, paged: Collection[int] | None = None) -> bytes:
    """`paged`: numbers of the stories that have a page, which related ones are linked by; None: all."""
    return render_template("story.html", site, root="../", story=account.story, account=account, paged=paged)


def moved_page(site: Site, story: Story) -> bytes:
    """For who comes by the number of a story that went into this one, where nobody can redirect."""
    return render_template("moved.html", site, root="../", story=story)


def sources_page(site: Site, sources: Sequence[Record], live: bool) -> bytes:
    """live: with what changes at every visit. Without, equal while the sources' states are."""
    return render_template("sources.html", site, sources=sources, live=live, most=LISTED)


def search_page(site: Site, results: Results | None) -> bytes:
    """None: the page as a file, where nobody can search."""
    return render_template("search.html", site, results=results)


def plain_page(site: Site, heading: str, words: str, root: str = "") -> bytes:
    """A page that says one thing, such as that there is no such story."""
    return render_template("plain.html", site, root=root, heading=heading, words=words)


def render_template(template: str, site: Site, root: str = "", **values: object) -> bytes:
    feeds = [each for each in FEEDS if each[0] in site.formats]
    values |= {"site": site, "root": root, "policy": policy(site), "feeds": feeds}
    return PAGES.get_template(template).render(**values).encode()


def policy(site: Site) -> str:
    """Content-Security-Policy: no script, nothing from elsewhere; pictures where the operator allows them."""
    images = " img-src https: http:;" if site.images == "direct" else ""
    return f"default-src 'none'; style-src 'self';{images} form-action 'self'; base-uri 'none'"
