"""A feed that somebody opens in a browser is a page; readers get the feed."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from make import NOON, edition, report, story
from outline import Outline
from starlette.testclient import TestClient

from aggregator.model import Site
from aggregator.publish.files import SECRET, write
from aggregator.render import RENDERERS
from aggregator.serve import Secrets, Serving, app
from aggregator.store import Store

DOCUMENT = {"sec-fetch-dest": "document"}
TOLD = 'It\'s <5 & "open"'
GIVEN = edition(
    story(1, report(1, title="The <b>bridge</b>", url="https://one.example/?a=1&b=2", lede=TOLD)),
    story(2, report(2, "Two", title="Brücke auf", language="de", published=NOON + timedelta(hours=1))),
)


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    bodies = {f"feed.{format}": render(GIVEN) for format, render in RENDERERS.items()}
    write(bodies, tmp_path / "public")
    write({"secret.atom": bodies["feed.atom"]}, tmp_path / "private", SECRET)
    (tmp_path / "token").write_text("0123456789abcdef", encoding="utf-8")
    secrets = Secrets(tmp_path / "private", {"secret": tmp_path / "token"})
    Store(tmp_path / "a.db").close()
    site = replace(Site(), language="de", timezone="Europe/Berlin")
    return TestClient(
        app(Serving(tmp_path / "public", tmp_path / "a.db", timedelta(minutes=5), secrets=secrets, site=site))
    )


@pytest.mark.parametrize("name", ["feed.atom", "feed.rss"])
def test_a_browser_shows_titles_that_are_links_times_as_people_write_them_and_words_without_entities(
    client: TestClient, name: str
) -> None:
    answer = client.get(f"/{name}", headers=DOCUMENT)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    page = Outline(answer.content)
    assert "https://one.example/?a=1&b=2" in page.links
    assert page.headings == [1, 2, 2]
    assert "Dies ist ein Feed." in answer.text
    assert ">1. März 2026, 13:00</time>" in answer.text
    assert "It&#39;s &lt;5 &amp; &#34;open&#34;</p>" in answer.text
    assert "<b>" not in answer.text


def test_a_reader_gets_the_feed_and_caches_keep_the_two_apart(client: TestClient) -> None:
    feed, page = client.get("/feed.atom"), client.get("/feed.atom", headers=DOCUMENT)
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert feed.headers["etag"] != page.headers["etag"]
    assert "Sec-Fetch-Dest" in page.headers["vary"]
    assert feed.headers["cache-control"] == "public, max-age=300"
    assert page.headers["cache-control"] == "private, max-age=300"  # for caches that do not know the other
    again = client.get("/feed.atom", headers=DOCUMENT | {"if-none-match": page.headers["etag"]})
    assert again.status_code == 304
    assert client.get("/feed.json", headers=DOCUMENT).headers["content-type"].startswith("application/feed")


def test_a_page_follows_its_feed(client: TestClient, tmp_path: Path) -> None:
    assert "Brücke auf" in client.get("/feed.atom", headers=DOCUMENT).text
    later = edition(story(3, report(3, title="A tunnel, this time")))
    write({"feed.atom": RENDERERS["atom"](later)}, tmp_path / "public")
    page = client.get("/feed.atom", headers=DOCUMENT).text
    assert "A tunnel, this time" in page
    assert "Brücke auf" not in page


def test_the_page_of_a_secret_feed_needs_the_secret_and_is_kept_by_nobody_else(client: TestClient) -> None:
    assert client.get("/secret.atom?token=0123456789abcdef", headers=DOCUMENT).status_code == 200
    assert client.get("/secret.atom", headers=DOCUMENT).status_code == 404
    page = client.get("/secret.atom?token=0123456789abcdef", headers=DOCUMENT)
    assert page.headers["cache-control"] == "private, max-age=300"
    assert "Brücke auf" in page.text
