"""What the services log, in lines for people and for machines; what lets somebody in is in none of them."""

import json
import logging
import signal
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from make import NOON
from program import started
from shell import Shell

from aggregator.cli.log import JsonLines, LoggedVisits, PlainLines, log_summary, say_faults
from aggregator.cli.progress import lines
from aggregator.model import Visit
from aggregator.runtime import Summary
from aggregator.text.urls import without_keys

URL = "https://ida:geheim@one.example/feed?token=geheim&page=2"


def formatted(caplog: pytest.LogCaptureFixture, form: logging.Formatter) -> list[str]:
    return [form.format(record) for record in caplog.records]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (f"moved to {URL}", "moved to https://one.example/feed?page=2"),
        (f"({URL}), then {URL}", "(https://one.example/feed?page=2), then https://one.example/feed?page=2"),
        ("HTTPS://one.example/?API_KEY=geheim", "HTTPS://one.example/"),
        ("moved to https://a.example/F(1)/rss?token=x", "moved to https://a.example/F(1)/rss"),
        ("https://u:p)q@a.example/ and more", "https://a.example/ and more"),
        ("nothing to hide: key=open", "nothing to hide: key=open"),
    ],
)
def test_addresses_in_a_text_lose_their_keys(said: str, expected: str) -> None:
    assert without_keys(said).lower() == expected.lower()


def test_a_line_for_machines_has_time_level_and_message(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("aggregator").error("%s: cannot be\nread", URL)
    line = json.loads(formatted(caplog, JsonLines())[0])
    assert (line["level"], line["message"]) == ("error", "https://one.example/feed?page=2: cannot be\nread")
    assert datetime.fromisoformat(line["time"]).tzinfo == UTC


def test_a_traceback_is_in_its_line_and_hides_keys(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError(URL)
    except ValueError:
        logging.getLogger("aggregator").exception("a mistake of this program")
    for form in (JsonLines(), PlainLines()):
        (line,) = formatted(caplog, form)
        assert "ValueError: https://one.example/feed?page=2" in line
        assert "geheim" not in line
    assert "\n" not in formatted(caplog, JsonLines())[0]


def test_a_visit_is_a_line_without_keys(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "aggregator")
    visit = Visit("One", NOON, 0.25, "failed", 404, fault="status", notes=(f"404 at {URL}",))
    LoggedVisits().visited(visit)
    line = json.loads(formatted(caplog, JsonLines())[0])
    assert (line["level"], line["source"], line["status"], line["fault"]) == ("warning", "One", 404, "status")
    assert line["notes"] == ["404 at https://one.example/feed?page=2"]
    (said,) = lines(visit)
    assert said == "One: 404 at https://one.example/feed?page=2; `aggregator add` finds the feed of a site"
    port = replace(visit, status=0, fault="address", notes=("a.example: port 9 is not allowed",))
    assert lines(port) == ["One: a.example: port 9 is not allowed; [fetch] allow_ports can allow it"]
    assert lines(replace(port, notes=())) == []


def test_a_refresh_is_a_line_with_its_numbers(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "aggregator")
    log_summary(Summary(ok=3, added=7))
    line = json.loads(formatted(caplog, JsonLines())[0])
    assert (line["ok"], line["added"], line["failed"]) == (3, 7, 0)


def test_a_daemon_that_logs_for_machines_says_nothing_else(shell: Shell) -> None:
    shell.config(
        '[[source]]\nname = "Posts"\nfolder = "posts"\n[[source]]\nname = "Key"\n'
        'url = "http://ida:geheim@127.0.0.1:81/?token=geheim"\n'
    )
    options = ("--port", "0", "--log-format", "json", "--config", shell.folder / "a.toml")
    with started("run", *options) as service:
        read = []
        for line in service.stderr:
            read.append(json.loads(line))
            if "ok" in read[-1]:
                service.send_signal(signal.SIGTERM)
        assert service.wait() == 0
        assert service.stdout.read() == ""
    assert read[0]["message"].startswith("Merged feed: http://127.0.0.1:")
    assert {line["source"]: line["result"] for line in read if "source" in line} == {
        "Posts": "fresh",
        "Key": "failed",
    }
    assert "geheim" not in json.dumps(read)


def test_a_quiet_service_says_only_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    say_faults("Merged feed: http://127.0.0.1:8080/feed.atom", False)
    say_faults(f"moved to {URL}", True)
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "moved to https://one.example/feed?page=2\n")
