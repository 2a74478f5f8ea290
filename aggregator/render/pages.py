"""The web pages. The door of Jinja2.

They do not contain their rendering time: equal data yield equal bytes.
"""

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache, lru_cache, partial
from hashlib import sha256
from importlib.resources import files
from operator import call
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, PackageLoader, StrictUndefined, pass_context
from jinja2.bccache import Bucket

from aggregator.model import (
    Edition,
    ExplainedStory,
    Highlights,
    Results,
    Section,
    ShownItem,
    Site,
    Story,
    Topic,
)
from aggregator.render import page_filters, why
from aggregator.render.byline import publisher_name
from aggregator.render.chart import chart
from aggregator.render.item import title
from aggregator.render.language import Language, phrases
from aggregator.render.media import image_of
from aggregator.render.sentences import in_language
from aggregator.render.whole_text import whole_text
from aggregator.text.file_names import source_file

LOADER = PackageLoader("aggregator.render", "templates")
FILTERS = {
    "title_of": title,
    "headline": page_filters.headline,
    "language": page_filters.language_tag,
    "source_file": source_file,
    "direction": page_filters.direction,
    "link": page_filters.safe_link,
    "voices": page_filters.voices,
    "publisher_name": publisher_name,
    "newest": page_filters.newest,
    "image_of": image_of,
    "machine": page_filters.machine,
    "instant": page_filters.instant,
    "by_publisher": why.by_publisher,
    "sureness": why.sureness,
    "percent": why.percent,
    "whole_text": whole_text,
    "gap_in_units": why.gap_in_units,
    "joined_score": why.joined_score,
}
COMPILED = Path(__file__).with_name("__pycache__")
LANGUAGES = 8  # that are ready at the same time: one process publishes in one, tests in several
FRAGMENTS = 64  # that pages have in common: `kept(macro, …)` in a template renders them once
MOMENTS = 4096  # whose words are kept: a page says most of them several times
REPEATED = ("count", "day", "clock", "brief", "minute")


class Compiled(FileSystemBytecodeCache):
    """Compiled templates beside our compiled modules, written and trusted like these."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)


@lru_cache(LANGUAGES)
def environment(language: str, timezone: str) -> Environment:
    """Templates in a language and a time zone."""
    spoken = Language(language, timezone)
    made = Environment(
        loader=LOADER,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        # Compiling takes longer than rendering the pages of a refresh.
        bytecode_cache=Compiled(str(COMPILED), "page-%s.bin") if COMPILED.is_dir() else None,
    )
    made.globals |= {"spoken": spoken.tag, "timezone": timezone, "kept": lru_cache(FRAGMENTS)(call)}
    spoken_filters: dict[str, Callable[..., Any]] = {
        **{name: getattr(spoken, name) for name in ("say", "days", "topic_name", "ordered", "timed")},
        **{name: lru_cache(MOMENTS)(getattr(spoken, name)) for name in REPEATED},
        "chart": partial(chart, language=spoken),
        "sentence": partial(in_language, language=spoken),
    }
    made.filters |= FILTERS | {name: when_rendering(each) for name, each in spoken_filters.items()}
    return made


def when_rendering(filter: Callable[..., Any]) -> Callable[..., Any]:
    """Without a context, jinja2 applies a filter to constants when it compiles a template: the words of one
    language would be in the compiled templates of all."""

    @pass_context
    def applied(_: object, *given: Any, **named: Any) -> Any:
        return filter(*given, **named)

    return applied


def template_source(name: str) -> str:
    return files("aggregator.render").joinpath("templates", name).read_text(encoding="utf-8")


STYLE = template_source("style.css").encode()
ICON = template_source("icon.svg").encode()
OWN_STYLE = "own.css"
"""The operator's own style sheet."""
FEEDS = (
    ("atom", "application/atom+xml", "Atom"),
    ("rss", "application/rss+xml", "RSS"),
    ("json", "application/feed+json", "JSON Feed"),
)
NOTICE = (
    "This is a feed. To follow it, copy its address into a feed reader."
    " To read it in the browser, go to the site that it belongs to."
)
Make = Callable[[], bytes]
PLAIN = Highlights()


def page_files(
    site: Site,
    edition: Edition,
    stories: Iterable[ExplainedStory],
    highlights: Highlights = PLAIN,
) -> Iterator[tuple[str, bytes]]:
    """The pages as files: name below the output folder, and bytes."""
    yield "style.css", STYLE
    yield "feed.css", feed_style(site)
    yield "index.html", river(site, edition.stories, highlights, edition.before)
    yield "search.html", search_page(site, None)
    listed = list(stories)
    paged = {each.story.number for each in listed}
    for each in listed:
        for name, make in story_files(site, each, paged):
            yield name, make()


def feed_style(site: Site) -> bytes:
    """For a feed that a browser shows as it is, with a notice in the language of the pages."""
    notice = str(Language(site.language).say(NOTICE)).replace("\\", "").replace('"', "'")
    return template_source("feed.css").replace(NOTICE, notice).encode()


def story_files(site: Site, explained: ExplainedStory, paged: Collection[int]) -> Iterator[tuple[str, Make]]:
    """A story's page, and one under the number of each story merged into it."""
    yield f"story/{explained.story.number}.html", partial(story_page, site, explained, paged)
    for joined in explained.joined:
        yield f"story/{joined.number}.html", partial(moved_page, site, explained.story)


@cache
def templates_digest() -> str:
    """Changes with any template and any word of the pages."""
    sources = [template_source(name) for name in LOADER.list_templates()]
    return sha256(repr((sources, phrases())).encode()).hexdigest()


def river(
    site: Site, stories: Sequence[Story], highlights: Highlights = PLAIN, older: int | None = None
) -> bytes:
    """The top stories, and below them the others. `older`: number of the page with those before them."""
    shown = {story.number for story in highlights.top}
    rest = [story for story in stories if story.number not in shown]
    return render_template("index.html", site, stories=rest, highlights=highlights, older=older)


def topic_page(site: Site, topic: Topic, stories: Sequence[Story], topics: Sequence[Topic]) -> bytes:
    """The newest stories in a language, or with a tag. `topics`: all that have a page."""
    return render_template("topic.html", site, root="../", topic=topic, stories=stories, topics=topics)


def older_page(site: Site, stories: Sequence[Story], older: int | None, newer: int | None) -> bytes:
    """`older`, `newer`: numbers of the pages beside it; without a newer one, the front page is."""
    return render_template("older.html", site, stories=stories, older=older, newer=newer)


def section_page(site: Site, section: Section, stories: Sequence[Story]) -> bytes:
    """The newest stories of an output that is not the main one."""
    return render_template("section.html", site, feed=section, section=section, stories=stories)


def story_page(site: Site, explained: ExplainedStory, paged: Collection[int] | None = None) -> bytes:
    """`paged`: numbers of the stories that have a page, to which related ones link; None: all."""
    return render_template(
        "story.html", site, root="../", story=explained.story, explained=explained, paged=paged
    )


def feed_page(site: Site, title: str, items: Sequence[ShownItem]) -> bytes:
    """A feed for who opens it in a browser."""
    return render_template("feed.html", site, title=title, items=items)


def moved_page(site: Site, story: Story) -> bytes:
    """A pointer for visitors with the number of a merged story, where no server redirects."""
    return render_template("moved.html", site, root="../", story=story)


def search_page(site: Site, results: Results | None) -> bytes:
    """None: the page as a static file, which cannot search."""
    return render_template("search.html", site, results=results)


def plain_page(site: Site, heading: str, words: str, root: str = "", begin: bool = False) -> bytes:
    """A page with a single message, such as that there is no such story."""
    return render_template("plain.html", site, root=root, heading=heading, words=words, begin=begin)


def render_template(template: str, site: Site, root: str = "", **values: object) -> bytes:
    whole = Section(site.feed, site.title, site.description, site.formats)
    values = {"site": site, "root": root, "policy": policy(site), "feed": whole, "kinds": FEEDS} | values
    values["own_style"] = OWN_STYLE if site.styled else ""
    return environment(site.language, site.timezone).get_template(template).render(**values).encode()


def policy(site: Site) -> str:
    """Content-Security-Policy: no script, nothing from other sites; pictures if the operator allows them."""
    images = " https: http:" if site.images == "direct" else ""
    return (
        f"default-src 'none'; style-src 'self'; img-src 'self'{images}; form-action 'self'; base-uri 'none'"
    )
