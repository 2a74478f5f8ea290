"""Headers of a source's own: they reach its origin, and nothing and nobody else."""

import logging
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from web import AGENT, FEED, NOW, web

from aggregator.errors import SourceError
from aggregator.fetch import fetch
from aggregator.model import Fetched, Job, RequestSettings

HOME = "https://news.example/feed"
SECRET = "Bearer s3cret-word"
OWN = RequestSettings(headers=(("Authorization", SECRET), ("X-Api-Key", "s3cret-key"), ("accept", "text/x")))


class Server:
    def __init__(self, moved: dict[str, str] | None = None) -> None:
        self.moved = moved or {}
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if target := self.moved.get(str(request.url)):
            return httpx.Response(301, headers={"location": target})
        return httpx.Response(200, content=FEED, headers={"etag": '"1"'})


def visited(server: Server, job: Job) -> Fetched:
    return fetch(job, web(server), NOW)


def job(request: RequestSettings = OWN, address: str = HOME, home: str = "") -> Job:
    return Job("News", "url", address, request=request, home=home or address)


def secrets(request: httpx.Request) -> int:
    return sum("s3cret" in value for value in request.headers.values())


def test_its_own_headers_are_sent_and_replace_ours() -> None:
    server = Server()
    visited(server, job())
    (asked,) = server.asked
    assert (asked.headers["authorization"], asked.headers["x-api-key"]) == (SECRET, "s3cret-key")
    assert asked.headers.get_list("accept") == ["text/x"]
    assert asked.headers["user-agent"] == AGENT


def test_a_user_agent_of_its_own_is_sent_to_every_origin() -> None:
    server = Server({HOME: "https://cdn.example/feed"})
    visited(server, job(RequestSettings(user_agent="Mine/1")))
    assert [each.headers["user-agent"] for each in server.asked] == ["Mine/1"] * 2


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/feed",
        "https://sub.news.example/feed",
        "https://news.example:8443/feed",
        "http://news.example/feed",
        "https://news.example@evil.example/feed",
    ],
)
def test_no_header_of_its_own_follows_a_redirect_to_another_origin(elsewhere: str) -> None:
    server = Server({HOME: elsewhere})
    visited(server, job())
    assert [secrets(each) for each in server.asked] == [2, 0]
    assert server.asked[1].headers["accept"] != "text/x"


def test_they_follow_a_redirect_within_their_origin_and_back_to_it() -> None:
    server = Server({HOME: "https://cdn.example/x", "https://cdn.example/x": "https://news.example/y"})
    visited(server, job())
    assert [secrets(each) for each in server.asked] == [2, 0, 2]


def test_they_follow_from_http_to_https_of_their_host() -> None:
    server = Server({"http://news.example/feed": "https://news.example/feed"})
    visited(server, job(address="http://news.example/feed"))
    assert [secrets(each) for each in server.asked] == [2, 2]


def test_an_address_that_was_adopted_elsewhere_gets_none_of_them() -> None:
    server = Server()
    visited(server, job(address="https://moved.example/feed", home=HOME))
    assert secrets(server.asked[0]) == 0


def test_a_permanent_redirect_is_not_adopted() -> None:
    moved = {HOME: "https://moved.example/feed"}
    assert visited(Server(moved), job()).moved_to == ""
    assert visited(Server(moved), job(RequestSettings())).moved_to == "https://moved.example/feed"


def test_the_file_of_headers_is_read_at_each_visit_and_counts_more(tmp_path: Path) -> None:
    file = tmp_path / "headers"
    server = Server()
    asking = job(replace(OWN, header_file=str(file)))
    for word in ("one", "two"):
        file.write_text(f"# mine\n\nauthorization: {word}\nCookie:  a=b; c=d \n", encoding="utf-8")
        visited(server, asking)
    assert [each.headers["authorization"] for each in server.asked] == ["one", "two"]
    assert server.asked[0].headers["cookie"] == "a=b; c=d"
    assert server.asked[0].headers["x-api-key"] == "s3cret-key"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("s3cret", 'line 1: is not like "Name: value"'),
        ("\nX-Key: s3cret\x07", "line 2: X-Key: its value is empty, too long, or has characters"),
        ("X-Key:", "line 1: X-Key: its value is empty"),
        ("Host: s3cret.example", "line 1: Host: is ours to send"),
        ("X-Key: s3cret…", "line 1: X-Key: its value"),
        ("User-Agent: s3cret", "line 1: User-Agent: has a key of its own, user_agent"),
        ("X Key s3cret: x", "line 1: the name of a header has only letters"),
        (None, "No such file or directory"),
    ],
)
def test_a_file_that_cannot_be_used_fails_the_visit_and_is_not_quoted(
    tmp_path: Path, written: str | None, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    file = tmp_path / "headers"
    if written is not None:
        file.write_text(written, encoding="utf-8")
    server = Server()
    with pytest.raises(SourceError) as caught:
        visited(server, job(RequestSettings(header_file=str(file))))
    assert caught.value.fault == "headers"
    assert caught.value.note.startswith(f"headers: {said}")
    assert "s3cret" not in str(caught.value) + caplog.text
    assert server.asked == []


def test_no_secret_is_in_what_a_visit_returns_or_a_job_shows() -> None:
    got = visited(Server({HOME: "https://news.example/x"}), job())
    assert "s3cret" not in repr(got) + repr(job())
