"""The pages as files: pure, from values to bytes."""

from dataclasses import replace

import pytest
from make import NOON, edition, hours, report, story
from outline import SITE, Outline

from aggregator.model import (
    ExplainedReport,
    ExplainedStory,
    Highlights,
    Joined,
    LoggedVisit,
    Reason,
    SourceStatus,
)
from aggregator.render.chart import chart
from aggregator.render.language import Language
from aggregator.render.pages import page_files, river, story_page
from aggregator.render.sources import sources_page

TWO = story(1, report(1, title="The <b>bridge</b>"), (report(2, "Two"),))
TOLD = (
    ExplainedReport(TWO.lead, Reason("alone")),
    ExplainedReport(TWO.others[0], Reason("same text", other=1), "The", True),
)
WELL = SourceStatus("One", "One", "https://one.example/", "one.example", NOON, "hourly", NOON, 0, "", "ok")
VISITS = (
    LoggedVisit(NOON, "fresh", 200, 5),
    LoggedVisit(NOON + hours(1), "same", 304),
    LoggedVisit(NOON + hours(2), "failed", 503, 0, "status"),
)


def files() -> dict[str, bytes]:
    explained = [ExplainedStory(TWO, TOLD, (Joined(7, NOON, "same event 0.9"),))]
    return dict(page_files(SITE, edition(TWO, story(2)), explained))


def test_equal_data_give_equal_bytes() -> None:
    assert files() == files()


@pytest.mark.parametrize("name", [name for name in files() if name.endswith(".html")])
def test_a_page_is_whole_and_its_headings_skip_no_level(name: str) -> None:
    outline = Outline(files()[name])
    assert outline.headings[0] == 1
    assert outline.headings.count(1) == 1
    assert all(
        after <= before + 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False)
    )
    assert outline.links[0] == "#main"


@pytest.mark.parametrize("name", [name for name in files() if name.endswith(".html")])
def test_a_page_forbids_scripts_and_announces_the_feeds(name: str) -> None:
    seen = Outline(files()[name]).seen
    policy = next(each["content"] for tag, each in seen if "Content-Security-Policy" in each.values())
    assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self'; form-action")
    root = "../" if "/" in name else ""
    named = [each["href"] for tag, each in seen if tag == "link" and each["rel"] == "alternate"]
    assert named == [f"{root}feed.{kind}" for kind in ("atom", "rss", "json")]
    assert not any(attribute.startswith(("on", "style")) for _, each in seen for attribute in each)


def test_the_river_says_how_many_sources_report_and_who() -> None:
    page = river(SITE, (TWO,)).decode()
    assert 'href="story/1.html">2 sources<' in page
    assert '<bdi class="pub">One</bdi>' in page
    assert '<bdi><a href="https://one.example/bridge" rel="noopener noreferrer">Two</a></bdi>' in page


def test_a_single_report_is_a_headline_a_publisher_and_a_time_without_a_count() -> None:
    page = river(SITE, (story(3),)).decode()
    row = page[page.index('<article class="row">') : page.index("</article>")]
    assert '<a class="at" href="story/3.html"><time datetime="2026-03-01T12:00:00Z">12:00</time>' in row
    assert "source" not in row
    assert "It opened." not in row


def test_the_other_publishers_headlines_are_under_a_top_story_which_is_not_shown_again_below() -> None:
    five = tuple(report(number, name, title=f"{name} says so") for number, name in enumerate("ABCDE", 2))
    top = story(1, report(1, title="The bridge opens"), five)
    page = river(SITE, (top, story(9)), Highlights((top,))).decode()
    assert page.index("Top stories") < page.index("The bridge opens</a>") < page.index("C says so</a>")
    assert page.count("The bridge opens</a>") == 1
    assert page.index(">More: ") < page.index(">D</a>") < page.index(">E</a>")
    assert "D says so" not in page


def test_stories_of_the_days_before_are_listed_beside_the_others_and_lead_to_their_pages() -> None:
    page = river(SITE, (story(9),), Highlights(before=(TWO,))).decode()
    assert '<a href="story/1.html" dir="auto">The &lt;b&gt;bridge&lt;/b&gt;</a>' in page
    assert '2 sources, <time datetime="2026-03-01T12:00:00Z">1 Mar, 12:00</time>' in page


def test_a_source_that_reports_twice_is_one_source() -> None:
    page = river(
        SITE,
        (
            story(
                1,
                report(1),
                (report(2), report(3)),
            ),
        ),
    ).decode()
    assert 'class="row shared"' not in page


def test_a_publisher_that_reports_again_later_is_not_named_beside_itself() -> None:
    page = river(SITE, (story(1, report(1, "One"), (report(2, "Two"), report(3, "One"))),)).decode()
    also = page[page.index('<p class="also">') :].split("</p>")[0]
    assert "Two" in also
    assert "One" not in also


def test_markup_in_titles_is_text() -> None:
    assert b"The &lt;b&gt;bridge&lt;/b&gt;" in files()["index.html"]
    assert b"<b>" not in b"".join(files().values())


def test_a_link_that_is_none_of_the_web_is_not_made() -> None:
    lead = report(1, url="javascript:alert(1)", image="data:image/svg+xml,x")
    lead = replace(lead, source_url="javascript:alert(2)")
    told = ExplainedStory(story(1, lead), (ExplainedReport(lead, Reason("alone")),))
    page = story_page(replace(SITE, images="direct"), told).decode()
    assert "javascript:" not in page
    assert "data:" not in page


def test_pictures_are_there_only_where_they_are_allowed() -> None:
    pictured = story(1, report(1, image="https://one.example/a.jpg"))
    assert b"<img" not in river(SITE, (pictured,))
    shown = river(replace(SITE, images="direct"), (pictured,))
    assert b"<img" in shown
    assert b"img-src &#39;self&#39; https: http:;" in shown


@pytest.mark.parametrize(
    ("given", "lang", "direction"),
    [
        ("ar", ' lang="ar"', "rtl"),
        ("he-IL", ' lang="he-IL"', "rtl"),
        ("de", ' lang="de"', "auto"),
        ("", "", "auto"),
        ('x" onclick="', "", "auto"),
    ],
)
def test_a_language_and_its_direction_are_marked(given: str, lang: str, direction: str) -> None:
    page = river(SITE, (story(1, report(1, language=given)),)).decode()
    assert f'<h3{lang} dir="{direction}">' in page


def test_a_story_tells_its_reports_in_order_with_the_reasons_folded_away() -> None:
    page = files()["story/1.html"].decode()
    assert page.index("Nothing like it had been reported.") < page.index("Both have the same text.")
    assert 'Compared with <a href="#report-1"><bdi>The</bdi></a>.' in page
    assert page.count('<details class="why">') == 3
    assert "<details open" not in page
    assert "1 other story became part of this one" in page
    assert "Story 7, <time" in page


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (0.97, "Very sure (97 %)"),
        (1.0, "Very sure (99 %)"),
        (0.8, "Sure (80 %)"),
        (0.66, "Fairly sure (66 %)"),
    ],
)
def test_how_sure_it_is_is_said_in_words(score: float, words: str) -> None:
    reason = Reason("same event", score, 0.65, 1, ("lindmark", "bridge"), hours(3))
    told = (TOLD[0], ExplainedReport(TWO.others[0], reason, "The", True))
    page = story_page(SITE, ExplainedStory(TWO, told)).decode()
    assert f"{words}: both name <bdi>lindmark, bridge</bdi>; 3 h later." in page


def test_what_kept_a_story_apart_is_said_too() -> None:
    for reason, words in (
        (Reason("alone", 0.41, 0.65, 9), "41 % likely the same event; 65 % are needed."),
        (Reason("alone", 0.9, 0.65, 9, veto="7 <dead>, 9 dead"), "7 &lt;dead&gt;, 9 dead."),
    ):
        page = story_page(
            SITE, ExplainedStory(story(1), (ExplainedReport(report(1), reason, "Another & one"),))
        ).decode()
        assert words in page
        assert "Compared with <bdi>Another &amp; one</bdi>." in page


def test_reports_are_listed_by_publisher() -> None:
    three = story(1, report(1, "One"), (report(2, "Two"), report(3, "One")))
    told = tuple(ExplainedReport(each) for each in (three.lead, *three.others))
    page = story_page(SITE, ExplainedStory(three, told)).decode()
    assert "<strong>3 reports</strong> by <strong>2 sources</strong>" in page
    ids = [page.index(f'id="report-{number}"') for number in (1, 3, 2)]
    assert ids == sorted(ids)
    assert page.count("<h2><bdi>") == 2


def test_the_stories_beside_it_are_a_link_away() -> None:
    page = story_page(SITE, ExplainedStory(TWO, TOLD, older=4, newer=9))
    assert {"4.html", "9.html"} <= set(Outline(page).links)
    assert b"Other stories" not in story_page(SITE, ExplainedStory(TWO, TOLD))


def test_who_comes_by_the_number_of_a_story_that_was_joined_is_sent_on() -> None:
    assert b'content="0; url=1.html"' in files()["story/7.html"]


def test_the_file_on_sources_stays_while_their_states_do() -> None:
    later = replace(WELL, due=NOON + hours(5), answered=NOON + hours(4), reason="daily", visits=VISITS[:2])
    fresh = replace(WELL, visits=VISITS[:1])
    assert sources_page(SITE, [fresh]) == sources_page(SITE, [later])
    failing = replace(
        later, condition="failing", trouble="its server refused (503)", failures=3, visits=VISITS
    )
    again = replace(failing, failures=4, due=NOON + hours(9))
    assert sources_page(SITE, [failing]) == sources_page(SITE, [again])
    assert b"its server refused (503)" in sources_page(SITE, [failing])


def test_failing_sources_and_an_outage_of_our_own_are_marked() -> None:
    failing = replace(
        WELL,
        name="Two",
        title="T<wo",
        condition="failing",
        trouble="its server refused (503)",
        failures=3,
        visits=VISITS,
    )
    page = sources_page(SITE, [failing, WELL], None, offline=True).decode()
    assert page.count('<tr class="ill">') == 1
    assert "<small>its server refused (503)</small>" in page
    assert "Failures in a row: 3" in page
    assert "This machine seems to be offline" in page
    assert "offline" not in sources_page(SITE, [failing, WELL], None).decode()


def test_only_where_we_serve_the_columns_are_links_that_sort() -> None:
    page = sources_page(SITE, [WELL], None, order="next").decode()
    links = {link for link in Outline(page.encode()).links if link.startswith("?")}
    assert links == {"?sort=name", "?sort=state", "?sort=success", "?sort=next"}
    assert page.count('aria-sort="ascending"') == 1
    assert "?sort" not in sources_page(SITE, [WELL]).decode()


def test_the_chart_says_in_words_what_it_shows() -> None:
    drawn = chart(VISITS, Language())
    assert drawn.words.endswith("1 with 5 new reports, 1 with nothing new, 1 failed.")
    assert [bar.kind for bar in drawn.bars] == ["news", "same", "failed"]
    page = sources_page(SITE, [replace(WELL, visits=VISITS)], None).decode()
    assert '<title id="chart-1">' in page
    assert '<desc id="words-1">3 visits from' in page


def test_a_huge_visit_stays_inside_its_chart() -> None:
    drawn = chart([LoggedVisit(NOON, "fresh", 200, 10**9)] * 100, Language())
    assert len(drawn.bars) == 48
    assert all(bar.y >= 0 and bar.x + 3 <= drawn.width for bar in drawn.bars)


def test_of_very_many_sources_the_first_are_shown() -> None:
    many = [replace(WELL, name=f"Source {number}", title="", visits=VISITS * 20) for number in range(510)]
    page = sources_page(SITE, many, None)
    assert page.count(b'<th scope="row">') == 500
    assert b"And 10 more" in page
    assert len(page) < 1_500_000


def test_an_empty_site_is_a_site_too() -> None:
    empty = dict(page_files(SITE, edition(), []))
    assert b"Nothing has come in yet." in empty["index.html"]
    assert b"No source is configured. <kbd>aggregator add https://example.org</kbd>" in sources_page(SITE, [])
    assert b"<kbd>aggregator fetch</kbd>" in empty["index.html"]
