"""Finds the feeds of a page. Makes few requests: for the links of the page, or guesses if it has none."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import etree

from aggregator.errors import SourceError
from aggregator.subscriptions.address import web_address

FEED_TYPES = {
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
    "application/rss+xml",
    "application/x.atom+xml",
}
GUESSES = ("feed", "rss.xml", "atom.xml", "feed.xml", "index.xml")
READ = 500_000  # bytes of a page that we search; its head is at the beginning
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
    """"the address itself is a feed", "named by the page", "guessed"."""


def discover(address: str, look: Callable[[str], PageLook]) -> tuple[Found, ...]:
    """The best feed first; empty when there is none. Raises what `look` raises for `address` itself."""
    page = look(address)
    if page.is_feed:
        return (Found(page.address, page.title, page.entries, "the address itself is a feed"),)
    named = feed_links(page.body, page.url)[:MOST_LINKS]
    if named:
        return tuple(tried(named, look, "named by the page"))
    return tuple(islice(tried(guesses(page.url), look, "guessed"), 1))


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
    places = [urljoin(root, name) for name in GUESSES]
    return [urljoin(folder, "feed"), *places[:4]] if folder != root else places


def feed_links(body: bytes, url: str) -> list[str]:
    """Addresses of the feeds that the page links to, those of comments last."""
    tree = page_tree(body[:READ])
    if tree is None:
        return []
    base = urljoin(url, next((href for each in tree.iter("base") if (href := each.get("href"))), ""))
    found: dict[str, bool] = {}
    for each in tree.iter("link", "a"):
        href = each.get("href", "").strip()
        if href and names_feed(each):
            with suppress(ValueError):
                address = web_address(urljoin(base, href.removeprefix("feed:")))
                words = f"{each.get('title', '')} {urlsplit(address).path}".lower()
                found.setdefault(address, "comment" in words)
    return sorted(filter(None, found), key=lambda address: found[address])


def page_tree(body: bytes) -> etree._Element | None:
    # Not the standard library's html.parser: "<![<" makes it raise AssertionError.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True)
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return None


def names_feed(element: etree._Element) -> bool:
    rels = element.get("rel", "").lower().split()
    kind = element.get("type", "").partition(";")[0].strip().lower()
    return "feed" in rels or ("alternate" in rels and kind in FEED_TYPES)
