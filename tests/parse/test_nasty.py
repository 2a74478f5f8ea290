"""Hostile entries: every output that contains them is valid and reads back as intended."""

import io
import json
from dataclasses import replace

import feedparser
import pytest
from make import NOON, edition
from nasty import NASTY
from rules import FAULTS

from aggregator.model import Draft, Edition, Report, Story
from aggregator.render import RENDERERS
from aggregator.render.iri import iri
from aggregator.render.item import content, title
from aggregator.store.guids import guid_candidates
from aggregator.visit.normalise import normalise


def told(draft: Draft, number: int) -> Report:
    entry = normalise(draft, source=f"s{number}", base="https://one.example/feed", now=NOON)
    entry = replace(entry, published=entry.published or NOON)  # as the store does
    feed = f"https://one.example/{number}"
    return Report(entry, number, f"Source <{number}> & more", "https://one.example/", feed)


def story(lead: Report, *others: Report) -> Story:
    """The story that the store would make of these reports."""
    entry = lead.entry
    at = entry.published or NOON
    guid = guid_candidates(lead.number, entry.source, entry.uid)[0]
    return Story(lead.number, guid, at, max(at, entry.updated or at), NOON, lead, others)


def published(*drafts: Draft) -> Edition:
    """One story per report, and one of all together."""
    reports = [told(draft, number) for number, draft in enumerate(drafts, 2)]
    everything = story(told(Draft(uid="urn:x:all", title="All", summary="Of them."), 1), *reports)
    return edition(everything, *map(story, reports))


ALL = published(*NASTY.values())


@pytest.mark.parametrize("format", RENDERERS)
@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_entry_keeps_the_rules(name: str, format: str) -> None:
    assert list(FAULTS[format](RENDERERS[format](published(NASTY[name])))) == []


@pytest.mark.parametrize("format", RENDERERS)
def test_all_nasty_entries_together_keep_the_rules(format: str) -> None:
    assert list(FAULTS[format](RENDERERS[format](ALL))) == []


def test_what_was_put_into_atom_is_read_from_it() -> None:
    """Turns off the parser's own cleaning, which would hide what we have lost or let through."""
    body = RENDERERS["atom"](ALL)
    feed = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    read = [(each.id, each.title, each.content[0].value.strip()) for each in feed.entries]
    assert not feed.bozo
    assert read == [(each.guid, title(each), content(each).strip()) for each in ALL.stories]


def test_what_was_put_into_json_feed_is_read_from_it() -> None:
    items = json.loads(RENDERERS["json"](ALL))["items"]
    read = [(each["id"], each["title"], each.get("url", ""), each["content_html"]) for each in items]
    assert read == [(each.guid, title(each), iri(each.lead.entry.url), content(each)) for each in ALL.stories]


@pytest.mark.parametrize(
    ("link", "written"),
    [
        ("https://a.example/b?c=d&e=%C3%A9#f", "https://a.example/b?c=d&e=%C3%A9#f"),
        ("https://a.example/ä?ö", "https://a.example/ä?ö"),
        ("https://a.example/[1]|2?q={}^`", "https://a.example/%5B1%5D%7C2?q=%7B%7D%5E%60"),
        ("https://a.example\\b\\c?d\\e", "https://a.example/b/c?d%5Ce"),
        ("https://a.example/100%?q=%zz%20", "https://a.example/100%25?q=%25zz%20"),
        ("https://a.example/#a#b", "https://a.example/#a%23b"),
        ("https://[::1]:8080/", "https://[::1]:8080/"),
        ("http://a:port/", ""),
        ("http://a|b/", ""),
        ("", ""),
    ],
)
def test_an_address_is_an_iri_of_the_same_page_or_none(link: str, written: str) -> None:
    assert iri(link) == written
    assert iri(written) == written
