"""What Prometheus is told, and when a load balancer may send readers."""

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pretend import item, rss
from prometheus_client.parser import text_string_to_metric_families
from running import SOURCE, Running
from starlette.testclient import TestClient

from aggregator.config import load
from aggregator.daemon.server import WebServer
from aggregator.errors import ConfigError
from aggregator.store import Store

ON = '[serve]\nmetrics = true\n[store]\nbackup = "copies"\n'


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path, toml=ON)
    yield running
    running.runtime.pool.shutdown()


def client(running: Running) -> TestClient:
    return TestClient(running.shown.swappable)


def numbers(running: Running) -> dict[str, float]:
    """'name{label}' -> value, as Prometheus reads it."""
    answer = client(running).get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return {
        f"{sample.name}{{{','.join(sample.labels.values())}}}": sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_what_there_is_and_what_was_done_is_told(running: Running) -> None:
    running.write(ON + SOURCE.format("One", "one") + SOURCE.format("Gone", "gone"))
    for hours in (0, 3, 3):
        running.later(timedelta(hours=hours))
        running.beat()
    found = numbers(running)
    assert found["aggregator_sources{ok}"] == 1
    assert found["aggregator_sources{failing}"] == 1
    assert found["aggregator_visits_total{fresh}"] == 1
    assert found["aggregator_visits_total{same}"] == 2
    assert found["aggregator_visits_total{failed}"] >= 2
    assert found["aggregator_entries{}"] == found["aggregator_stories{}"] == 1
    assert found["aggregator_waiting_entries{stories}"] == found["aggregator_waiting_entries{search}"] == 0
    assert found["aggregator_database_bytes{}"] == running.database.stat().st_size
    assert found["aggregator_last_beat_timestamp_seconds{}"] == running.wall.timestamp()
    assert found["aggregator_last_success_timestamp_seconds{}"] <= running.wall.timestamp()
    assert found["aggregator_last_backup_timestamp_seconds{}"] == running.wall.timestamp() - 6 * 3600
    assert found["aggregator_refresh_seconds{}"] >= 0
    assert found["aggregator_healthy{}"] == 1
    assert found["aggregator_placed_entries{alone}"] == 1
    assert found["aggregator_placed_entries{same event}"] == 0
    stages = [found[f"aggregator_stage_seconds_total{{{each}}}"] for each in ("visit", "group", "publish")]
    assert all(stages)
    assert sum(stages) >= found["aggregator_refresh_seconds{}"]


def test_what_waits_is_counted(running: Running) -> None:
    running.beat()
    running.web.pages["https://one.example/feed"] = rss("one", *(item(each, each) for each in "abc"))
    with Store(running.database) as store, store.writing():
        store.db.execute("DELETE FROM searchable")
        store.db.execute(
            "INSERT INTO entries SELECT id + 1, source, uid || 'x', digest, seen, changed,"
            " published, updated, title, url, page, fingerprint, lede, summary, body, language, authors,"
            " tags, more, dated FROM entries"
        )
    found = numbers(running)
    assert found["aggregator_waiting_entries{stories}"] == 1
    assert found["aggregator_waiting_entries{search}"] == 2
    assert found["aggregator_entries{}"] == 2


def test_before_the_first_beat_nothing_is_known_and_nothing_breaks(running: Running) -> None:
    assert client(running).get("/metrics").status_code == 503  # there is no database yet
    Store(running.database).close()
    found = numbers(running)
    assert found["aggregator_entries{}"] == found["aggregator_last_beat_timestamp_seconds{}"] == 0
    assert "aggregator_refresh_seconds{}" not in found


def test_trouble_is_told_as_healthz_tells_it(running: Running) -> None:
    running.beat()
    running.beat.trouble = "output folder"
    assert numbers(running)["aggregator_healthy{}"] == 0


def test_without_the_switch_there_are_no_metrics(tmp_path: Path) -> None:
    running = Running(tmp_path)
    running.beat()
    assert client(running).get("/metrics").status_code == 404
    running.runtime.pool.shutdown()


def test_without_the_library_the_switch_is_a_line_that_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    (tmp_path / "a.toml").write_text(ON, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"pip install 'story-aggregator\[metrics\]'"):
        WebServer(load(tmp_path / "a.toml"))


def test_it_is_ready_once_something_is_published_and_only_while_it_is_well(running: Running) -> None:
    def ready() -> tuple[int, str]:
        answer = client(running).get("/readyz")
        return answer.status_code, answer.json().get("trouble", "")

    assert ready() == (503, "database")
    Store(running.database).close()
    assert ready() == (503, "nothing is published yet")
    running.beat()
    assert ready() == (200, "")
    running.daemon.signs.last -= 1_000
    assert ready() == (503, "no beat for too long")
