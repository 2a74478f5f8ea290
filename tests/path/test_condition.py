"""A source is failing, ended, new or well: pages and metrics agree on which."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from bench import Bench
from make import NOON
from pretend import item, rss

from aggregator.model import Condition
from aggregator.plan.condition import DEAD, LASTING, PROBLEM, condition, is_dead, is_problem
from aggregator.publish.explain import source_statuses
from aggregator.store import Store

ONE = "https://one.example/feed"


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    bench.source("One", rss("One", item("a", "Bridge reopens")))
    bench.source("Two", rss("Two", item("b", "Snowy owls")))
    bench.refresh()
    return bench


def conditions(bench: Bench) -> list[Condition]:
    """Of One and Two, as all who ask are answered."""
    with Store.reading(bench.folder / "var/aggregator.db") as store:
        found = source_statuses(store, latest=1)
        counted = store.counts.sources()
        ill = dict(store.statuses.ill())
    by_name = {each.name: each.condition for each in found}
    assert counted == {each: list(by_name.values()).count(each) for each in counted}
    assert ill == {name: each for name, each in by_name.items() if each in ("failing", "ended")}
    assert {each.name for each in found if each.trouble} == ill.keys()
    page = bench.published()["sources.html"].decode()
    assert ("1 failing" in page) == (counted["failing"] == 1)
    assert page.count('class="state">ended') == counted["ended"]
    return [by_name[name] for name in ("One", "Two")]


def test_a_source_fails_and_recovers_and_ends_for_all_who_ask(bench: Bench) -> None:
    assert conditions(bench) == ["ok", "ok"]
    bench.web.status[ONE] = 500
    bench.later(days=1)
    bench.refresh_all()
    assert conditions(bench) == ["failing", "ok"]
    del bench.web.status[ONE]
    bench.later(days=1)
    bench.refresh_all()
    assert conditions(bench) == ["ok", "ok"]
    for status in (500, 410):
        bench.web.status[ONE] = status
        bench.later(days=1)
        bench.refresh_all()
    assert conditions(bench) == ["ended", "ok"]


def test_while_our_own_network_is_down_no_source_fails(bench: Bench) -> None:
    bench.web.unreachable = True
    bench.later(days=1)
    assert bench.refresh().failed == 2
    assert conditions(bench) == ["ok", "ok"]


def test_a_source_that_nobody_has_visited_is_new(bench: Bench) -> None:
    with Store(bench.folder / "var/aggregator.db") as store, store.writing():
        store.db.execute("UPDATE sources SET succeeded = NULL WHERE name = 'Two'")
    assert conditions(bench) == ["ok", "new"]


@pytest.mark.parametrize(
    ("ended", "failures", "answered", "expected"),
    [
        (False, 0, NOON, "ok"),
        (False, 0, None, "new"),
        (False, 1, NOON, "failing"),
        (False, 1, None, "failing"),
        (True, 1, NOON, "ended"),
        (True, 0, None, "ended"),
    ],
)
def test_one_failure_is_enough_and_an_end_is_no_failure(
    ended: bool, failures: int, answered: datetime | None, expected: Condition
) -> None:
    assert condition(ended, failures, answered) == expected


def test_it_is_dead_after_weeks_and_one_that_never_answered_after_some_failures() -> None:
    later = NOON + DEAD
    assert not is_dead(1, NOON, later)
    assert is_dead(1, NOON, later + timedelta(hours=1))
    assert not is_dead(0, NOON, later + timedelta(hours=1))
    assert [is_dead(failures, None, later) for failures in (LASTING - 1, LASTING)] == [False, True]
    assert [is_problem(failures) for failures in (PROBLEM - 1, PROBLEM)] == [False, True]
