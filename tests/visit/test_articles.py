"""Full texts: which pages are asked, how politely, and what becomes of an entry whose page fails."""

import sys
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpcore
import httpx
import pytest
from make import NOON, entry
from pretend import item, rss
from web import AGENT

from aggregator.errors import SourceError
from aggregator.fetch import Caps, Web
from aggregator.fetch.guard import guard
from aggregator.fetch.transport import Wire
from aggregator.model import Document, Job, Limits, Parsed, RequestSettings
from aggregator.parse.article import MISSING, read_article
from aggregator.parse.bounded import run_bounded
from aggregator.visit.articles import MOST, ArticleReader, FullTexts
from aggregator.visit.robots import ROOM, RobotsCache, rules_size
from aggregator.visit.visit import VisitContext, visit

FEED = "https://news.example/feed"
TEXT = "The bridge over the harbour, closed since autumn, was opened to cyclists on Wednesday morning. "
PAGE = (
    "<html><head><title>x</title></head><body><nav><a href='/'>Home</a><a href='/sport'>Sport</a></nav>"
    "<article><h1>A bridge opens</h1>{}</article><footer>All rights reserved</footer></body></html>"
)


def page(text: str = TEXT) -> str:
    return PAGE.format(
        "".join(f"<p>{text}Part {number}, <a href='/more'>more</a>.</p>" for number in range(8))
    )


class Site:
    """A pretend web that records what it was asked, and a clock that only waiting moves."""

    def __init__(self) -> None:
        self.pages: dict[str, httpx.Response | str] = {}
        self.asked: list[str] = []
        self.headers: list[httpx.Headers] = []
        self.waits: list[float] = []
        self.time = 1000.0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        self.headers.append(request.headers)
        found = self.pages.get(str(request.url), httpx.Response(404))
        if isinstance(found, str):
            return httpx.Response(200, text=found, headers={"content-type": "text/html; charset=utf-8"})
        return found

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds

    def reader(self, pause: float = 1) -> ArticleReader:
        caps = Caps(deadline=timedelta(seconds=15))
        web = Web(httpx.MockTransport(self), AGENT, caps, lambda: self.time)
        return ArticleReader(web, timedelta(seconds=pause), self.wait, read_article)

    def read(self, *urls: str, reader: ArticleReader | None = None, job: Job | None = None) -> FullTexts:
        entries = [
            entry(f"urn:{number}", url=url, published=NOON - timedelta(minutes=number))
            for number, url in enumerate(urls)
        ]
        job = job or Job("One", "url", FEED, home=FEED, full_text=True)
        return (reader or self.reader()).read(entries, job, NOON, Limits())


@pytest.fixture
def site() -> Site:
    return Site()


def test_the_text_of_the_page_becomes_the_body_and_is_safe(site: Site) -> None:
    site.pages["https://news.example/a"] = page(f"{TEXT}<script>alert(1)</script><b onclick='x()'>Bold</b> ")
    (found,) = site.read("https://news.example/a").entries
    assert found.article == "text"
    assert found.body.startswith("<p>The bridge over the harbour")
    assert '<a href="https://news.example/more"' in found.body
    assert all(word not in found.body for word in ("script", "onclick", "Sport", "rights", "<h1>"))
    assert (found.summary, found.lede, found.digest) == ("<p>It opened.</p>", "It opened.", "urn:0")


def test_equal_pages_give_equal_bytes(site: Site) -> None:
    site.pages["https://news.example/a"] = page()
    assert site.read("https://news.example/a") == site.read("https://news.example/a")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (httpx.Response(404), "404 Not Found"),
        (httpx.Response(403), "403 Forbidden"),
        (httpx.Response(200, content=b"%PDF", headers={"content-type": "application/pdf"}), "not HTML"),
        (f"{page()}{' ' * 3_000_000}", "more than 3000000 bytes"),
        (PAGE.format("<p>Please accept.</p>"), "its page has no more text than the feed"),
        ("", "no article was found"),
        (httpx.Response(302, headers={"location": "ftp://x/"}), "only http and https"),
    ],
)
def test_a_page_without_an_article_leaves_the_entry_and_is_not_asked_again(
    site: Site, answer: httpx.Response | str, said: str
) -> None:
    site.pages["https://news.example/a"] = answer
    found = site.read("https://news.example/a")
    (left,) = found.entries
    assert left == replace(entry("urn:0", url="https://news.example/a", published=NOON), article="none")
    assert not found.later
    assert said in found.notes[0]
    assert found.notes[0].startswith("full text: 1 of 1 pages could not be used")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_passing_fault_leaves_the_entry_for_the_next_visit(site: Site, status: int) -> None:
    site.pages["https://news.example/a"] = httpx.Response(status)
    found = site.read("https://news.example/a")
    assert (found.entries[0].article, found.later) == ("", {"urn:0"})


def test_an_entry_that_is_days_old_is_not_asked_for_again(site: Site) -> None:
    site.pages["https://news.example/a"] = httpx.Response(500)
    old = entry("urn:old", url="https://news.example/a", published=NOON - timedelta(days=3))
    job = Job("One", "url", FEED, home=FEED)
    assert not site.reader().read([old], job, NOON, Limits()).later


def test_an_entry_without_a_date_is_not_asked_for_again(site: Site) -> None:
    site.pages["https://news.example/a"] = httpx.Response(500)
    undated = entry("urn:old", url="https://news.example/a", published=None)
    assert not site.reader().read([undated], Job("One", "url", FEED), NOON, Limits()).later


def test_an_extractor_that_lacks_a_part_is_no_fault_of_the_page(site: Site) -> None:
    def broken(document: Document, limits: Limits) -> Parsed:
        raise SourceError("bug", MISSING)

    site.pages["https://news.example/a"] = page()
    reader = site.reader()
    reader.extract = broken
    found = site.read("https://news.example/a", "https://news.example/b", reader=reader)
    assert found.later == {"urn:0", "urn:1"}
    assert MISSING in found.notes[0]


def test_no_more_text_than_in_the_feed_is_no_gain(site: Site) -> None:
    site.pages["https://news.example/a"] = page()
    whole = entry("urn:0", url="https://news.example/a", body=f"<p>{TEXT * 30}</p>")
    (left,) = site.reader().read([whole], Job("One", "url", FEED), NOON, Limits()).entries
    assert (left.body, left.article) == (whole.body, "none")


def test_a_page_that_asks_for_consent_is_no_article(site: Site) -> None:
    ask = "We and our partners store information on a device, and need your consent for cookies. "
    site.pages["https://news.example/a"] = page(ask).replace("A bridge opens", "Before you continue")
    told = entry(
        "urn:0", url="https://news.example/a", title="Ferries return to the inlet", lede="Crews sail."
    )
    found = site.reader().read([told], Job("One", "url", FEED), NOON, Limits())
    assert found.entries[0].article == "none"
    assert "speaks of something else" in found.notes[0]


@pytest.mark.parametrize(
    ("fragment", "asked"), [("", True), ("#v1.2", False), ("#xtor=RSS-1", True), ("#!/story/3", True)]
)
def test_a_part_of_a_page_is_not_an_article(site: Site, fragment: str, asked: bool) -> None:
    site.read(f"https://news.example/a{fragment}")
    assert bool(site.asked) is asked


def test_requests_to_one_owner_keep_the_pause_and_others_need_not_wait(site: Site) -> None:
    site.read("https://news.example/a", "https://www.news.example/b", "https://other.example/c")
    assert site.asked == [
        "https://news.example/robots.txt",
        "https://news.example/a",
        "https://www.news.example/robots.txt",
        "https://www.news.example/b",
        "https://other.example/robots.txt",
        "https://other.example/c",
    ]
    assert site.waits == [1.0] * 5  # after the feed itself, and between the two requests to the other owner


def test_all_pages_of_a_visit_have_one_deadline(site: Site) -> None:
    urls = [f"https://news.example/{number}" for number in range(8)]
    for url in urls:
        site.pages[url] = page()
    found = site.read(*urls, reader=site.reader(pause=4))
    assert [each.article for each in found.entries] == ["text", "text", *[""] * 6]
    assert site.time <= 1015
    assert len(found.later) == 6


def test_few_pages_are_asked_in_one_visit_newest_first(site: Site) -> None:
    urls = [f"https://news.example/{number}" for number in range(MOST + 5)]
    site.pages |= dict.fromkeys(urls, page())
    found = site.read(*reversed(urls), reader=site.reader(pause=0))
    assert [each.article for each in found.entries] == ["text"] * MOST + [""] * 5
    assert len(found.later) == 5


def test_a_busy_site_is_not_asked_for_more(site: Site) -> None:
    site.pages["https://news.example/a"] = httpx.Response(429)
    found = site.read("https://news.example/a", "https://news.example/b")
    assert site.asked[-1] == "https://news.example/a"
    assert found.later == {"urn:0", "urn:1"}


def robots(text: str) -> httpx.Response:
    return httpx.Response(200, text=text)


def test_robots_txt_is_asked_once_a_day_and_obeyed(site: Site) -> None:
    site.pages["https://news.example/robots.txt"] = robots("User-agent: test\nDisallow: /secret")
    reader = site.reader()
    found = site.read("https://news.example/secret/a", "https://news.example/b", reader=reader)
    assert [each.article for each in found.entries] == ["none", "none"]
    assert "robots.txt forbids it" in found.notes[0]
    assert site.asked == ["https://news.example/robots.txt", "https://news.example/b"]
    site.read("https://news.example/c", reader=reader)
    assert site.asked[2:] == ["https://news.example/c"]
    site.time += 86_401
    site.read("https://news.example/d", reader=reader)
    assert site.asked[3:] == ["https://news.example/robots.txt", "https://news.example/d"]


def test_redirects_obey_the_robots_txt_and_keep_the_pause_of_those_they_lead_to(site: Site) -> None:
    site.pages["https://shop.example/robots.txt"] = robots("User-agent: *\nDisallow: /cart")
    for number in range(3):
        for host, target in (("news", "shop.example/cart"), ("blog", "shop.example/a")):
            moved = httpx.Response(302, headers={"location": f"https://{target}{number}"})
            site.pages[f"https://{host}.example/{number}"] = moved
    reader = site.reader(pause=0.1)
    found = site.read(*(f"https://news.example/{number}" for number in range(3)), reader=reader)
    assert {each.article for each in found.entries} == {"none"}
    assert "robots.txt forbids it" in found.notes[0]
    assert site.asked.count("https://shop.example/robots.txt") == 1
    assert not any("/cart" in url for url in site.asked)
    site.read(*(f"https://blog.example/{number}" for number in range(3)), reader=site.reader(pause=2))
    assert sum("shop.example/a" in url for url in site.asked) == 3
    assert sum(site.waits) >= 2 * 3  # between four requests to the shop


def test_robots_txts_of_many_sites_take_bounded_memory() -> None:
    cache = RobotsCache(lambda: 0.0)
    long = b"User-agent: *\nDisallow: /" + b"a" * 450_000
    asked = [cache.allows(f"https://news{number}.example/b", "test", lambda _: long) for number in range(100)]
    assert all(asked)
    assert 10 < len(cache.known) < 60
    assert cache.room == ROOM - sum(rules_size(rules) for _, rules in cache.known.values()) >= 0


def test_a_user_in_an_address_makes_no_other_site(site: Site) -> None:
    site.read(*(f"https://user{number}@News.example/{number}" for number in range(3)))
    assert sum("robots.txt" in url for url in site.asked) == 1


@pytest.mark.parametrize(("status", "asked"), [(404, 2), (403, 2), (410, 2), (500, 1), (503, 1), (429, 1)])
def test_a_site_whose_robots_txt_is_in_trouble_is_left_alone(site: Site, status: int, asked: int) -> None:
    site.pages["https://news.example/robots.txt"] = httpx.Response(status)
    site.read("https://news.example/a")
    assert len(site.asked) == asked


def test_pages_that_were_asked_before_and_entries_without_address_are_left(site: Site) -> None:
    job = Job("One", "url", FEED, has_article=frozenset({"urn:0"}))
    assert site.read("https://news.example/a", "", job=job).notes == ()
    assert site.asked == []


def test_headers_of_the_source_go_to_pages_of_its_origin_only(site: Site) -> None:
    request = RequestSettings(headers=(("Cookie", "member=1"),), user_agent="Mine/1")
    job = Job("One", "url", FEED, request=request, home=FEED)
    site.read("https://news.example/a", "https://other.example/b", job=job)
    assert [headers.get("cookie") for headers in site.headers] == ["member=1", "member=1", None, None]
    assert {headers["user-agent"] for headers in site.headers} == {"Mine/1"}


@pytest.mark.parametrize(
    ("head", "declared"),
    [("text/html; charset=windows-1251", ""), ("text/html", '<meta charset="windows-1251">')],
)
def test_a_page_is_decoded_as_it_declares(site: Site, head: str, declared: str) -> None:
    russian = "Мост через гавань, закрытый с осени, в среду утром открыли для велосипедистов. "
    text = page(russian).replace("<title>", f"{declared}<title>")
    body = text.encode("windows-1251")
    site.pages["https://news.example/a"] = httpx.Response(200, content=body, headers={"content-type": head})
    (found,) = site.read("https://news.example/a").entries
    assert "Мост через гавань" in found.body


def test_the_worker_has_a_reader_with_the_configured_pause() -> None:
    from aggregator.visit.worker import VisitOptions, context

    held = context(VisitOptions("test", pause=timedelta(seconds=7)))
    assert held.articles
    assert held.articles().pace.pause == 7
    assert held.articles() is held.articles()


def test_without_the_extra_no_page_is_asked_and_one_note_says_why(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    found = site.read("https://news.example/a", "https://news.example/b")
    assert found.notes == ("full texts need `pip install '.[fulltext]'`",)
    assert site.asked == []


def test_the_article_is_taken_in_a_process_that_can_be_killed() -> None:
    document = Document(page().encode(), "https://news.example/a", "text/html")
    assert run_bounded("article", document, Limits()) == read_article(document, Limits())


def test_what_a_hub_has_pushed_waits_for_no_page(site: Site) -> None:
    body = rss("One", item("a", "A bridge opens", "It opened."))
    pushed = Document(body, FEED, "application/rss+xml")
    job = Job("One", "url", FEED, home=FEED, full_text=True, pushed=pushed)
    held = VisitContext(site.reader().web, Limits(), site.reader)
    assert [each.article for each in visit(job, NOON, held).entries] == [""]
    assert site.asked == []


def test_links_into_a_private_network_reach_nobody() -> None:
    class Nobody(httpcore.NetworkBackend):
        def connect_tcp(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
            raise AssertionError("connected")

    with Web(Wire(guard(), 1000, lambda *_: ["10.0.0.1"], Nobody()), AGENT) as web:
        reader = ArticleReader(web, timedelta(), lambda _: None, read_article)
        given = [
            entry("urn:0", url="http://169.254.169.254/latest/"),
            entry("urn:1", url="http://evil.example/"),
        ]
        found = reader.read(given, Job("One", "url", FEED, home=FEED), NOON, Limits())
    assert [each.article for each in found.entries] == ["none", "none"]
    assert "is not on the public internet" in found.notes[0]
