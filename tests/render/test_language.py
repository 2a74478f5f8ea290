"""The pages' own words, their days and times: in the feed's language and time zone."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from make import report, story
from outline import SITE

from aggregator.model import ExplainedReport, ExplainedStory, Reason, SourceStatus, Topic
from aggregator.render import pages, sources
from aggregator.render.language import FORMS, Language, phrases
from aggregator.render.pages import environment, river, search_page, story_page

MIDNIGHT = datetime(2026, 3, 1, tzinfo=UTC)
LATE = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
TEMPLATES = Path(pages.__file__).parent / "templates"
ASKED = re.compile(r"'([^'\n]+)' \| say|\| count\('([^'\n]+)'\)")


@pytest.mark.parametrize(
    ("tag", "zone", "spoken", "day", "minute"),
    [
        ("", "UTC", "en", "Sunday, 1 March 2026", "1 Mar 2026, 23:30"),
        ("en-US", "America/New_York", "en-US", "Sunday, March 1, 2026", "Mar 1, 2026, 18:30"),
        ("de", "Europe/Berlin", "de", "Montag, 2. März 2026", "2. März 2026, 00:30"),
        ("fr-CA", "Europe/Paris", "fr-CA", "lundi 2 mars 2026", "2 mars 2026, 00:30"),
        ("spa", "Europe/Madrid", "es", "lunes, 2 de marzo de 2026", "2 mar 2026, 00:30"),
        ("de-ZZ", "UTC", "de-ZZ", "Sonntag, 1. März 2026", "1. März 2026, 23:30"),
        ("pt-BR", "UTC", "en", "Sunday, 1 March 2026", "1 Mar 2026, 23:30"),
    ],
)
def test_days_and_times_are_written_as_people_there_do(
    tag: str, zone: str, spoken: str, day: str, minute: str
) -> None:
    language = Language(tag, zone)
    assert (language.tag, language.day(LATE), language.minute(LATE)) == (spoken, day, minute)


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Asia/Tokyo"])
def test_a_date_without_a_time_is_that_day_everywhere(zone: str) -> None:
    given = datetime(2026, 3, 1, tzinfo=UTC)
    language = Language("en", zone)
    assert language.day(given) == "Sunday, 1 March 2026"
    assert (language.minute(given), language.clock(given)) == ("1 Mar 2026", "1 Mar")
    page = river(replace(SITE, timezone=zone), (replace(story(1), published=given),)).decode()
    assert '<a class="at" href="story/1.html"><time datetime="2026-03-01">1 Mar</time>' in page


def test_a_visit_at_midnight_has_a_time() -> None:
    visited = SourceStatus("A", "", "", "a.example", MIDNIGHT, "", MIDNIGHT, 0, "", "ok")
    page = sources.sources_page(replace(SITE, timezone="Europe/Berlin"), [visited], paged=None).decode()
    assert '<time datetime="2026-03-01T00:00:00Z">1 Mar 2026, 01:00</time>' in page
    assert '<time datetime="2026-03-01T00:00:00Z">1 Mar, 01:00</time>' in page


def test_topics_are_in_the_order_of_the_names_that_people_see() -> None:
    topics = [Topic("tag", name, name) for name in ("b", "A")]
    topics += [Topic("language", code, code) for code in ("el", "en", "de", "qqq")]
    assert [each.name for each in Language("de").ordered(topics)] == ["de", "en", "el", "qqq", "A", "b"]


def test_a_day_is_shown_once_though_a_date_without_a_time_is_of_the_day_after() -> None:
    moments = (datetime(2026, 3, 1, hour, minute, tzinfo=UTC) for hour, minute in ((0, 30), (0, 0), (20, 0)))
    early, day, late = (replace(story(number), published=moment) for number, moment in enumerate(moments, 1))
    groups = Language("en", "America/New_York").days([late, early, day])
    assert [[each.number for each in group.stories] for group in groups] == [[3, 2], [1]]


def test_a_page_has_days_times_and_words_of_its_place_and_says_the_moment_to_machines() -> None:
    given = replace(story(1), published=LATE)
    page = river(replace(SITE, language="de", timezone="Europe/Berlin"), (given,)).decode()
    assert '<html lang="de">' in page
    assert '<time datetime="2026-03-01T23:30:00Z">Montag, 2. März 2026</time>' in page
    assert '<time datetime="2026-03-01T23:30:00Z">00:30</time>' in page
    assert "Alle Zeiten: Europe/Berlin" in page
    assert ">Quellen</a>" in page


def test_every_word_that_a_template_asks_for_is_in_the_table() -> None:
    texts = [path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html")]
    asked = {word or counted for text in texts for word, counted in ASKED.findall(text)}
    assert len(asked) > 30
    assert asked - phrases()["en"].keys() == set()


@pytest.mark.parametrize("tag", ["de", "fr", "es"])
def test_every_language_has_every_word_with_the_same_places_and_forms(tag: str) -> None:
    for key, english in phrases()["en"].items():
        written = phrases()[tag][key]
        assert written
        assert sorted(re.findall(r"\{\w+\}", written)) == sorted(re.findall(r"\{\w+\}", english))
        if english != key:  # counted: its key is a name
            assert written.count(FORMS) == english.count(FORMS) == 1


def test_one_is_not_many() -> None:
    counted = [Language(tag).count(number, "source") for tag in ("en", "de", "fr") for number in (0, 1, 2000)]
    assert counted[:6] == ["0 sources", "1 source", "2,000 sources", "0 Quellen", "1 Quelle", "2.000 Quellen"]
    assert counted[6] == "0 source"


@pytest.mark.parametrize("tag", ["en", "de", "fr", "es"])
def test_what_sources_wrote_is_escaped_in_every_sentence(tag: str) -> None:
    lead = report(1, authors=("<b>A</b>",), title="<i>")
    reason = Reason("same event", 0.9, 0.65, 9, ("<u>",))
    told = (
        ExplainedReport(lead, reason, "<s>"),
        ExplainedReport(report(2, "T<wo"), Reason("alone", veto="<q>", other=9), "<s>"),
    )
    page = story_page(replace(SITE, language=tag), ExplainedStory(story(1, lead), told)).decode()
    assert not re.search("<(b|i|u|s|q|wo)[> ]", page)
    assert "&lt;u&gt;" in page
    assert "&lt;q&gt;" in page


def test_a_page_that_says_what_no_table_has_says_it_as_it_is() -> None:
    assert b"<h1>A &lt;b&gt;</h1>" in pages.plain_page(replace(SITE, language="de"), "A <b>", "C {d}")
    assert "Suche" in search_page(replace(SITE, language="de"), None).decode()


def test_no_word_of_a_language_is_in_a_compiled_template() -> None:
    """All languages share what is compiled, also on the disk."""
    for written in ("{{ 'Search' | say }}", "{{ 2 | count('story') }}"):
        made = environment("de", "UTC").compile(written, raw=True)
        assert "Suche" not in made
        assert "Meldungen" not in made


def test_the_notice_of_a_feed_that_a_browser_shows_as_it_is_is_in_the_language_of_the_pages() -> None:
    german, english = (pages.feed_style(replace(SITE, language=tag)).decode() for tag in ("de", "en"))
    assert pages.NOTICE in english
    assert "Dies ist ein Feed" in german
    assert german.startswith('@charset "utf-8";')
    assert english.replace(pages.NOTICE, "") == re.sub('Dies ist ein Feed[^"]*', "", german)
