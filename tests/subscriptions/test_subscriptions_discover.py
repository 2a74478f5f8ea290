"""From an address that a person knows to a feed, with few requests."""

import pytest

from aggregator.errors import SourceError
from aggregator.subscriptions import PageLook, discover


class Site:
    def __init__(self, **pages: str) -> None:
        self.pages = {f"http://a.example/{name}": text for name, text in pages.items()}
        self.asked: list[str] = []

    def __call__(self, url: str) -> PageLook:
        self.asked.append(url)
        text = self.pages.get(url)
        if text is None:
            raise SourceError("status", "404 Not Found", status=404)
        return PageLook(url, text.encode(), url, f"Title of {url}", 3, "<rss" in text)

    def found(self, path: str = "") -> list[str]:
        return [
            each.url.removeprefix("http://a.example/") for each in discover(f"http://a.example/{path}", self)
        ]


def page(*links: str) -> dict[str, str]:
    return {"": "<!doctype html><title>x</title>" + "".join(links)}


def link(href: str, rel: str = "alternate", kind: str = "application/rss+xml", title: str = "") -> str:
    return f'<link rel="{rel}" type="{kind}" href="{href}" title="{title}">'


def test_a_feed_is_found_with_one_request() -> None:
    site = Site(feed="<rss/>")
    (found,) = discover("http://a.example/feed", site)
    assert (found.how, found.entries, len(site.asked)) == ("the address itself is a feed", 3, 1)


def test_the_feeds_that_a_page_names_are_found_and_comments_come_last() -> None:
    links = link("/c", title="Comments feed"), link("/a"), link("b", kind="application/atom+xml")
    site = Site(**page(*links), a="<rss/>", b="<rss/>", c="<rss/>")
    assert site.found() == ["a", "b", "c"]


@pytest.mark.parametrize(
    "named",
    [
        link("/f", rel="ALTERNATE foo", kind=" Application/RSS+xml; charset=utf-8"),
        link("/f", rel="feed", kind=""),
        '<base href="/deep/"><link rel=alternate type=application/feed+json href=../f>',
        '<a rel="alternate" type="application/atom+xml" href="/f">feed</a>',
        link("feed:http://a.example/f"),
        f'<base href="http://[broken">{link("/f")}',
    ],
)
def test_many_ways_of_naming_a_feed_are_understood(named: str) -> None:
    assert Site(**page(named), f="<rss/>").found() == ["f"]


@pytest.mark.parametrize(
    "named",
    [
        link("/f", rel="stylesheet"),
        link("/f", rel="alternates"),
        link("/f", kind="text/html"),
        link("javascript:alert(1)"),
        link("file:///etc/passwd"),
        link("http://[broken"),
    ],
)
def test_what_is_not_a_feed_link_is_never_requested(named: str) -> None:
    site = Site(**page(named))
    assert site.found() == []
    assert not {"http://a.example/f", "file:///etc/passwd"} & set(site.asked)


def test_a_link_to_something_that_is_not_a_feed_is_left_out() -> None:
    assert Site(**page(link("/a"), link("/b")), a="<html>", b="<rss/>").found() == ["b"]


def test_guesses_are_made_only_when_the_page_names_nothing() -> None:
    site = Site(**page(link("/a")), a="<rss/>", feed="<rss/>")
    assert site.found() == ["a"]
    assert Site(**page(), **{"atom.xml": "<rss/>"}).found() == ["atom.xml"]


def test_no_page_costs_more_than_six_requests() -> None:
    many = Site(**page(*(link(f"/{n}") for n in range(50))))
    none = Site(**page())
    assert (many.found(), none.found()) == ([], [])
    assert (len(many.asked), len(none.asked)) == (6, 6)


def test_an_address_that_cannot_be_read_is_reported() -> None:
    with pytest.raises(SourceError, match="404"):
        Site().found("nothing")


@pytest.mark.parametrize("junk", ["<", "<![<", "<!--", "<a b='", "<b>", "\x00", "&#", "<?", "]]>", ""])
def test_a_page_of_junk_is_survived(junk: str) -> None:
    assert Site(**{"": junk * 100_000}).found() == []
