"""Finds the feeds of a page. Makes few requests: for the links of the page, or guesses if it has none."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

from aggregator.errors import SourceError
from aggregator.subscriptions.page import feed_links, page_feeds, page_tree
from aggregator.subscriptions.sites import known_feeds, looked_up_feeds, lookup_address

KNOWN = "known for this site"
MASTODON = re.compile(r"/(?:@[\w.-]+|tags/[^/]+)/?")  # profiles and tags, on any host
GUESSES = ("feed", "rss.xml", "atom.xml", "feed.xml", "index.xml")
MOST_LINKS = 5  # links of one page that we try


@dataclass(frozen=True, slots=True)
class PageLook:
    """The result of one request."""

    url: str
    """Final URL after redirects: the base of its links."""
    body: bytes
    address: str
    """The address to subscribe to: the requested one, or where it has moved permanently."""
    title: str = ""
    entries: int = 0
    is_feed: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    url: str
    title: str
    entries: int
    how: str
    """"the address itself is a feed", "named by the page", "known for this site", "guessed"."""


def discover(address: str, look: Callable[[str], PageLook]) -> tuple[Found, ...]:
    """The best feed first; empty when there is none. Raises what `look` raises for `address` itself."""
    known = [each for each in known_feeds(address) if each != address]
    directory = lookup_address(address)
    try:
        page = look(directory or address)
    except SourceError:
        found = tuple(tried(known, look, KNOWN))  # Reddit, for one, shows its pages to no program
        if not found:
            raise
        return found
    if page.is_feed:
        return (Found(page.address, page.title, page.entries, "the address itself is a feed"),)
    if directory:
        return tuple(tried(looked_up_feeds(page.body), look, "named by Apple's directory"))
    return tuple(islice(found_by(page, known, look), MOST_LINKS))


def found_by(page: PageLook, known: list[str], look: Callable[[str], PageLook]) -> Iterator[Found]:
    """By what the page says, and by what is known of its site; else by guesses, of which one is enough."""
    tree = page_tree(page.body)
    named = feed_links(tree, page.url)[:MOST_LINKS]
    yield from tried(named, look, "named by the page")
    known = list(dict.fromkeys((*known, *known_feeds(page.url), *page_feeds(tree, page.url))))
    others = [each for each in known if each not in named]
    yield from tried(others, look, KNOWN)
    if not named and not others:
        yield from islice(tried(guesses(page.url), look, "guessed"), 1)


def tried(addresses: list[str], look: Callable[[str], PageLook], how: str) -> Iterator[Found]:
    for address in addresses:
        with suppress(SourceError):
            seen = look(address)
            if seen.is_feed:
                yield Found(seen.address, seen.title, seen.entries, how)


def guesses(url: str) -> list[str]:
    """The usual places of feeds: in the page's folder, then at the root."""
    root = urljoin(url, "/")
    folder = urljoin(url, ".")
    if MASTODON.fullmatch(urlsplit(url).path):
        return [url.rstrip("/") + ".rss", urljoin(root, GUESSES[0])]
    places = [urljoin(root, name) for name in GUESSES]
    return [urljoin(folder, "feed"), *places[:4]] if folder != root else places
