"""Draft -> Entry: dates, ids, words, limits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from aggregator.model import Draft, Enclosure, Entry, Episode, Transcript
from aggregator.visit.normalise import MAX_TITLE, normalise

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
DRAFT = Draft(uid="1", title="A title", url="https://a.example/1", summary="Some words.")


def entry(draft: Draft, now: datetime = NOW) -> Entry:
    return normalise(draft, source="s", base="https://a.example/feed", now=now)


def test_a_new_field_does_not_make_an_edit_of_every_stored_entry() -> None:
    assert entry(DRAFT).digest == "0fa481472a720c18602006e9493594b0"
    assert entry(replace(DRAFT, episode=Episode(60))).digest != entry(DRAFT).digest


def test_addresses_of_an_episode_are_absolute_or_none() -> None:
    read = (Transcript("t.vtt", " text/vtt\n"), Transcript("javascript:x", "text/vtt"))
    given = entry(replace(DRAFT, episode=Episode(60, chapters="/c.json", transcripts=read))).episode
    assert given.chapters == "https://a.example/c.json"
    assert given.transcripts == (Transcript("https://a.example/t.vtt", "text/vtt"),)


def test_a_date_a_little_ahead_becomes_now() -> None:
    assert entry(replace(DRAFT, published=NOW + timedelta(hours=3))).published == NOW


def test_a_date_far_ahead_is_not_a_date() -> None:
    assert entry(replace(DRAFT, published=NOW + timedelta(days=30))).published is None


def test_a_placeholder_date_is_not_a_date() -> None:
    assert entry(replace(DRAFT, published=datetime(1, 1, 1, tzinfo=UTC))).published is None


def test_a_missing_date_stays_missing() -> None:
    assert entry(DRAFT).published is None


def test_an_update_stands_in_for_a_missing_publication() -> None:
    assert entry(replace(DRAFT, updated=NOW - timedelta(days=1))).published == NOW - timedelta(days=1)


def test_a_past_entry_is_the_same_whenever_it_is_read() -> None:
    draft = replace(DRAFT, published=NOW - timedelta(days=1))

    assert entry(draft) == entry(draft, now=NOW + timedelta(days=400))


def test_the_link_stands_in_for_a_missing_id() -> None:
    assert entry(replace(DRAFT, uid="", url="/2")).uid == "https://a.example/2"


def test_without_id_and_link_different_entries_have_different_ids() -> None:
    first = replace(DRAFT, uid="", url="")

    assert entry(first).uid == entry(first).uid
    assert entry(first).uid != entry(replace(first, summary="Other words.")).uid


@pytest.mark.parametrize("field", ["title", "summary", "url", "uid", "language", "comments"])
def test_every_field_is_in_the_digest(field: str) -> None:
    changed = replace(DRAFT, **{field: "https://a.example/other"})

    assert entry(DRAFT).digest != entry(changed).digest


def test_the_body_is_kept_only_when_it_is_more_than_the_summary() -> None:
    assert entry(replace(DRAFT, body="Some words.")).body == ""
    assert entry(replace(DRAFT, body="More.")).body == "More."
    assert entry(replace(DRAFT, summary="", body="More.")).summary == "More."


def test_text_is_escaped_and_html_is_cleaned() -> None:
    assert (
        entry(replace(DRAFT, summary="<b>x</b>", summary_type="text/plain")).summary == "&lt;b&gt;x&lt;/b&gt;"
    )
    assert entry(replace(DRAFT, summary="<b onclick=x>x</b>")).summary == "<b>x</b>"


def test_the_lede_is_the_first_hundred_words_or_so() -> None:
    lede = entry(replace(DRAFT, summary="<p>word</p> " * 5000)).lede

    assert 100 <= len(lede.split()) <= 112


def test_no_character_that_xml_forbids_is_left() -> None:
    bad = "a\x00b\x0bc\ufffed\ud800e"
    made = entry(
        Draft(uid=bad, title=bad, summary=bad, authors=(bad,), tags=(bad,), language=bad, dateline=bad)
    )

    shown = [
        made.uid,
        made.title,
        made.summary,
        made.lede,
        *made.authors,
        *made.tags,
        made.language,
        made.dateline,
    ]
    assert shown == ["abcde"] * len(shown)


def test_a_huge_title_is_cut_between_words() -> None:
    title = entry(replace(DRAFT, title="word " * 10_000)).title

    assert len(title) <= MAX_TITLE
    assert title.endswith("word…")


def test_repeated_and_empty_tags_are_dropped() -> None:
    assert entry(replace(DRAFT, tags=("a", " a ", "", "b\nb"))).tags == ("a", "b b")


def test_only_web_addresses_are_enclosures() -> None:
    files = (
        Enclosure("/a.mp3"),
        Enclosure("file:///etc/passwd"),
        Enclosure("data:audio/mp3,x"),
        Enclosure("/a.mp3"),
    )

    assert [part.url for part in entry(replace(DRAFT, enclosures=files)).enclosures] == [
        "https://a.example/a.mp3"
    ]
