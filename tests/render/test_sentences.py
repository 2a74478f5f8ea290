"""What the store keeps in English is said in the language of the pages."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from make import NOON, edition, report, story
from outline import SITE

from aggregator.config.keys import Feed
from aggregator.model import Fault, Kind, LoggedVisit, Results, Rhythm, SourceStatus, Visit
from aggregator.plan import failures, interval, words
from aggregator.plan.condition import condition
from aggregator.publish.explain import in_words
from aggregator.render.byline import byline_text
from aggregator.render.item import DESCRIPTION, own_or_default
from aggregator.render.language import Language
from aggregator.render.pages import river, search_page
from aggregator.render.sentences import in_language
from aggregator.stories import guards, kept, same_event

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SPANS = (timedelta(minutes=20), HOUR, 3 * HOUR, DAY, 5 * DAY, timedelta(days=40), timedelta(days=800))
GUARDS = (
    *(kept.DIGEST, kept.SERIES, kept.COPIES, kept.PLAIN),
    *(same_event.OWN, same_event.SAME_FEED, same_event.FEW_WORDS, same_event.ISSUE),
    *re.findall(r'return "([a-z][^"]+)"', Path(guards.__file__).read_text(encoding="utf-8")),
)
ADVICE = (
    *words.ADVICE.values(),
    *words.STATUS_ADVICE.values(),
    *words.NOTE_ADVICE.values(),
    words.LASTING_ADVICE,
)
FAULTS = (*words.FAULTS.values(), *words.STATUSES.values(), words.IN_TROUBLE, words.UNREADABLE)


def reasons() -> list[str]:
    """As plan writes them."""
    quiet = [interval.Silence(span, span * 2) for span in SPANS] + [interval.Silence(10 * HOUR, HOUR)]
    chosen = [interval.own_interval(timedelta(minutes=1), each, None, 9) for each in quiet]
    chosen += [interval.own_interval(span, interval.Silence(HOUR, HOUR), HOUR, 9) for span in SPANS]
    every = [interval.Interval(HOUR, words.interval_in_words(span)) for span in SPANS]
    for span in SPANS:
        chosen += [
            interval.with_hints(every[0], span * 3, Rhythm()),
            interval.with_hints(every[0], None, Rhythm(span * 3)),
            interval.beside_a_hub(interval.Interval(span, "")),
        ]
    failed = words.failure_in_words(
        2, Visit("s", NOON, 0, "failed", 403, fault="status"), "url", timedelta(hours=2)
    )
    return [
        *(each.reason for each in (*chosen, *every)),
        words.without_fault(failed)[1],
        f"{words.interval_in_words(HOUR)}; noted: a b",
        failures.SEEMS_OFFLINE,
    ]


@pytest.mark.parametrize("tag", ["de", "fr", "es"])
@pytest.mark.parametrize("kind", ["url", "folder"])
@pytest.mark.parametrize("fault", words.FAULTS)
def test_a_fault_is_told_in_the_language_of_the_page_apart_from_what_a_server_said(
    fault: Fault, kind: Kind, tag: str
) -> None:
    visit = Visit("One", NOON, 0, "failed", fault=fault, notes=("(bad; worse) x: port 1 is not allowed; so",))
    for times in (1, 2, 20):
        note, reason = words.without_fault(words.failure_in_words(times, visit, kind, 3 * HOUR))
        for said in (reason, words.fault_in_words(visit, kind)):
            assert '<span lang="en">' not in in_language(said, Language(tag))
        assert note == visit.notes[0]


@pytest.mark.parametrize("tag", ["de", "fr", "es"])
def test_every_fault_reason_and_guard_is_translated(tag: str) -> None:
    language = Language(tag)
    for said in (*FAULTS, *ADVICE, *GUARDS, *reasons(), *(f"{fault} (503)" for fault in FAULTS)):
        shown = in_language(said, language)
        assert '<span lang="en">' not in shown, said
        assert "{" not in shown


def test_what_nobody_translated_is_marked_as_english_and_escaped() -> None:
    shown = in_language("every 2 hours; <b> of theirs; noted: <i>", Language("de"))
    assert shown == (
        'alle 2 Std.; <span lang="en">&lt;b&gt; of theirs</span>; Hinweis: <bdi lang="en">&lt;i&gt;</bdi>'
    )
    assert in_language("every 2 hours; <b>", Language("en")) == "every 2 hours; &lt;b&gt;"


def test_a_byline_is_in_the_language_of_the_feed_and_names_stay_as_they_are() -> None:
    own = replace(report(3), source_title="Post & <Co>")
    lead = replace(report(1), source_title="Post & <Co>")
    said = byline_text(story(1, lead, (report(2, "Two"), own)), "text", tag="de-AT")
    assert " · auch berichtet von</p>" in said
    assert "<li>Mehr von Post &amp; &lt;Co&gt;: " in said
    assert "also reported by" in byline_text(story(1, lead, (report(2, "Two"),)), "text", tag="pt")


def status(reason: str, ended: str = "") -> SourceStatus:
    visits = (LoggedVisit(NOON, "failed", 403, 0, "status"),)
    state = condition(bool(ended), 2, NOON)
    return SourceStatus("One", "One", "", "one.example", None, reason, NOON, 2, ended, state, visits=visits)


def test_a_fault_is_said_once_on_the_page_of_sources() -> None:
    visit = Visit("One", NOON, 0, "failed", 403, fault="status", notes=("by https://k.example/?key=1",))
    shown = in_words(status(words.failure_in_words(2, visit, "url", HOUR)))
    assert shown.trouble == "its server refused the request (403)"
    advice = words.STATUS_ADVICE[403]
    assert (shown.detail, shown.reason) == ("by …", f"{advice}; again after an hour")
    plain = words.failure_in_words(1, replace(visit, notes=("403 Forbidden",)), "url", HOUR)
    assert in_words(status(plain)).reason == f"{advice}; again after an hour"
    gone = in_words(status("removed; no longer visited", ended="removed; no longer visited"))
    assert (gone.trouble, gone.reason) == ("removed", "no longer visited")


def test_our_own_description_is_in_the_language_and_the_operator_s_stays() -> None:
    page = river(replace(SITE, language="fr", description=DESCRIPTION), ()).decode()
    assert page.count("Chaque actualité une fois, avec tous ses articles.") == 2
    assert "All of it" in river(replace(SITE, language="fr"), ()).decode()
    assert Feed().description == DESCRIPTION
    given = replace(edition(), language="de", description=DESCRIPTION)
    assert own_or_default(given) == "Jede Meldung einmal, mit allen Berichten."
    assert own_or_default(replace(given, description="x")) == "x"


def test_examples_of_a_search_are_in_the_language() -> None:
    page = search_page(replace(SITE, language="es"), Results("")).decode()
    assert '<kbd>"en este orden"</kbd>' in page
