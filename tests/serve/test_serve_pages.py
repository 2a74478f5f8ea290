"""Pages made for one request: story, sources, search."""

import shutil
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
from fresh import fresh
from make import NOON, entry, hours, report
from starlette.testclient import TestClient

from aggregator import group, rulings
from aggregator.config import Config
from aggregator.model import (
    Harvest,
    LoggedVisit,
    Next,
    Reason,
    Site,
    Source,
    SourceState,
    SourceStatus,
    Visit,
)
from aggregator.publish.explain import in_own_words, in_words, seems_offline
from aggregator.serve import Serving, app
from aggregator.store import KeptCounts, Store

SITE = Site("News", "All of it", "https://news.example/")
BRIDGE = "Engineers reopened the harbour bridge in Lindmark to cyclists on Wednesday after a long repair"
OWLS = "Biologists counted more snowy owls on the northern islands than in any winter since records began"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    with Store(fresh(folder / "a.db")) as store:
        with store.writing():
            named = [
                Source(name, "url", f"https://{name.lower()}.example/?key=s3cret") for name in ("One", "Two")
            ]
            store.sources.sync(named, NOON)
            store.entries.keep("One", [entry("1", title="Bridge opens", lede=BRIDGE, summary=BRIDGE)], NOON)
            copied = entry("2", source="Two", title="Bridge opens", lede=BRIDGE, summary=BRIDGE)
            store.entries.keep("Two", [copied], NOON)
            store.entries.keep("One", [entry("3", title="Owls", url="", lede=OWLS, summary=OWLS)], NOON)
        group.group_unplaced(store, Config(), NOON)
    return folder


@pytest.fixture
def path(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path, dirs_exist_ok=True))


@pytest.fixture
def client(path: Path) -> TestClient:
    made = app(Serving(path, path / "a.db", timedelta(minutes=5), site=SITE))
    return TestClient(made, follow_redirects=False)


def numbers(path: Path) -> dict[str, int]:
    """Story numbers by the ids of their leads."""
    with Store.reading(path / "a.db") as store:
        return {each.lead.entry.uid: each.number for each in store.stories.newest(10)}


def test_a_story_is_told_with_the_reasons_that_grouping_has_for_it(client: TestClient, path: Path) -> None:
    number = numbers(path)["1"]
    page = client.get(f"/story/{number}")
    assert page.status_code == 200
    assert "<strong>2 reports</strong> by <strong>2 sources</strong>" in page.text
    assert "ure (" in page.text
    assert "both name <bdi>" in page.text
    assert client.get(f"/story/{number}.html").content == page.content


def test_a_story_leads_to_those_before_and_after_it(client: TestClient, path: Path) -> None:
    one, two = sorted(numbers(path).values())
    assert f'<a href="{two}.html" rel="prev">' in client.get(f"/story/{one}").text
    assert f'<a href="{one}.html" rel="next">' in client.get(f"/story/{two}").text


def test_shared_terms_are_spelled_in_full() -> None:
    reason = Reason("same event", 0.9, 0.5, 1, terms=("engine", "owl", "northe"))
    assert in_own_words(reason, report(1, title=BRIDGE)).terms == ("engineers", "owl", "northe")


@pytest.mark.parametrize(
    "number", ["0", "99", "-1", "1e3", "x", "9" * 15, "9" * 400, "٣", "1.html.html", "%00", "<b>"]
)
def test_a_story_that_is_not_there_is_told_in_words(client: TestClient, number: str) -> None:
    answer = client.get(f"/story/{number}")
    assert answer.status_code == 404
    assert "There is no story with this number." in answer.text
    assert "<b>" not in answer.text


@pytest.mark.parametrize(
    "address", ["/sources/", "/story/1/", "/search/", "/search.atom/?q=bridge", "/healthz/"]
)
def test_nobody_is_led_to_an_address_that_a_proxy_has_in_front_of_itself(
    client: TestClient, address: str
) -> None:
    assert client.get(address).status_code == 404


def test_a_joined_story_leads_to_the_one_it_went_into(client: TestClient, path: Path) -> None:
    one, two = sorted(numbers(path).values())
    with Store(path / "a.db") as store:
        rulings.merge_stories(store, Config(), one, two, NOON)
    for ending in ("", ".html"):
        answer = client.get(f"/story/{two}{ending}")
        assert (answer.status_code, answer.headers["location"]) == (301, f"{one}{ending}")
    page = client.get(f"/story/{one}").text
    assert f"Story {two}, <time" in page
    assert page.count("A person put it here.") == 1  # whatever had kept it out


@pytest.mark.parametrize(
    "address", ["/story/1", "/sources", "/search", "/search?q=bridge", "/search.atom?q=bridge"]
)
def test_a_page_is_not_sent_again_while_it_is_the_same(client: TestClient, address: str) -> None:
    first = client.get(address)
    assert first.status_code == 200
    assert first.headers["cache-control"] == "public, max-age=300"
    assert "default-src 'none'" in first.headers["content-security-policy"]
    again = client.get(address, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    plain = client.get(address, headers={"accept-encoding": "identity"})
    assert plain.content == first.content


def test_the_sources_tell_nobody_keys_and_paths(client: TestClient) -> None:
    page = client.get("/sources").text
    assert "one.example" in page
    assert "s3cret" not in page


@pytest.mark.parametrize(
    ("order", "first"),
    [("", "Two"), ("name", "One"), ("next", "One"), ("success", "Two"), ("nonsense", "Two")],
)
def test_the_sources_are_sorted_as_the_address_says(path: Path, order: str, first: str) -> None:
    """Two fails, has never been well, and is visited last."""
    with Store(path / "a.db") as store:
        for name, later, result, failed in (("One", 1, "fresh", 0), ("Two", 2, "failed", 1)):
            visit = Visit(name, NOON, 0, result, 200)  # type: ignore[arg-type]
            with store.writing():
                store.sources.visited(
                    Harvest(visit),
                    Next(SourceState(failures=failed), NOON + hours(later), "hourly"),
                    KeptCounts(0, 0),
                )
    client = TestClient(app(Serving(path, path / "a.db", timedelta(), site=SITE)))
    page = client.get(f"/sources?sort={order}").text
    rows = page[page.index("<tbody>") :]
    assert min(("One", "Two"), key=lambda name: rows.index(f">{name}</a></bdi>")) == first


def test_an_outage_of_our_own_is_seen_by_the_latest_visit() -> None:
    def visited(at: float, reason: str, host: str = "a.example") -> SourceStatus:
        seen = (LoggedVisit(NOON + hours(at), "failed"),)
        return SourceStatus("A", "", "", host, NOON, reason, None, 0, "", "ok", visits=seen)

    away = visited(1, "this machine seems to be offline")
    assert seems_offline([visited(0, "hourly"), away, visited(2, "a local source", host="")])
    assert not seems_offline([away, visited(2, "hourly")])
    assert not seems_offline([])


def test_a_browser_that_asks_for_an_icon_is_led_to_ours(client: TestClient) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.headers["location"]) == (301, "icon.svg")


def test_an_address_without_a_page_says_so_like_a_page(client: TestClient) -> None:
    answer = client.get("/nowhere/at/all<b>")
    assert answer.status_code == 404
    assert "<h1>No such page</h1>" in answer.text
    assert '<a href="../../index.html">To the stories</a>' in answer.text
    assert "<b>" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("address", ["/", "/index.html", "/feed.atom"])
def test_before_anything_is_published_the_page_names_the_command(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "<h1>Nothing is published yet</h1>" in answer.text
    assert "<kbd>aggregator fetch</kbd> visits the sources once" in answer.text


def test_a_reason_is_told_without_the_addresses_in_it() -> None:
    failed = LoggedVisit(NOON, "failed", 503, 0, "status")
    record = SourceStatus(
        "A", "", "", "a.example", NOON, "moved to https://a.example/?k=1; later", None, 1, "", "failing"
    )
    record = SourceStatus(*(getattr(record, name) for name in SourceStatus.__slots__[:10]), visits=(failed,))
    told = in_words(record)
    assert (told.reason, told.trouble) == ("moved to …; later", "its server is in trouble (503)")


def test_a_local_source_tells_nobody_where_it_lies() -> None:
    failed = LoggedVisit(NOON, "failed", 0, 0, "gone")
    record = SourceStatus(
        "A", "", "", "", NOON, "/srv/notes: is not there", None, 1, "", "failing", visits=(failed,)
    )
    told = in_words(record)
    assert "/srv" not in told.reason + told.trouble


def test_a_search_finds_what_was_published(client: TestClient, path: Path) -> None:
    page = client.get("/search", params={"q": "bridge"}).text
    assert "1 story" in page
    assert f'href="story/{numbers(path)["1"]}.html"' in page
    assert "No stories found." in client.get("/search?q=zeppelin").text


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
def test_a_search_can_be_subscribed_to(client: TestClient, path: Path, kind: str) -> None:
    address = f"/search.{kind}?q=harbour+bridge"
    answer = client.get(address)
    assert answer.content == client.get(address).content
    assert "https://news.example/search." + kind + "?q=harbour%20bridge" in answer.text
    with Store.reading(path / "a.db") as store:
        guid = next(each.guid for each in store.stories.newest(10) if each.number == numbers(path)["1"])
    assert guid in answer.text
    if kind != "json":
        read = feedparser.parse(answer.content)
        assert (read.bozo, len(read.entries), read.entries[0].id) == (False, 1, guid)


def test_each_question_is_a_feed_of_its_own(client: TestClient) -> None:
    ids = {
        feedparser.parse(client.get(f"/search.atom?q={word}").content).feed.id for word in ("a", "b", "a+b")
    }
    assert len(ids) == 3


@pytest.mark.parametrize("kind", ["", ".atom", ".rss", ".json"])
@pytest.mark.parametrize(
    "question",
    [
        *('"', "'", "*", "a*", "AND", "NOT", "(", "NEAR(", "%00", "%ff%fe", "^", "{title}:x", "a" * 5000),
        *("%3Cscript%3E", "%F0%9F%A6%89", "-", "--", "OR OR", "%ED%A0%80", "q=%25", "%0A%0Ab"),
    ],
)
def test_no_question_is_an_error(client: TestClient, kind: str, question: str) -> None:
    answer = client.get(f"/search{kind}?q={question}")
    assert answer.status_code in (200, 302)
    assert kind == ".json" or "<script" not in answer.text


def test_a_feed_without_a_question_is_none(client: TestClient) -> None:
    answer = client.get("/search.atom")
    assert (answer.status_code, answer.headers["location"]) == (302, "search")


def test_a_search_is_answered_while_another_process_writes(client: TestClient, path: Path) -> None:
    with Store(path / "a.db") as store, store.writing():
        assert "No stories found." in client.get("/search?q=bridge").text
    assert "1 story" in client.get("/search?q=bridge").text


def test_a_broken_database_is_told_in_words_without_its_path(path: Path) -> None:
    (path / "b.db").write_bytes(b"this is no database" * 100)
    client = TestClient(app(Serving(path, path / "b.db", timedelta(), site=SITE)))
    for address in ("/story/1", "/sources", "/search?q=a"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
        assert str(path) not in answer.text


@pytest.mark.parametrize(
    "name", ["", "story/1", "sources", "sources.html", "search?q=owls", "search.atom?q=owls"]
)
def test_where_the_stories_are_secret_there_are_no_pages(path: Path, name: str) -> None:
    closed = TestClient(app(Serving(path, path / "a.db", timedelta(), site=None)), follow_redirects=False)
    assert closed.get(f"/{name}").status_code == 404
    assert closed.get("/healthz").status_code == 200
