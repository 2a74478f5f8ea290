"""Commands for readers: search stories, show one, open it in a browser."""

import textwrap
import webbrowser
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

import click

from aggregator.cli.answers import answer, as_json
from aggregator.cli.common import limited, loaded, printable, tell, with_config
from aggregator.cli.names import story_numbers
from aggregator.cli.tables import print_table, story_table
from aggregator.cli.usage import Number
from aggregator.config import MAIN, Config, token_files
from aggregator.errors import NumberError, SearchError
from aggregator.model import Story
from aggregator.publish.feeds import site_link
from aggregator.render.page_filters import headline
from aggregator.serve.search import index_waiting
from aggregator.store import Store
from aggregator.text.html import plain

WIDTH = 100  # characters of a line of text
PATIENCE = 2  # seconds for our own server
TEXT = 2_000  # characters of a text that are shown


@click.command()
@with_config
@click.argument("words", nargs=-1, required=True)
@limited
@as_json
def search(config_file: str | None, words: tuple[str, ...], limit: int, as_json: bool) -> int:
    """Find stories with all these words in titles and texts.

    As on the pages: "in this order", begin*, -without, one OR other; quote the whole: 'bridge -cars'.
    """
    database = loaded(config_file).store.path
    index_waiting(database)
    with Store.reading(database) as store, store.translating_errors():
        try:
            found = store.search.stories(" ".join(words))[:limit]
        except SearchError:
            tell("this search takes too long: more words make it faster")
            return 1
    if found and not as_json:
        print_table(story_table(found))
    else:
        answer(as_json, found, "No stories found.")
    return 0


@click.command()
@with_config
@click.argument("story", metavar="STORY", type=Number(), shell_complete=story_numbers)
@as_json
def show(config_file: str | None, story: int, as_json: bool) -> None:
    """Show a story with its reports."""
    with Store.reading(loaded(config_file).store.path) as store, store.translating_errors():
        found = known_story(store, story)
    answer(as_json, found, *shown_story(found))


@click.command("open")
@with_config
@click.argument("story", metavar="STORY", type=Number(), shell_complete=story_numbers)
@click.option("--lead", is_flag=True, help="Open the lead's own page.")
@as_json
def open_(config_file: str | None, story: int, lead: bool, as_json: bool) -> int:
    """Open the page of a story, or of its lead, in a browser; print its address where there is none."""
    config = loaded(config_file)
    with Store.reading(config.store.path) as store, store.translating_errors():
        found = known_story(store, story)
    address = found.lead.entry.url if lead else page_address(config, found.number) or found.lead.entry.url
    if not address:
        tell(f"story {found.number} has no page: `aggregator show {found.number}` prints it")
        return 1
    opened = webbrowser.open(address)
    lines = [] if opened else [printable(address)]
    answer(as_json, {"story": found.number, "address": address, "opened": opened}, *lines)
    return 0


def known_story(store: Store, number: int) -> Story:
    """The story that a number now stands for. Raises NumberError."""
    found = store.details.story(store.stories.resolve(number))
    if found is None:
        store.stories.lead(number)  # raises, unless a person has moved all its reports elsewhere
        raise NumberError(f"story {number} has no reports: `aggregator stories` lists the others")
    return found


def page_address(config: Config, story: int) -> str:
    """Its public page, else that of our server if it runs here, else its file; "" when there is none."""
    name = f"story/{story}.html"
    if MAIN not in token_files(config):
        address = f"{site_link(config)}{name}"
        if config.feed.link or is_served(address):
            return address
    page = config.publish.folder / name
    return page.resolve().as_uri() if page.exists() else ""


def is_served(address: str) -> bool:
    """Whether a server on this machine has this page."""
    parts = urlsplit(address)
    asked = HTTPConnection(parts.netloc, timeout=PATIENCE)
    try:
        asked.request("HEAD", parts.path)
        return asked.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        asked.close()


def shown_story(story: Story) -> Iterator[str]:
    entry = story.lead.entry
    yield printable(headline(entry))
    yield f"story {story.number}, published {story.published:%Y-%m-%d %H:%M} UTC"
    text = textwrap.shorten(printable(plain(entry.body or entry.summary)), TEXT, placeholder=" …")
    if text:
        yield ""
        yield from textwrap.wrap(text, WIDTH)
    yield ""
    for report in (story.lead, *story.others):
        entry = report.entry
        when = f", {entry.published:%Y-%m-%d %H:%M}" if entry.published else ""
        yield f"{report.number}  {printable(headline(entry))}  [{printable(report.source_title)}{when}]"
        if entry.url:
            yield f"    {printable(entry.url)}"
    for each in story.related:
        yield f"related: story {each.number}  {printable(each.title)}  [{printable(each.source)}]"
