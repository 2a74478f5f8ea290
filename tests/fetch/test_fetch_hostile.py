"""Every endpoint of the hostile server that is a matter of fetching, each as one source.

The server is outside the repository (../shared/hostile); without it these tests are skipped.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import hostile
import pytest
from hostile import Server, serving
from web import AGENT, NOW

from aggregator.errors import SourceError
from aggregator.fetch import Caps, Web, fetch, open_web
from aggregator.model import Fetched, Job

OURS = {"control", "time", "size", "framing", "redirect", "ssrf", "status", "validators", "headers", "tls"}
REFUSED = {"error", "blocked", "gone", "wait"}
# Fetched without a fault; the parser finds that they are not feeds.
PAGES = {"/ssrf/autodiscovery", "/redir/301-to-html"}

pytestmark = hostile.needed


@dataclass(frozen=True, slots=True)
class Result:
    endpoint: dict[str, Any]
    outcome: Fetched | SourceError

    @property
    def wanted(self) -> str:
        return str(self.endpoint["expect"]["outcome"])


def web(server: Server, seconds: int) -> Web:
    return open_web(AGENT, Caps(deadline=timedelta(seconds=seconds)), server.doors)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture(scope="module")
def endpoints() -> list[dict[str, Any]]:
    return [each for each in hostile.endpoints() if each["group"] in OURS]


@pytest.fixture(scope="module")
def results(server: Server, endpoints: list[dict[str, Any]]) -> list[Result]:
    """Visits the slow ones in parallel with a short deadline, the others in turn: it has one thread."""

    def visit(endpoint: dict[str, Any], client: Web) -> Result:
        job = Job(source=endpoint["path"], kind="url", address=server.address(endpoint))
        try:
            return Result(endpoint, fetch(job, client, NOW))
        except SourceError as e:
            return Result(endpoint, e)

    def slow(endpoint: dict[str, Any]) -> bool:
        return endpoint["group"] in ("time", "tls") or "silent" in endpoint["path"]

    with ThreadPoolExecutor(24) as threads, web(server, 2) as short, web(server, 10) as long:
        waiting = threads.map(lambda each: visit(each, short), filter(slow, endpoints))
        return [*waiting, *(visit(each, long) for each in endpoints if not slow(each))]


def test_all_groups_were_visited(results: list[Result]) -> None:
    assert {each.endpoint["group"] for each in results} == OURS


def test_what_is_good_is_fetched(results: list[Result]) -> None:
    good = [each for each in results if each.wanted in ("ok", "moved")]
    assert not [each for each in good if isinstance(each.outcome, SourceError)]


def test_what_is_bad_is_a_fault_of_its_source_alone(results: list[Result]) -> None:
    bad = [each for each in results if each.wanted in REFUSED and each.endpoint["path"] not in PAGES]
    assert not [each for each in bad if isinstance(each.outcome, Fetched)]


def test_nothing_got_to_the_canary(server: Server, results: list[Result]) -> None:
    assert results
    assert server.get("/_canary") == []


def test_no_endpoint_was_asked_more_often_than_it_bears(server: Server, results: list[Result]) -> None:
    asked = [each["target"].partition("?")[0] for each in server.get("/_log")]
    bounds = {each.endpoint["path"]: each.endpoint["expect"].get("max_requests") for each in results}
    assert not {path for path, most in bounds.items() if most and asked.count(path) > most}


def test_only_permanent_redirects_are_reported(server: Server, results: list[Result]) -> None:
    moved = {
        each.endpoint["path"]: each.outcome.moved_to.partition(str(server.ports["port"]))[2]
        for each in results
        if isinstance(each.outcome, Fetched) and each.endpoint["path"] not in PAGES and each.outcome.moved_to
    }
    assert moved == {
        "/redir/301": "/ok/rss",
        "/redir/308": "/ok/rss",
        "/redir/301-then-302": "/redir/302",
    }


def test_a_wait_is_passed_on(results: list[Result]) -> None:
    for each in results:
        wait = each.endpoint["expect"].get("wait_s")
        if wait and isinstance(each.outcome, SourceError):
            assert each.outcome.wait is not None, each.endpoint["path"]
            assert each.outcome.wait >= timedelta(seconds=wait - 5), each.endpoint["path"]


def test_a_second_visit_with_the_validators_is_not_modified(
    server: Server, endpoints: list[dict[str, Any]]
) -> None:
    with web(server, 10) as client:
        for endpoint in endpoints:
            if endpoint["expect"]["outcome"] == "not_modified":
                job = Job(source="s", kind="url", address=server.address(endpoint) + "?k=twice")
                first = fetch(job, client, NOW)
                again = Job("s", "url", job.address, etag=first.etag, modified=first.modified)
                assert fetch(again, client, NOW).status == 304, endpoint["path"]
