"""Our own feeds and the hub that we notify of them, end to end over real sockets."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from loopback import BRIDGE, DAY, OWLS, Station, World, configured, opened, runtime_for, station, world
from make import NOON, hours
from pretend import rss

from aggregator.refresh import refresh_due
from aggregator.store import Store


@pytest.fixture
def around(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as made:
        yield made


def hubs(around: World) -> str:
    return f'[publish]\nhubs = ["{around.publisher.hub}"]\n'


def topics(here: Station) -> set[str]:
    return {here.config.feed.link + name for name in ("feed.atom", "feed.rss", "feed.json")}


def test_a_hub_is_notified_after_the_new_bytes_are_live(around: World) -> None:
    with station(around.folder, hubs(around) + around.source(), around.doors()) as here:
        around.hub.wait(lambda: True)
        here.refresh()
        around.hub.wait(lambda: len(around.hub.pinged) == 3)
        live = dict(around.hub.pinged)
        link = here.config.feed.link
        assert live == {
            link + name: here.file(name).encode() for name in ("feed.atom", "feed.rss", "feed.json")
        }


def test_only_changes_are_announced(around: World) -> None:
    with station(around.folder, hubs(around) + around.source(), around.doors()) as here:
        here.refresh()
        around.hub.wait(lambda: len(around.hub.pinged) == 3)
        here.later(DAY)
        assert here.refresh().published == []
        here.turn(here.websub.out)
        assert len(around.hub.pinged) == 3


def test_a_ping_that_failed_is_sent_again_also_by_another_process(around: World) -> None:
    clock = [NOON]
    around.hub.status = 503
    with station(around.folder, hubs(around) + around.source(), around.doors(), clock) as here:
        here.refresh()
        here.turn(here.websub.out)
        assert around.hub.heard == [here.config.feed.link + "feed.atom"]  # the others wait with it
        port = urlsplit(here.config.feed.link).port or 0
    around.hub.status = 202
    with station(around.folder, hubs(around) + around.source(), around.doors(), clock, port) as again:
        again.turn(again.websub.out)
        assert len(around.hub.heard) == 1  # it is not due yet
        again.later(hours(1))
        again.websub.out.wake()
        around.hub.wait(lambda: {topic for topic, _ in around.hub.pinged} >= topics(again))
        again.turn(again.websub.out)
        assert len(around.hub.heard) == 4


def test_a_kill_between_publishing_and_ping_loses_no_ping(around: World) -> None:
    with opened() as door:
        port = door.getsockname()[1]
    config = configured(around.folder, hubs(around) + around.source(), f"http://127.0.0.1:{port}/")
    with Store(config.store.path) as store, runtime_for(config, around.doors(), [NOON]) as runtime:
        refresh_due(store, runtime)
    assert (around.hub.heard, (config.publish.folder / "feed.atom").exists()) == ([], True)
    with station(around.folder, hubs(around) + around.source(), around.doors(), [NOON], port) as here:
        around.hub.wait(lambda: {topic for topic, _ in around.hub.pinged} >= topics(here))


def test_what_is_pushed_to_us_is_pushed_on(around: World) -> None:
    with station(around.folder, hubs(around) + around.source(), around.doors()) as here:
        here.refresh()
        here.websub.back.wake()
        around.hub.wait(lambda: around.topic in around.hub.subscriptions and len(around.hub.pinged) == 3)
        here.settled()
        around.hub.push(around.topic, rss("One", OWLS, BRIDGE))
        around.hub.wait(lambda: any(b"Snowy owls return" in body for _, body in around.hub.pinged))
    assert len(around.publisher.asked) == 1


def test_the_server_names_hub_and_feed_in_its_headers(around: World) -> None:
    with station(around.folder, hubs(around) + around.source(), around.doors()) as here:
        here.refresh()
        link = here.config.feed.link
        for name in ("feed.atom", "feed.rss", "feed.json"):
            answer = httpx.get(link + name)
            assert answer.links == {
                "hub": {"url": around.publisher.hub, "rel": "hub"},
                "self": {"url": link + name, "rel": "self"},
            }
        assert "link" not in httpx.get(link).headers
        assert json.loads(here.file("feed.json"))["hubs"] == [{"type": "WebSub", "url": around.publisher.hub}]
