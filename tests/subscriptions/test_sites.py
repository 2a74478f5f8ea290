"""Well-known sites: from the page that a person has open to its feed."""

import json

import pytest

from aggregator.errors import SourceError
from aggregator.subscriptions import Found, PageLook, discover, typed_address
from aggregator.subscriptions.sites import known_feeds

CHANNEL = "UC0123456789abcdefghijkl"
VIDEOS = "https://www.youtube.com/feeds/videos.xml"


class World:
    """Pages by address; feeds are those that begin with <rss."""

    def __init__(self, **pages: str) -> None:
        self.pages: dict[str, str] = {}
        self.asked: list[str] = []
        self.refused: set[str] = set()

    def has(self, url: str, text: str = "<rss/>") -> "World":
        self.pages[url] = text
        return self

    def __call__(self, url: str) -> PageLook:
        self.asked.append(url)
        if url in self.refused or url not in self.pages:
            raise SourceError("status", "403 Forbidden", status=403)
        text = self.pages[url]
        return PageLook(url, text.encode(), url, f"Title of {url}", 3, text.startswith("<rss"))

    def found(self, address: str) -> list[tuple[str, str]]:
        return [(each.url, each.how) for each in discover(address, self)]


def named(href: str, title: str = "RSS", kind: str = "application/rss+xml") -> str:
    return f'<head><link rel="alternate" type="{kind}" title="{title}" href="{href}"></head><body>Hi'


@pytest.mark.parametrize(
    ("address", "feeds"),
    [
        (f"https://www.youtube.com/channel/{CHANNEL}/videos", [f"{VIDEOS}?channel_id={CHANNEL}"]),
        ("https://youtube.com/playlist?list=PL0123456789", [f"{VIDEOS}?playlist_id=PL0123456789"]),
        ("https://m.youtube.com/watch?v=x&list=PL0123456789", [f"{VIDEOS}?playlist_id=PL0123456789"]),
        ("https://www.youtube.com/watch?v=x&list=RD0123456789", []),
        ("https://www.youtube.com/user/Harbour", [f"{VIDEOS}?user=Harbour"]),
        ("https://www.youtube.com/@harbour", []),
        ("https://www.youtube.com/channel/nobody", []),
        ("https://github.com/ann", ["https://github.com/ann.atom"]),
        (
            "https://github.com/ann/boat.git",
            ["https://github.com/ann/boat/releases.atom", "https://github.com/ann/boat/tags.atom"],
        ),
        ("https://github.com/ann/boat/releases/tag/v1", ["https://github.com/ann/boat/releases.atom"]),
        ("https://github.com/ann/boat/tags", ["https://github.com/ann/boat/tags.atom"]),
        ("https://github.com/ann/boat/commits/main/", ["https://github.com/ann/boat/commits/main.atom"]),
        ("https://github.com/ann/boat/tree/dev/docs", ["https://github.com/ann/boat/commits/dev/docs.atom"]),
        ("https://github.com/ann/boat/issues/1", []),
        ("https://www.reddit.com/r/owls/", ["https://www.reddit.com/r/owls/.rss"]),
        ("https://old.reddit.com/r/owls/top/?t=week", ["https://www.reddit.com/r/owls/top/.rss?t=week"]),
        ("https://www.reddit.com/r/owls/.rss", []),
        ("https://bsky.app/profile/ann.example", ["https://bsky.app/profile/ann.example/rss"]),
        ("https://notgithub.com/ann/boat", []),
        ("https://github.com.evil.example/ann/boat", []),
        ("https://[broken/", []),
    ],
)
def test_the_feeds_of_a_page_by_its_address(address: str, feeds: list[str]) -> None:
    assert known_feeds(address) == feeds


@pytest.mark.parametrize(
    ("address", "feed"),
    [
        ("https://www.youtube.com/@harbour", f"{VIDEOS}?channel_id={CHANNEL}"),
        ("https://social.example/@ann", "https://social.example/@ann.rss"),
        ("https://bsky.app/profile/ann.example", "https://bsky.app/profile/did:plc:abc/rss"),
        ("https://github.com/ann/boat/releases", "https://github.com/ann/boat/releases.atom"),
        ("https://pod.example/show", "https://cdn.example/show.xml"),
    ],
)
def test_what_the_page_names_comes_first(address: str, feed: str) -> None:
    world = World().has(address, named(feed)).has(feed)
    assert world.found(address)[0] == (feed, "named by the page")


def test_a_link_behind_a_megabyte_of_script_is_found() -> None:
    address, feed = "https://www.youtube.com/@harbour", f"{VIDEOS}?channel_id={CHANNEL}"
    script = f"<head><script>{'var x = 1;' * 110_000}</script>"
    world = World().has(address, script + named(feed)).has(feed)
    assert world.found(address) == [(feed, "named by the page")]


@pytest.mark.parametrize(
    "says",
    [
        f'<meta itemprop="channelId" content="{CHANNEL}">',
        f'<meta itemprop="identifier" content="{CHANNEL}">',
        f'<link rel="canonical" href="https://www.youtube.com/channel/{CHANNEL}">',
    ],
)
def test_a_youtube_page_without_a_link_names_its_channel(says: str) -> None:
    address, feed = "https://www.youtube.com/@harbour", f"{VIDEOS}?channel_id={CHANNEL}"
    world = World().has(address, f"<head>{says}</head>").has(feed)
    assert world.found(address) == [(feed, "known for this site")]


def test_other_pages_that_name_a_channel_are_not_youtubes() -> None:
    page = f'<meta itemprop="channelId" content="{CHANNEL}">'
    world = World().has("https://evil.example/", page).has(f"{VIDEOS}?channel_id={CHANNEL}")
    assert world.found("https://evil.example/") == []


def test_a_project_has_its_commits_as_its_page_says_and_its_releases_and_tags() -> None:
    base = "https://github.com/ann/boat"
    world = World().has(base, named(f"{base}/commits/main.atom", kind="application/atom+xml"))
    for name in ("commits/main", "releases", "tags"):
        world.has(f"{base}/{name}.atom")
    assert [url.removeprefix(base) for url, _ in world.found(base)] == [
        "/commits/main.atom",
        "/releases.atom",
        "/tags.atom",
    ]


def test_a_page_that_is_shown_to_no_program_still_has_its_feed() -> None:
    world = World().has("https://www.reddit.com/r/owls/.rss")
    assert world.found("https://www.reddit.com/r/owls/") == [
        ("https://www.reddit.com/r/owls/.rss", "known for this site")
    ]


def test_where_the_known_feed_fails_as_well_the_pages_own_fault_is_reported() -> None:
    with pytest.raises(SourceError, match="403 Forbidden"):
        discover("https://www.reddit.com/r/owls/", World())


@pytest.mark.parametrize("path", ["@ann", "@ann/", "tags/owls"])
def test_a_mastodon_page_that_names_nothing_has_its_feed_beside_it(path: str) -> None:
    feed = f"https://social.example/{path.rstrip('/')}.rss"
    world = World().has(f"https://social.example/{path}", "<p>Hi").has(feed)
    assert world.found(f"https://social.example/{path}") == [(feed, "guessed")]


@pytest.mark.parametrize(
    "address",
    [
        "https://podcasts.apple.com/de/podcast/harbour-radio/id1234567890?i=1000",
        "https://itunes.apple.com/us/podcast/id1234567890",
        "https://overcast.fm/itunes1234567890/harbour-radio",
    ],
)
def test_a_page_of_a_podcast_directory_leads_to_the_podcasts_own_feed(address: str) -> None:
    feed = "https://radio.example/feed.xml"
    lookup = "https://itunes.apple.com/lookup?entity=podcast&id=1234567890"
    world = World().has(lookup, json.dumps({"results": [{"feedUrl": feed}]})).has(feed)
    assert world.found(address) == [(feed, "named by Apple's directory")]
    assert world.asked == [lookup, feed]


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "{",
        "[]",
        '{"results": []}',
        '{"results": [{}, 1]}',
        '{"results": [{"feedUrl": "file:///etc/passwd"}]}',
    ],
)
def test_a_directory_that_names_no_feed_yields_none(answer: str) -> None:
    world = World().has("https://itunes.apple.com/lookup?entity=podcast&id=1234567890", answer)
    assert world.found("https://podcasts.apple.com/podcast/id1234567890") == []


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("example.org/news", "https://example.org/news"),
        ("http://example.org", "http://example.org"),
        ("feed://example.org/rss", "http://example.org/rss"),
        ("feed:https://example.org/rss", "https://example.org/rss"),
        ("itpc://example.org/pod", "http://example.org/pod"),
        (" @ann@social.example ", "https://social.example/@ann"),
        ("me@example.org/x", "https://me@example.org/x"),
    ],
)
def test_what_a_person_types_becomes_an_address(typed: str, address: str) -> None:
    assert typed_address(typed) == address


def test_few_requests_are_made_for_a_page_of_many_links() -> None:
    links = "".join(named(f"https://a.example/{number}") for number in range(50))
    world = World().has("https://a.example/", links)
    for number in range(50):
        world.has(f"https://a.example/{number}")
    found: tuple[Found, ...] = discover("https://a.example/", world)
    assert (len(found), len(world.asked)) == (5, 6)
