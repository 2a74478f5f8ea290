"""Every output is what the standards demand, and means the same to parsers that are not ours."""

import io
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import atoma
import fastfeedparser
import feedparser
import podcastparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make import NOON, edition, report, story
from rules import FAULTS

from aggregator.model import Draft, Enclosure
from aggregator.render import RENDERERS
from aggregator.store.guids import guid_candidates
from aggregator.visit.normalise import normalise

AFTERNOON = NOON.replace(hour=15)
RICH = edition(
    story(
        1,
        report(
            1, tags=("cities", "R&D"), authors=("Ann Writer", "Bo"), language="en", image="https://one.example/a.png",
            body="<p>It <b>opened</b> &amp; stays so.</p>", comments="https://one.example/bridge#talk",
            enclosures=(Enclosure("https://one.example/a.mp3", "audio/mpeg", 321), Enclosure("https://one.example/b")),
        ),
        (report(2, "Two", title="The <b>bridge</b>", url="https://two.example/?a=1&b=2", tags=("news",)),),
    ),
    replace(story(3, report(3, "Three", title="", url="", summary="", lede="")), updated=AFTERNOON),
    story(4, report(4, "Four", via_title="One", via_url="https://one.example/", title="Тест 東京 🚲")),
)  # fmt: skip
EDITIONS = {
    "rich": RICH,
    "empty": edition(),
    "archive": replace(RICH, archive=4, before=3),
    "with a past": replace(RICH, before=3),
    "private": replace(RICH, private=True, before=None),
    "without a language": replace(RICH, language=""),
}


@pytest.mark.parametrize("format", RENDERERS)
@pytest.mark.parametrize("name", EDITIONS)
def test_an_output_keeps_the_rules(name: str, format: str) -> None:
    assert list(FAULTS[format](RENDERERS[format](EDITIONS[name]))) == []


TEXT = st.text(max_size=40)
ODD = st.sampled_from(
    [
        *("", "en_US", "x y", "-", "not/a type", "audio/mpeg\n", "]]>", "<b>\x00\x0b\ufffe\ud800</b>"),
        *("javascript:alert(1)", "http://", "//a.example/%zz", "https://[::1", "urn:x:1", "tag:x"),
        *('https://a.example/ü ü?q="<>|^`{}', "https://a.example/a#b#c"),
    ]
)


@settings(max_examples=50, deadline=None)
@given(st.tuples(*[ODD | TEXT] * 6))
def test_whatever_a_feed_says_an_output_keeps_the_rules(said: tuple[str, ...]) -> None:
    """Through normalise, as a stranger's feed comes."""
    uid, url, title, body, kind, language = said
    sound = Enclosure(url, kind, -1)
    draft = Draft(
        uid=uid, url=url, title=title, body=body, authors=(title, ""), tags=(body, ""), image=url,
        enclosures=(sound,), comments=url, language=language, via_title=title, via_url=url, published=NOON,
    )  # fmt: skip
    made = normalise(draft, source="Odd", base="https://odd.example/", language=language, now=NOON)
    odd = replace(story(1, replace(report(1), entry=made)), guid=guid_candidates(1, "Odd", made.uid)[0])
    for format, faults in FAULTS.items():
        assert list(faults(RENDERERS[format](edition(odd)))) == []  # type: ignore[index]


def moment(written: object) -> datetime:
    return datetime(*written[:6], tzinfo=UTC)  # type: ignore[index, misc, arg-type]


def at(written: str) -> datetime:
    return datetime.fromisoformat(written)


def seen_by_feedparser(format: str, body: bytes) -> list[object]:
    found = feedparser.parse(io.BytesIO(body))
    assert not found.bozo
    return [
        (
            each.id,
            each.title,
            (each.get("links") and each.link) or None,
            moment(each.published_parsed),
            text(each),
        )
        for each in found.entries
    ]


def text(each: feedparser.FeedParserDict) -> str:
    """RSS has no content where there is no summary of it."""
    return each.content[0]["value"] if "content" in each else each.summary


def seen_by_fastfeedparser(format: str, body: bytes) -> list[object]:
    return [
        (each.id, each.title, each.get("link") or None, at(each.published), text(each))
        for each in fastfeedparser.parse(body).entries
    ]


def seen_by_atoma(format: str, body: bytes) -> list[object]:
    if format == "atom":
        return [
            (each.id_, each.title.value, first(each.links), each.published, each.content.value)
            for each in atoma.parse_atom_bytes(body).entries
        ]
    if format == "rss":
        return [
            (each.guid, each.title, each.link, each.pub_date, each.content_encoded or each.description)
            for each in atoma.parse_rss_bytes(body).items
        ]
    return [
        (each.id_, each.title, each.url, each.date_published, each.content_html)
        for each in atoma.parse_json_feed_bytes(body).items
    ]


def first(links: list[atoma.atom.AtomLink]) -> str | None:
    return next((link.href for link in links if link.rel in (None, "alternate")), None)


def expected() -> list[object]:
    items = json.loads(RENDERERS["json"](RICH))["items"]
    return [
        (
            each["id"],
            each["title"],
            each.get("url"),
            datetime.fromisoformat(each["date_published"]),
            each["content_html"],
        )
        for each in items
    ]


@pytest.mark.parametrize(
    ("format", "seen"),
    [
        ("atom", seen_by_feedparser),
        ("rss", seen_by_feedparser),
        ("atom", seen_by_fastfeedparser),
        ("rss", seen_by_fastfeedparser),
        ("json", seen_by_fastfeedparser),
        ("atom", seen_by_atoma),
        ("rss", seen_by_atoma),
        ("json", seen_by_atoma),
    ],
)
def test_all_parsers_see_the_same(format: str, seen: object) -> None:
    assert seen(format, RENDERERS[format](RICH)) == expected()  # type: ignore[operator]


def test_a_podcast_program_finds_the_sound() -> None:
    found = podcastparser.parse("https://news.example/feed.rss", io.BytesIO(RENDERERS["rss"](RICH)))
    (sounding,) = [each for each in found["episodes"] if each["enclosures"]]
    assert (sounding["guid"], sounding["enclosures"][0]["url"]) == (
        "urn:story:1",
        "https://one.example/a.mp3",
    )


def seen_by_newsboat(folder: Path) -> dict[str, list[object]]:
    """Format -> id, title, link, date and recording of each item, from newsboat's own database."""
    for format in ("atom", "rss"):  # ids of their own: its database has each id once
        body = RENDERERS[format](RICH).replace(b"urn:story:", f"urn:{format}:".encode())
        (folder / f"feed.{format}").write_bytes(body)
    urls = "".join(f"file://{folder}/feed.{format}\n" for format in ("atom", "rss"))
    for name, text in {"config": "", "urls": urls}.items():
        (folder / name).write_text(text, encoding="utf-8")
    files = ["-C", folder / "config", "-u", folder / "urls", "-c", folder / "cache.db"]
    home = {"HOME": str(folder), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    asked = ["newsboat", *map(str, files), "-x", "reload"]
    subprocess.run(asked, check=True, capture_output=True, timeout=60, env=home)
    found: dict[str, list[object]] = {"atom": [], "rss": []}
    with closing(sqlite3.connect(folder / "cache.db")) as db:
        for guid, *rest, seconds, sound in db.execute(NEWSBOAT):
            _, format, number = guid.split(":")
            row = (f"urn:story:{number}", *rest, datetime.fromtimestamp(seconds, UTC), sound)
            found[format].append(row)
    return found


NEWSBOAT = "SELECT guid, title, url, pubDate, enclosure_url FROM rss_item ORDER BY id DESC"


@pytest.mark.skipif(not shutil.which("newsboat"), reason="newsboat is not installed")
def test_newsboat_sees_the_same(tmp_path: Path) -> None:
    items = json.loads(RENDERERS["json"](RICH))["items"]
    sounds = [next(iter(each.get("attachments", ())), {}).get("url", "") for each in items]
    rows = zip(expected(), sounds, strict=True)
    wanted = [(id, title, link or "", when, sound) for (id, title, link, when, _), sound in rows]  # type: ignore[misc]
    assert seen_by_newsboat(tmp_path) == {"atom": wanted, "rss": wanted}
