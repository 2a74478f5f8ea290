"""What a newcomer looks for on the front page and on a story's page."""

from dataclasses import replace

from make import NOON, hours, report, story
from outline import SITE, Outline

from aggregator.model import ExplainedReport, ExplainedStory, Highlights
from aggregator.render.pages import river, story_page

TOP = story(1, report(1), (report(2, "Two", published=NOON + hours(2)),))
OTHER = story(2, report(3), (report(4, "Two"),))
NEXT_DAY = story(1, report(1), (report(2, "Two", published=NOON + hours(14)),))


def by(page: bytes) -> str:
    top = page.decode().partition('<article class="top">')[2]
    return top.partition('<p class="by">')[2].partition("</p>")[0]


def test_a_top_story_has_the_time_of_the_report_whose_publisher_it_names_and_the_latest_apart() -> None:
    words = by(river(SITE, (TOP,), Highlights((TOP,))))
    assert words.index("<bdi>One</bdi>") < words.index(">12:00<") < words.index(">2 sources<")
    assert 'latest: <time datetime="2026-03-01T14:00:00Z">14:00</time>' in words
    later = by(river(SITE, (NEXT_DAY,), Highlights((NEXT_DAY,))))
    assert later.index(">1 Mar, 12:00<") < later.index("latest: <time") < later.index(">2 Mar, 02:00</time>")


def test_times_lead_to_the_story_and_titles_to_the_publisher_in_top_stories_as_in_the_river() -> None:
    at_top, below = (
        Outline(river(SITE, (TOP,), Highlights(top))).links.count("story/1.html") for top in ((TOP,), ())
    )
    assert at_top == below == 2  # time and number of sources
    assert TOP.lead.entry.url in Outline(river(SITE, (TOP,), Highlights((TOP,)))).links


def test_the_front_page_is_divided_only_where_there_is_something_to_stand_beside() -> None:
    assert b'class="front split"' in river(SITE, (TOP,), Highlights((TOP,), (OTHER,)))
    for alone in (Highlights((TOP,)), Highlights(before=(OTHER,)), Highlights()):
        assert b'class="front"' in river(SITE, (TOP,), alone)


def test_a_picture_is_that_of_the_first_report_that_has_one() -> None:
    pictured = story(1, report(1), (report(2, "Two", image="https://two.example/a.jpg"),))
    direct = replace(SITE, images="direct")
    assert b'src="https://two.example/a.jpg"' in river(direct, (pictured,))
    assert b'src="https://two.example/a.jpg"' in river(direct, (pictured,), Highlights((pictured,)))


def test_the_page_of_a_single_report_says_its_title_once_and_links_it() -> None:
    lead = report(1, title="Owls counted")
    page = story_page(SITE, ExplainedStory(story(1, lead), (ExplainedReport(lead),)))
    assert page.partition(b"<main")[2].count(b"Owls counted") == 1
    assert lead.entry.url in Outline(page).links
