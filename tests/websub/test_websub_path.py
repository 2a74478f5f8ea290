"""Publisher, hub and ourselves as its subscriber, end to end over real sockets."""

import logging
import queue
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from loopback import (
    BRIDGE,
    DAY,
    OWLS,
    PATIENCE,
    Station,
    World,
    station,
    world,
)
from make import NOON, hours
from pretend import item, rss

from aggregator import plan
from aggregator.model import Limits
from aggregator.store import Store
from aggregator.visit.visit import visit
from aggregator.websub.service import Loop


@pytest.fixture
def around(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as made:
        yield made


@pytest.fixture
def here(around: World) -> Iterator[Station]:
    """Subscribed."""
    with station(around.folder, around.source(), around.doors()) as made:
        made.refresh()
        made.websub.back.wake()
        around.hub.wait(lambda: around.topic in around.hub.subscriptions)
        made.settled()
        yield made


def subscribe_again(here: Station, around: World) -> None:
    count = len(around.hub.asked)
    here.websub.back.wake()
    around.hub.wait(lambda: len(around.hub.asked) > count)


def test_what_a_hub_pushes_is_published_without_a_visit(around: World, here: Station) -> None:
    around.publisher.body = rss("One", OWLS, BRIDGE)
    assert around.hub.push(around.topic, around.publisher.body).status_code == 202
    summary = here.told.get(timeout=PATIENCE)
    assert (summary.added, summary.new) == (1, 1)
    assert "Snowy owls return" in here.file()
    assert len(around.publisher.asked) == 1


def test_a_push_and_a_visit_of_the_same_bytes_are_the_same_entries(around: World, here: Station) -> None:
    around.publisher.body = rss("One", OWLS, BRIDGE)
    around.hub.push(around.topic, around.publisher.body)
    here.told.get(timeout=PATIENCE)
    before = here.file()
    here.later(2 * DAY)
    summary = here.refresh()
    assert (summary.ok, summary.added, summary.edited, summary.published) == (1, 0, 0, [])
    assert here.file() == before


def test_a_push_leaves_the_validators_of_visits_alone(around: World, here: Station) -> None:
    before = here.job()
    around.hub.push(around.topic, rss("One", OWLS))
    here.told.get(timeout=PATIENCE)
    after = here.job()
    assert (after.etag, after.answerer) == (before.etag, before.answerer)
    assert before.etag
    here.later(2 * DAY)
    assert here.refresh().unchanged == 1


def test_what_is_taken_back_after_a_push_is_taken_back_here_too(around: World, here: Station) -> None:
    around.hub.push(around.topic, rss("One", BRIDGE.replace("reopens", "burns")))
    here.told.get(timeout=PATIENCE)
    assert "Bridge burns" in here.file()
    for _ in range(2):  # the first visit is answered "not modified", which is not true of what we have now
        here.later(2 * DAY)
        here.refresh()
    assert "Bridge reopens" in here.file()


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_every_method_of_signing_is_known(around: World, here: Station, method: str) -> None:
    around.hub.push(around.topic, rss("One", OWLS), method)
    assert here.told.get(timeout=PATIENCE).added == 1


@pytest.mark.parametrize("signature", ["", "sha256=" + "0" * 64, "md5=" + "0" * 32])
def test_what_is_not_signed_is_answered_and_dropped(around: World, here: Station, signature: str) -> None:
    answer = around.hub.push(around.topic, rss("One", OWLS), **{"x-hub-signature": signature})
    assert answer.status_code == 202
    here.settled()
    assert here.told.empty()
    assert "Snowy owls" not in here.file()


def test_a_source_whose_hub_pushes_is_visited_less_often_and_says_why(around: World, here: Station) -> None:
    here.later(2 * hours(1))
    here.refresh()
    assert hours(6) <= here.due() <= hours(25)
    assert here.reason().startswith("pushed by its hub; also visited every ")


def test_a_lease_is_renewed_before_its_end(around: World, here: Station) -> None:
    here.later(8.6 * DAY)
    subscribe_again(here, around)
    assert [each["hub.mode"] for each in around.hub.asked] == ["subscribe", "subscribe"]
    assert around.hub.asked[0]["hub.callback"] == around.hub.asked[1]["hub.callback"]


def test_when_a_lease_ends_visits_return_to_their_pace(around: World, here: Station) -> None:
    around.hub.status = 500
    here.later(9.9 * DAY)
    here.refresh()
    assert here.due() >= hours(6)
    here.later(0.1 * DAY)
    here.turn(here.websub.back)
    assert here.due() <= hours(1)
    assert "its hub has not renewed the subscription" in here.reason()


def test_a_hub_that_misses_two_reports_is_not_relied_on(around: World, here: Station) -> None:
    for number in range(3):
        around.publisher.body = rss("One", item(f"n{number}", f"Report {number}", "x " * number))
        here.later(DAY)
        here.refresh()
    assert here.due() < hours(6)
    around.hub.push(around.topic, rss("One", OWLS))
    here.told.get(timeout=PATIENCE)
    here.later(DAY)
    here.refresh()
    assert here.due() >= hours(6)


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (b"", {}),
        (b"  \n", {}),
        (b"<html><body>Something has changed</body></html>", {"content-type": "text/html"}),
        (rss("One", OWLS), {"link": '<https://other.example/>; rel="self"'}),
    ],
    ids=["empty", "blank", "a page", "of another topic"],
)
def test_content_that_is_not_the_feed_makes_us_visit_the_source(
    around: World, here: Station, body: bytes, more: dict[str, str]
) -> None:
    around.publisher.body = rss("One", OWLS, BRIDGE)
    here.later(hours(0.5))
    assert around.hub.push(around.topic, body, **more).status_code == 202
    assert here.nudged.wait(PATIENCE)
    assert here.refresh().added == 1


def test_who_was_just_visited_is_not_visited_again_for_a_hint(around: World, here: Station) -> None:
    for _ in range(5):
        around.hub.push(around.topic, b"")
    here.settled()
    assert not here.nudged.is_set()
    assert hours(0) < here.due() <= hours(5 / 60)


def test_a_hint_does_not_break_the_peace_of_a_server_in_trouble(around: World, here: Station) -> None:
    around.publisher.body = b"<html>maintenance</html>"
    here.later(DAY)
    assert here.refresh().failed == 1
    due = here.due()
    here.later(hours(0.2))
    around.hub.push(around.topic, b"")
    here.settled()
    assert not here.nudged.is_set()
    assert here.due() == due - hours(0.2)


def test_a_hint_does_not_break_a_pause_that_its_site_asked_for(around: World, here: Station) -> None:
    with Store(here.config.store.path) as store, store.writing():
        source, memory = here.config.sources[0], store.sources.memory("One")
        store.sources.postpone("One", plan.postponed(source, memory, DAY, here.clock[0]))
    here.later(hours(1))
    around.hub.push(around.topic, b"")
    here.settled()
    assert not here.nudged.is_set()
    assert here.due() >= hours(23)


def test_a_replay_is_not_believed_but_makes_us_look(around: World, here: Station) -> None:
    first, second = (
        rss("One", BRIDGE.replace("reopens", "closes")),
        rss("One", BRIDGE.replace("reopens", "burns")),
    )
    for body in (first, second):
        around.hub.push(around.topic, body)
        here.told.get(timeout=PATIENCE)
    here.later(hours(0.5))
    around.hub.push(around.topic, first)
    assert here.nudged.wait(PATIENCE)
    assert "Bridge burns" in here.file()


def dated(title: str, updated: str) -> bytes:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>One</title><entry><id>urn:x</id>'
        f"<title>{title}</title><updated>{updated}</updated></entry></feed>"
    ).encode()


def test_an_older_version_that_comes_late_is_not_taken(around: World, here: Station) -> None:
    around.hub.push(around.topic, dated("Second", "2026-03-01T11:00:00Z"))
    here.told.get(timeout=PATIENCE)
    around.hub.push(around.topic, dated("First", "2026-03-01T10:00:00Z"))
    assert here.told.get(timeout=PATIENCE).edited == 0
    around.hub.push(around.topic, dated("Third", "2026-03-01T11:30:00Z"))
    assert here.told.get(timeout=PATIENCE).edited == 1
    assert "Third" in here.file()


def test_a_source_out_of_the_configuration_is_unsubscribed(around: World, here: Station) -> None:
    with Store(here.config.store.path) as store, store.writing():
        store.sources.sync([], NOON)
    callback = around.hub.subscriptions[around.topic]["callback"]
    here.websub.back.wake()
    around.hub.wait(lambda: not around.hub.subscriptions)
    here.settled()
    assert around.hub.asked[-1]["hub.mode"] == "unsubscribe"
    assert httpx.post(callback, content=b"x").status_code == 404


def test_a_restart_forgets_nothing_and_visits_at_the_usual_pace(around: World, tmp_path: Path) -> None:
    clock = [NOON]
    with station(around.folder, around.source(), around.doors(), clock) as first:
        first.refresh()
        first.websub.back.wake()
        around.hub.wait(lambda: around.topic in around.hub.subscriptions)
        first.settled()
        first.later(hours(2))
        first.refresh()
        assert first.due() >= hours(6)
    with station(around.folder, around.source(), around.doors(), clock) as second:
        assert second.due() <= hours(1)
        # The free port is another one now, and so is its address: the hub is told by itself.
        link = second.config.feed.link
        around.hub.wait(lambda: around.hub.subscriptions[around.topic]["callback"].startswith(link))
        around.hub.push(around.topic, rss("One", OWLS))
        assert second.told.get(timeout=PATIENCE).added == 1


def test_a_hub_that_refuses_is_shown_to_people_and_left_alone(around: World) -> None:
    around.hub.denies = True
    with station(around.folder, around.source(), around.doors()) as here:
        here.refresh()
        here.websub.back.wake()
        around.hub.wait(lambda: around.hub.vain)
        here.settled()
        assert here.reason().endswith("; its hub does not push it: not today")
        here.later(6 * DAY)
        here.turn(here.websub.back)
        assert len(around.hub.asked) == 1


@pytest.mark.parametrize("status", [301, 400, 404, 500, 503])
def test_a_hub_that_fails_is_reported_once_without_secrets_and_asked_less_often(
    around: World, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    around.hub.status = status
    with caplog.at_level(logging.DEBUG), station(around.folder, around.source(), around.doors()) as here:
        here.refresh()
        for _ in range(40):
            here.turn(here.websub.back)
            here.later(hours(1))
        assert f"its hub answered {status}" in here.reason()
        assert here.due() <= hours(2)
    assert 5 <= len(around.hub.asked) <= 12
    assert [record.levelname for record in caplog.records if "its hub" in record.message] == ["WARNING"]
    for asked in around.hub.asked:
        assert asked["hub.secret"] not in caplog.text
        assert asked["hub.callback"].rpartition("/")[2] not in caplog.text


@pytest.mark.parametrize("lease", ["0", "-1", "60", "soon"])
def test_an_invalid_lease_is_not_confirmed(around: World, lease: str) -> None:
    around.hub.lease = lease
    with station(around.folder, around.source(), around.doors()) as here:
        here.refresh()
        here.websub.back.wake()
        around.hub.wait(lambda: around.hub.vain)
        assert (around.hub.vain, around.hub.subscriptions) == ([404], {})
        here.settled()
        assert here.due() <= hours(2)


def test_a_hub_in_a_private_network_is_never_connected_to(around: World) -> None:
    around.publisher.hub = "http://127.0.0.2:8080/"
    with station(around.folder, around.source(), around.doors()) as here:
        here.refresh()
        here.turn(here.websub.back)
        assert "127.0.0.2 is not on the public internet" in here.reason()


def test_three_wrong_signatures_end_the_subscription_and_it_is_made_anew(
    around: World, here: Station
) -> None:
    old = dict(around.hub.subscriptions[around.topic])
    for number in range(3):
        around.hub.push(around.topic, rss("One", OWLS), **{"x-hub-signature": f"sha1={number:040}"})
    here.settled()
    assert "not signed as agreed" in here.reason()
    here.later(hours(1))
    subscribe_again(here, around)
    around.hub.wait(lambda: around.hub.subscriptions[around.topic] != old)
    assert around.hub.subscriptions[around.topic]["secret"] != old["secret"]
    assert httpx.post(old["callback"], content=b"x").status_code == 404


# --- what goes wrong on our side ---


def test_what_could_not_be_published_is_published_as_soon_as_it_can_be(around: World, here: Station) -> None:
    folder = here.config.publish.folder
    away = folder.with_name("away")
    folder.rename(away)
    folder.write_text("a file where the folder should be")
    around.hub.push(around.topic, rss("One", OWLS))
    here.settled()
    assert here.told.empty()
    folder.unlink()
    away.rename(folder)
    here.websub.incoming.wake()
    assert here.told.get(timeout=PATIENCE).new == 1
    assert "Snowy owls return" in here.file()


def test_a_document_made_to_keep_us_busy_is_ended_and_the_third_ends_the_subscription(
    around: World, here: Station
) -> None:
    held = here.websub.runtime.visit.keywords["context"]  # type: ignore[attr-defined]
    hasty = partial(visit, context=replace(held, limits=Limits(seconds=0.1)))
    here.websub.runtime = replace(here.websub.runtime, visit=hasty)
    for number in range(3):
        author = "a" * (60_000 + number)
        around.hub.push(around.topic, rss("One", f"<br><item><author>{author}</author></item>"))
    here.settled()
    assert "meant to harm" in here.reason()
    assert here.due() <= hours(1)


def test_a_mistake_of_ours_ends_one_turn_and_not_the_thread(caplog: pytest.LogCaptureFixture) -> None:
    turns: queue.Queue[int] = queue.Queue()

    def turn() -> None:
        turns.put(1)
        raise ZeroDivisionError

    loop = Loop("mistaken", turn)
    loop.thread.start()
    for _ in range(2):
        loop.wake()
        turns.get(timeout=PATIENCE)
    loop.end()
    loop.thread.join(PATIENCE)
    assert not loop.thread.is_alive()
    assert "ZeroDivisionError" in caplog.text


def test_who_starts_without_hubs_visits_at_the_usual_pace_and_hears_nobody(around: World) -> None:
    clock = [NOON]
    with station(around.folder, around.source(), around.doors(), clock) as first:
        first.refresh()
        around.hub.wait(lambda: around.topic in around.hub.subscriptions)
        first.settled()
        first.later(hours(2))
        first.refresh()
        assert first.due() >= hours(6)
        port = urlsplit(first.config.feed.link).port or 0
    with station(around.folder, around.source(), around.doors(), clock, port, websub=False) as second:
        assert second.due() <= hours(1)
        assert around.hub.push(around.topic, rss("One", OWLS)).status_code == 404
        assert second.reason() == "its hub may have pushed while we were down"
