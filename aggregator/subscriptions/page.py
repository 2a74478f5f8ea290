"""What a web page says of its feeds."""

from contextlib import suppress
from urllib.parse import urljoin, urlsplit

from lxml import etree

from aggregator.subscriptions.address import web_address
from aggregator.subscriptions.sites import CHANNEL, YOUTUBE, belongs, split_address

FEED_TYPES = {
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
    "application/rss+xml",
    "application/x.atom+xml",
}
CHANNEL_NAMES = ("channelId", "identifier")  # itemprop
READ = 2_000_000  # bytes: the head of a YouTube page has most of a megabyte of script


def feed_links(tree: etree._Element, url: str) -> list[str]:
    """Addresses of the feeds that the page links to, those of comments last."""
    base = url
    with suppress(ValueError):
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


def page_tree(body: bytes) -> etree._Element:
    """Empty for what is no page."""
    # Not the standard library's html.parser: "<![<" makes it raise AssertionError.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True)
    try:
        found = etree.fromstring(body[:READ], parser)
    except etree.XMLSyntaxError:
        found = None
    return etree.Element("html") if found is None else found


def names_feed(element: etree._Element) -> bool:
    rels = element.get("rel", "").lower().split()
    kind = element.get("type", "").partition(";")[0].strip().lower()
    return "feed" in rels or ("alternate" in rels and kind in FEED_TYPES)


def page_feeds(tree: etree._Element, url: str) -> list[str]:
    """By what else a page says of itself: a YouTube page names its channel."""
    if not belongs(split_address(url)[1], "youtube.com"):
        return []
    named = (each.get("content", "") for each in tree.iter("meta") if each.get("itemprop") in CHANNEL_NAMES)
    canonical = (each.get("href", "") for each in tree.iter("link") if each.get("rel") == "canonical")
    found = [CHANNEL.search(text) for text in (*named, *canonical)]
    return [f"{YOUTUBE}?channel_id={each[0]}" for each in found if each][:1]
