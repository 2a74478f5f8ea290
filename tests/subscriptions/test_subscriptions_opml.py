"""OPML: what is imported, what is refused, and that our own lists come back whole."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.config import load_text
from aggregator.errors import ConfigError
from aggregator.model import Source
from aggregator.subscriptions import add_sources, printable_line, read_opml, write_opml

HOUR = timedelta(hours=1)


def opml(*outlines: str) -> bytes:
    return f'<?xml version="1.0"?><opml version="2.0"><body>{"".join(outlines)}</body></opml>'.encode()


def outline(url: str, title: str = "One", more: str = "") -> str:
    return f'<outline type="rss" text="{title}" xmlUrl="{url}" {more}/>'


def addresses(data: bytes) -> list[str]:
    return [source.address for source in read_opml(data, HOUR).sources]


def test_a_subscription_becomes_a_source() -> None:
    (found,) = read_opml(opml(outline("http://a.example/f?a=1&amp;b=2", "A &quot;b&quot;")), HOUR).sources
    assert found == Source('A "b"', "url", "http://a.example/f?a=1&b=2", every=HOUR)


def test_nested_folders_become_tags() -> None:
    inner = f'<outline text="Python">{outline("http://a.example/")}</outline>'
    (found,) = read_opml(opml(f'<outline text="Tech">{inner}</outline>'), HOUR).sources
    assert found.tags == ("Tech/Python",)


def test_a_subscription_in_two_folders_is_one_source_with_two_tags() -> None:
    twice = [f'<outline text="{tag}">{outline("http://a.example/")}</outline>' for tag in ("X", "Y")]
    (found,) = read_opml(opml(*twice), HOUR).sources
    assert found.tags == ("X", "Y")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "exec:~/bin/feed",
        "filter:cat:http://a.example/",
        "|cat /etc/passwd",
        "data:text/xml,x",
        "http://",
        "http:///x",
        "http://a.example:x/",
        "http://a.example\\@b.example/",
        "http://a example/",
        "/feed",
    ],
)
def test_what_is_not_a_web_address_is_skipped_with_a_note(url: str) -> None:
    got = read_opml(opml(outline(url), outline("http://good.example/")), HOUR)
    assert [source.address for source in got.sources] == ["http://good.example/"]
    assert len(got.notes) == 1


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("feed:https://a.example/f", "https://a.example/f"),
        ("feed://a.example/f", "http://a.example/f"),
        (" HTTPS://a.example/f ", "HTTPS://a.example/f"),
    ],
)
def test_feed_addresses_are_understood(url: str, wanted: str) -> None:
    assert addresses(opml(outline(url))) == [wanted]


def test_entities_and_external_files_have_no_power() -> None:
    dtd = '<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "yes">]>'
    data = dtd.encode() + opml(outline("http://a.example/", "&x;&y;"))
    assert read_opml(data, HOUR).sources[0].name == "&x;&y;"


def test_a_malformed_list_gives_what_can_be_read() -> None:
    data = b'<opml><body></outline><outline text="A & <b" xmlUrl=http://a.example/?x&y><outline text="B" xmlUrl="http://b.example/"'
    assert addresses(data + b">") == ["http://a.example/?x&y", "http://b.example/"]


@pytest.mark.parametrize("data", [b"", b"<html><p>hello", b"\x00\xff" * 50, b"{}", b"<rss/>"])
def test_a_file_that_is_not_a_list_is_reported(data: bytes) -> None:
    with pytest.raises(ConfigError, match="not an OPML"):
        read_opml(data, HOUR)


def test_a_list_that_breaks_its_parser_is_said_to_be_broken() -> None:
    with pytest.raises(ConfigError, match="broken"):
        read_opml(b"<outline </title> <rdf:RDF>", HOUR)


TOKENS = [
    "<opml>",
    "<outline ",
    "text='a'",
    "xmlUrl='http://a/'",
    ">",
    "/>",
    "</outline>",
    "</opml>",
    "<title>",
    "&",
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(TOKENS), max_size=30))
def test_no_mixture_of_outlines_is_a_crash(tokens: list[str]) -> None:
    with suppress(ConfigError):
        read_opml(" ".join(tokens).encode(), HOUR)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1251", "utf-16"])
def test_every_declared_encoding_is_read(encoding: str) -> None:
    text = (
        opml(outline("http://a.example/", "Новости")).decode().replace("1.0", f'1.0" encoding="{encoding}', 1)
    )
    assert read_opml(text.encode(encoding), HOUR).sources[0].name == "Новости"


def test_names_are_made_unique_and_known_addresses_are_not_taken_twice() -> None:
    present = [Source("One", "url", "http://known.example/")]
    data = opml(*(outline(f"http://{host}.example/") for host in ("known", "a", "b")))
    got = read_opml(data, HOUR, present)
    assert [source.name for source in got.sources] == ["One (2)", "One (3)"]
    assert got.notes == ("One: already subscribed",)


def test_a_nameless_subscription_is_called_by_its_host() -> None:
    assert read_opml(opml(outline("http://a.example/f", "")), HOUR).sources[0].name == "a.example"


names = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn")), min_size=1).map(printable_line)
parts = names.map(lambda name: name.replace("/", "-")).filter(bool)
tag_lists = st.lists(st.lists(parts, min_size=1, max_size=3).map("/".join), max_size=3, unique=True)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(names.filter(bool), tag_lists), max_size=6, unique_by=lambda pair: pair[0]))
def test_what_we_export_comes_back(listed: list[tuple[str, list[str]]]) -> None:
    sources = [
        Source(name, "url", f"http://host{number}.example/?a=1&b='\u00e9", tags=tuple(tags), every=HOUR)
        for number, (name, tags) in enumerate(listed)
    ]
    back = read_opml(write_opml("My <list> & more", sources), HOUR).sources
    assert {(s.name, s.address, frozenset(s.tags)) for s in back} == {
        (s.name, s.address, frozenset(s.tags)) for s in sources
    }


@pytest.mark.parametrize("title", ["a&#x202e;b", "a&#x7f;b", "a&#x9b;31mb", "a&#10;b", "x" * 5000])
def test_a_title_becomes_a_name_that_the_configuration_takes(title: str, tmp_path: Path) -> None:
    got = read_opml(
        opml(f'<outline text="{title}">', outline("http://a.example/f", title), "</outline>"), HOUR
    )
    assert len(load_text(add_sources("", got.sources, HOUR), tmp_path / "a.toml").sources) == 1


@pytest.mark.parametrize("address", ["https://a.example/&#x202e;f", "https://a.example/" + "x" * 3000])
def test_an_address_that_the_configuration_does_not_take_is_left_out(address: str) -> None:
    got = read_opml(opml(outline(address, "A")), HOUR)
    assert (got.sources, len(got.notes)) == ((), 1)


def test_a_source_keeps_its_page_for_people() -> None:
    sources = [
        Source("One", "url", "https://one.example/feed"),
        Source("Two", "url", "https://two.example/f"),
    ]
    lines = write_opml("x", sources, {"One": "https://one.example/?a=1&b=2"}).decode().splitlines()
    assert [line.strip() for line in lines if "xmlUrl" in line] == [
        '<outline type="rss" text="One" title="One" xmlUrl="https://one.example/feed"'
        ' htmlUrl="https://one.example/?a=1&amp;b=2"/>',
        '<outline type="rss" text="Two" title="Two" xmlUrl="https://two.example/f"/>',
    ]


def test_local_sources_are_not_exported() -> None:
    assert b"notes" not in write_opml("x", [Source("notes", "folder", "/notes")])
