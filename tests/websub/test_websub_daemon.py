"""The program itself, `aggregator run`, between a publisher and a hub."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import BRIDGE, OWLS, World, opened, world
from pretend import item, rss
from program import ended, started


@pytest.fixture
def around(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as made:
        yield made


def configured(around: World) -> str:
    with opened() as door:
        port = door.getsockname()[1]
    own = f"http://127.0.0.1:{port}/"
    (around.folder / "aggregator.toml").write_text(
        f'[feed]\nlink = "{own}"\n[serve]\nport = {port}\n[publish]\nhubs = ["{around.publisher.hub}"]\n'
        f'[fetch]\nwebsub = true\nallow_networks = ["{around.doors()[0]}"]\n{around.source()}',
        encoding="utf-8",
    )
    return own


def told(around: World, title: str) -> bool:
    """Whether the hub has found it in our feed."""
    return any(title.encode() in body for topic, body in around.hub.pinged if topic.endswith("feed.atom"))


def test_a_story_comes_in_by_one_hub_and_goes_out_by_another_and_no_kill_breaks_it(around: World) -> None:
    own = configured(around)
    file = around.folder / "aggregator.toml"
    with started("run", "--config", file):
        around.hub.wait(lambda: around.topic in around.hub.subscriptions and told(around, "Bridge reopens"))
        around.publisher.body = rss("One", OWLS, BRIDGE)
        assert around.hub.push(around.topic, around.publisher.body).status_code == 202
        around.hub.wait(lambda: told(around, "Snowy owls return"))
        assert len(around.publisher.asked) == 1
    with started("run", "--config", file) as program:  # the other was killed
        assert program.stdout.readline() == f"Merged feed: {own}feed.atom\n"  # whoever calls now is heard
        assert around.hub.push(around.topic, rss("One", item("c", "Ferry sails", "x"))).status_code == 202
        around.hub.wait(lambda: told(around, "Ferry sails"))
        assert len(around.hub.asked) == 1
        program.send_signal(signal.SIGTERM)
        assert (program.wait(), program.stderr.read()) == (0, "")
        out = program.stdout.read()
    secrets = (around.hub.asked[0]["hub.secret"], around.hub.asked[0]["hub.callback"].rpartition("/")[2])
    assert not any(secret in out for secret in secrets)


def test_the_one_shot_command_notifies_hubs(around: World) -> None:
    configured(around)
    assert ended("fetch", "--config", around.folder / "aggregator.toml").returncode == 0
    assert sorted(topic.rpartition("/")[2] for topic in around.hub.heard) == [
        "feed.atom",
        "feed.json",
        "feed.rss",
    ]
