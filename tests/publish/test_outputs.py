"""Outputs as the configuration wants them, through the whole path."""

import io
import json
import re
from pathlib import Path
from unittest.mock import Mock

import feedparser
import pytest
from bench import BRIDGE, OTHER_WORDS, OWLS, Bench
from pretend import item, rss

from aggregator.config import Config, load
from aggregator.config.keys import Serve
from aggregator.daemon.server import local_address as address_of
from aggregator.publish.feeds import site_link
from aggregator.publish.publish import publish
from aggregator.store import Store


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    bench.source("One", rss("One", item("a", "Lindmark harbour bridge reopens to cyclists", BRIDGE)))
    bench.source("Two", rss("Two", item("b", "Harbour bridge in Lindmark reopens", OTHER_WORDS)))
    bench.source(
        "Three", rss("Three", item("c", "Snowy owls counted", OWLS, "Sun, 01 Mar 2026 11:00:00 GMT"))
    )
    for address, body in bench.web.pages.items():
        bench.web.pages[address] = body.replace(b"https://news.example", address.encode())
    return bench


def titles(bench: Bench, name: str) -> list[str]:
    feed = feedparser.parse(io.BytesIO(bench.published()[name]))
    assert not feed.bozo
    return [entry.title.split()[0] for entry in feed.entries]


def test_each_output_is_there_in_each_of_its_formats(bench: Bench) -> None:
    bench.toml += '[[output]]\nname = "owls"\ninclude = ["owls"]\nformats = ["json", "rss"]\n'
    bench.refresh()
    feeds = {
        name
        for name in bench.published()
        if name.startswith(("feed.", "owls.")) and not name.endswith(".css")
    }
    assert feeds == {"feed.atom", "feed.rss", "feed.json", "owls.rss", "owls.json", "owls.html"}
    assert titles(bench, "owls.rss") == ["Snowy"]
    owls, main = (json.loads(bench.published()[f"{name}.json"]) for name in ("owls", "feed"))
    assert owls["feed_url"] == "http://127.0.0.1:8080/owls.json"
    assert owls["items"][0] in main["items"]


def test_the_list_of_subscriptions_names_each_source_s_page(bench: Bench) -> None:
    bench.refresh()
    with Store(load(bench.folder / "aggregator.toml").store.path) as store:
        pages = store.statuses.pages()
    assert pages.keys() == {"One", "Two", "Three"}
    for page in pages.values():
        assert f'htmlUrl="{page}"' in bench.published()["sources.opml"].decode()


def test_tags_and_bylines_are_as_feed_says_in_every_output(bench: Bench) -> None:
    bench.toml = '[feed]\ntags = true\nbyline = "title"\n' + bench.toml
    bench.toml += 'tags = ["mine"]\n[[output]]\nname = "plain"\nbyline = "others"\ntags = ["mine"]\n'
    bench.refresh()
    assert titles(bench, "plain.atom") == ["Snowy"]
    (owls,) = json.loads(bench.published()["plain.json"])["items"]
    assert (owls["title"], owls["tags"]) == ("Snowy owls counted", ["mine"])
    main = {each["title"]: each.get("tags") for each in json.loads(bench.published()["feed.json"])["items"]}
    assert main["Snowy owls counted · Three"] == ["mine"]


def test_a_story_is_confirmed_by_two_publishers(bench: Bench) -> None:
    bench.toml += '[[output]]\nname = "confirmed"\nmin_sources = 2\n'
    bench.refresh()
    assert titles(bench, "confirmed.atom") == ["Lindmark"]


@pytest.mark.parametrize(
    ("order", "first"),
    [("newest story", "Snowy"), ("newest report", "Lindmark"), ("most reported", "Lindmark")],
)
def test_an_output_has_the_order_it_asks_for(bench: Bench, order: str, first: str) -> None:
    bench.toml += f'[[output]]\nname = "sorted"\norder = "{order}"\n'
    bench.web.pages["https://two.example/feed"] = rss(
        "Two", item("b", "Harbour bridge in Lindmark reopens", OTHER_WORDS, "Sun, 01 Mar 2026 11:30:00 GMT")
    ).replace(b"news.example", b"two.example")
    bench.refresh()
    assert titles(bench, "sorted.rss")[0] == first


def test_age_is_counted_from_the_newest_story_not_from_the_clock(bench: Bench) -> None:
    bench.web.pages["https://two.example/feed"] = rss(
        "Two", item("d", "Ferry sold", "To nobody.", "Sat, 28 Feb 2026 10:59:59 GMT")
    )
    bench.toml += '[[output]]\nname = "day"\nmax_age = "1d"\n'
    bench.refresh()
    before = bench.published()
    assert titles(bench, "day.atom") == ["Snowy", "Lindmark"]
    bench.later(days=9)
    bench.refresh()
    assert bench.published() == before


def test_a_feed_that_is_no_output_any_more_takes_its_own_files_along(bench: Bench) -> None:
    before = bench.toml
    bench.toml += '[[output]]\nname = "owls"\n'
    bench.refresh()
    folder = bench.folder / "var/public"
    (folder / "other.atom").write_text("somebody else's")
    bench.toml = before
    assert "owls.atom" in bench.refresh().published
    assert {name for name in bench.published() if "owls" in name} == set()
    assert (folder / "other.atom").exists()


def test_nothing_new_costs_no_more_than_a_look(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.refresh()
    monkeypatch.setattr("aggregator.render.RENDERERS", {})
    bench.later(hours=5)
    assert bench.refresh().published == []


@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_a_file_that_somebody_has_touched_is_made_again(bench: Bench, harm: str) -> None:
    bench.refresh()
    feed = bench.folder / "var/public/feed.rss"
    before = feed.read_bytes()
    feed.unlink() if harm == "gone" else feed.write_text("mine")
    config = load(bench.folder / "aggregator.toml")
    with Store(config.store.path) as store:
        assert publish(store, config) == ["feed.rss"]
    assert feed.read_bytes() == before


def test_an_output_with_a_secret_is_not_among_the_public_files(bench: Bench) -> None:
    bench.toml += '[[output]]\nname = "whispers"\ntoken_file = "secret"\n'
    bench.refresh()
    private = bench.folder / "var/private"
    assert not any("whispers" in name for name in bench.published())
    assert not any(b"whispers" in body for body in bench.published().values())
    assert {path.name for path in private.iterdir()} == {
        *("whispers.atom", "whispers.rss", "whispers.json"),
        ".published",
    }
    assert (private.stat().st_mode & 0o777, (private / "whispers.rss").stat().st_mode & 0o777) == (
        0o700,
        0o600,
    )
    for path in private.iterdir():
        assert b"whispers." not in path.read_bytes()  # no address of its own without the secret


def test_a_feed_becomes_hidden_when_it_gets_a_secret(bench: Bench) -> None:
    bench.toml += '[[output]]\nname = "hidden"\n'
    bench.refresh()
    bench.toml += 'token_file = "secret"\n'
    bench.refresh()
    assert not any("hidden" in name for name in bench.published())


def test_a_password_in_an_address_is_published_nowhere(bench: Bench) -> None:
    bench.toml += '[[source]]\nname = "Four"\nurl = "https://me:hunter2@four.example/feed"\n'
    bench.web.pages["https://me:hunter2@four.example/feed"] = rss("Four", item("z", "Quiet day", "Nothing."))
    assert bench.refresh().failed == 0
    assert b"https://four.example/feed" in bench.published()["sources.opml"]
    assert not any(b"hunter2" in body for body in bench.published().values())


def test_the_folders_we_publish_to_are_known_by_their_sign(bench: Bench) -> None:
    bench.toml += '[[output]]\nname = "hidden"\ntoken_file = "secret"\n'
    bench.texts("Texts", **{"a.txt": "A note\n\nOf ours."})
    bench.toml = bench.toml.replace('folder = "Texts"', 'folder = "."')
    bench.refresh()
    for folder in ("public", "private"):
        assert (bench.folder / "var" / folder / ".published").exists()
    before = bench.feed().entries
    bench.later(hours=5)
    assert bench.refresh_all().added == 0
    assert len(bench.feed().entries) == len(before)


@pytest.mark.parametrize("where", ["[feed]", '[[output]]\nname = "feed"'])
@pytest.mark.parametrize("formats", [["json"], ["rss", "atom"], ["atom", "rss", "json"]])
def test_pages_lead_to_the_formats_that_there_are(bench: Bench, formats: list[str], where: str) -> None:
    bench.toml += f"{where}\nformats = {json.dumps(formats)}\n"
    bench.refresh()
    there = {f"feed.{format}" for format in formats}
    assert {name for name in bench.published() if name.startswith("feed.")} == {*there, "feed.css"}
    for name in ("index.html", "sources.html", "search.html"):
        page = bench.published()[name].decode()
        assert set(re.findall(r'href="(feed\.\w+)"', page)) == there
        assert page.count('rel="alternate"') == len(formats)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("::1", "http://[::1]:8080/"),
        ("2001:db8::7", "http://[2001:db8::7]:8080/"),
        ("::", "http://127.0.0.1:8080/"),
        ("news.example", "http://news.example:8080/"),
    ],
)
def test_without_a_link_feeds_name_themselves_by_where_we_serve(host: str, address: str) -> None:
    assert site_link(Config(serve=Serve(host=host))) == address
    door = Mock(**{"getsockname.return_value": (host, 8080)})
    assert address_of(door) == address.replace("127.0.0.1", "[::1]")
