"""A source has a page of its reports."""

from datetime import timedelta
from pathlib import Path

import pytest
from bench import Bench
from outline import Outline
from pretend import item, rss
from starlette.testclient import TestClient

from aggregator.serve import Serving, app, source_page

TREES = ("ash", "birch", "cedar", "elm", "fir")
BOTH = item("b", "Harbour bridge reopens", "Engineers reopened the harbour bridge in Lindmark to cyclists")


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr(source_page, "REPORTS", 3)
    bench = Bench(tmp_path)
    news = [
        item(f"t{n}", f"{tree.title()}ton {tree}er", f"{tree}ville {tree}wood", f"0{n} Mar 2026 10:00:00 GMT")
        for n, tree in enumerate(TREES, 1)
    ]
    bench.source("One", rss("One", *news))
    bench.source("Two", rss("Two", BOTH))
    bench.later(hours=24 * 9)
    bench.refresh()
    public, database = tmp_path / "var/public", tmp_path / "var/aggregator.db"
    return TestClient(app(Serving(public, database, timedelta(minutes=5))))


def test_its_reports_are_there_newest_first_and_those_of_others_are_not(client: TestClient) -> None:
    answer = client.get("/source?name=One")
    assert answer.status_code == 200
    assert "<h1><bdi>One</bdi></h1>" in answer.text
    assert answer.text.index("Firton") < answer.text.index("Elmton") < answer.text.index("Cedarton")
    assert "Birchton" not in answer.text
    assert "Harbour bridge" not in answer.text


def test_older_reports_are_on_further_pages_and_the_way_leads_back(client: TestClient) -> None:
    links = Outline(client.get("/source?name=One").content).links
    assert "source?name=One&page=2" in links
    second = client.get("/source?name=One&page=2")
    assert "Birchton" in second.text
    assert "Ashton" in second.text
    assert "Firton" not in second.text
    assert Outline(second.content).links.count("source?name=One&page=1") == 1
    assert not any("page=3" in link for link in Outline(second.content).links)


@pytest.mark.parametrize("query", ["", "?name=", "?name=Nobody", "?name=One%00"])
def test_a_name_that_nobody_has_is_not_found(client: TestClient, query: str) -> None:
    assert client.get(f"/source{query}").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", "1e9", ""])
def test_any_number_of_a_page_is_answered(client: TestClient, page: str) -> None:
    assert client.get(f"/source?name=One&page={page}").status_code == 200


def test_the_page_of_sources_and_that_of_a_story_lead_to_it(client: TestClient) -> None:
    assert "source?name=One" in Outline(client.get("/sources").content).links
    assert "../source?name=One" in Outline(client.get("/story/1").content).links
