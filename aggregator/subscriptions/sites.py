"""Well-known sites whose pages do not always name their feeds. Pure.

The patterns are those that the sites document: GitHub in its REST API (feeds), Reddit in its wiki (rss), and
Apple in its Search API (lookup); YouTube's are the ones that its channel pages name.
"""

import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import SplitResult, parse_qs, urlsplit

from aggregator.subscriptions.address import web_address

YOUTUBE = "https://www.youtube.com/feeds/videos.xml"
CHANNEL = re.compile(r"UC[A-Za-z0-9_-]{22}")
NO_FEEDS = ("RD", "WL", "LL")  # playlists that YouTube makes for one viewer
APPLE = "https://itunes.apple.com/lookup?entity=podcast&id="
GITHUB_PAGES = {"releases": "releases.atom", "tags": "tags.atom"}


def known_feeds(url: str) -> list[str]:
    """The addresses of a page's feeds, by its own address alone; the most likely first."""
    parts, host = split_address(url)
    return next((list(feeds(parts)) for ending, feeds in SITES.items() if belongs(host, ending)), [])


def lookup_address(url: str) -> str:
    """Where a directory of podcasts tells the feed of one of its pages; "" for other pages."""
    parts, host = split_address(url)
    apple = belongs(host, "podcasts.apple.com") or belongs(host, "itunes.apple.com")
    pattern = r"/id([0-9]{4,15})" if apple else r"^/itunes([0-9]{4,15})"
    found = re.search(pattern, parts.path) if apple or belongs(host, "overcast.fm") else None
    return APPLE + found[1] if found else ""


def looked_up_feeds(body: bytes) -> list[str]:
    """From the answer at lookup_address()."""
    try:
        results = json.loads(body)["results"]
        found = [web_address(each["feedUrl"]) for each in results if "feedUrl" in each]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return []
    return list(filter(None, found))


def youtube_feeds(parts: SplitResult) -> Iterator[str]:
    playlist = parse_qs(parts.query).get("list", [""])[0]
    if re.fullmatch(r"[\w-]{10,80}", playlist) and not playlist.startswith(NO_FEEDS):
        yield f"{YOUTUBE}?playlist_id={playlist}"
    match parts.path.split("/"):
        case ["", "channel", name, *_] if CHANNEL.fullmatch(name):
            yield f"{YOUTUBE}?channel_id={name}"
        case ["", "user", name, *_] if name:
            yield f"{YOUTUBE}?user={name}"


def github_feeds(parts: SplitResult) -> Iterator[str]:
    match [each for each in parts.path.split("/") if each]:
        case [user]:
            yield f"https://github.com/{user}.atom"
        case [user, project]:
            base = f"https://github.com/{user}/{project.removesuffix('.git')}"
            yield from (f"{base}/releases.atom", f"{base}/tags.atom")  # the page itself names its commits
        case [user, project, "commits" | "tree", *branch]:
            yield f"https://github.com/{'/'.join((user, project, 'commits', *branch))}.atom"
        case [user, project, page, *_] if page in GITHUB_PAGES:
            yield f"https://github.com/{user}/{project}/{GITHUB_PAGES[page]}"


def reddit_feeds(parts: SplitResult) -> Iterator[str]:
    query = f"?{parts.query}" if parts.query else ""
    if not parts.path.endswith(".rss"):
        yield f"https://www.reddit.com{parts.path.rstrip('/')}/.rss{query}"


def bluesky_feeds(parts: SplitResult) -> Iterator[str]:
    match parts.path.split("/"):
        case ["", "profile", name, *_] if name:
            yield f"https://bsky.app/profile/{name}/rss"


SITES: dict[str, Callable[[SplitResult], Iterator[str]]] = {
    "youtube.com": youtube_feeds,
    "github.com": github_feeds,
    "reddit.com": reddit_feeds,
    "bsky.app": bluesky_feeds,
}


def split_address(url: str) -> tuple[SplitResult, str]:
    """The parts of an address, and its host; of nothing if it is not one."""
    try:
        parts = urlsplit(url)
        return parts, (parts.hostname or "").rstrip(".")
    except ValueError:
        return urlsplit(""), ""


def belongs(host: str, site: str) -> bool:
    return host == site or host.endswith(f".{site}")
