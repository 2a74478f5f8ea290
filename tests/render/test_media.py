"""Pictures and recordings reach readers and players, whichever report has them."""

import io
import json
from xml.etree import ElementTree

import feedparser
import podcastparser
import pytest
from make import edition, report, story
from rules import FAULTS

from aggregator.model import Document, Edition, Enclosure, Episode, Format, Limits, Report, Transcript
from aggregator.parse import parse
from aggregator.render import RENDERERS
from aggregator.render.extension import PODCAST
from aggregator.render.media import enclosures_of

PICTURE = "https://two.example/quay.jpg?w=1&h=2"
SOUND = Enclosure("https://two.example/quay.mp3", "audio/mpeg", 9)
PAPER = Enclosure("https://one.example/report.pdf", "application/pdf", 7)
MEDIA = "{http://search.yahoo.com/mrss/}"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"


def made(*reports: Report) -> Edition:
    return edition(story(1, reports[0], reports[1:]))


SECOND_HAS_IT = made(
    report(1), report(2, "Two", image=PICTURE), report(3, "Three", image="https://c.example/")
)


def first_item(format: Format, given: Edition) -> ElementTree.Element:
    root = ElementTree.fromstring(RENDERERS[format](given))
    found = root.find("channel/item" if format == "rss" else "{http://www.w3.org/2005/Atom}entry")
    assert found is not None
    return found


@pytest.mark.parametrize("format", ["atom", "rss"])
def test_a_picture_is_there_in_both_ways_of_media_rss(format: Format) -> None:
    found = first_item(format, SECOND_HAS_IT)
    assert [each.attrib for each in found.findall(f"{MEDIA}content")] == [{"url": PICTURE, "medium": "image"}]
    assert [each.attrib for each in found.findall(f"{MEDIA}thumbnail")] == [{"url": PICTURE}]


@pytest.mark.parametrize("format", ["atom", "rss"])
def test_the_lead_s_picture_comes_first(format: Format) -> None:
    given = made(report(1, image="https://one.example/a.png"), report(2, "Two", image=PICTURE))
    (thumb,) = feedparser.parse(io.BytesIO(RENDERERS[format](given))).entries[0].media_thumbnail
    assert thumb["url"] == "https://one.example/a.png"


@pytest.mark.parametrize("format", ["atom", "rss"])
@pytest.mark.parametrize("image", ["", "http://"])
def test_no_picture_is_no_element(format: Format, image: str) -> None:
    found = first_item(format, made(report(1, image=image)))
    assert not [each for each in found if each.tag.startswith(MEDIA)]


@pytest.mark.parametrize("format", RENDERERS)
def test_our_own_parser_finds_the_picture(format: Format) -> None:
    draft = parse(Document(RENDERERS[format](SECOND_HAS_IT), "https://news.example/"), Limits()).drafts[0]
    assert (draft.image, draft.enclosures) == (PICTURE, ())


@pytest.mark.parametrize("format", RENDERERS)
def test_a_feed_with_pictures_and_sound_keeps_the_rules(format: Format) -> None:
    given = made(report(1, enclosures=(PAPER,)), report(2, "Two", image=PICTURE, enclosures=(SOUND,)))
    assert list(FAULTS[format](RENDERERS[format](given))) == []


def test_the_recording_of_any_report_is_there_and_comes_first() -> None:
    given = made(report(1, enclosures=(PAPER,)), report(2, "Two", enclosures=(SOUND, PAPER)))
    assert enclosures_of(given.stories[0]) == [SOUND, PAPER]
    (played,) = first_item("rss", given).findall("enclosure")
    assert played.get("url") == SOUND.url
    attachments = json.loads(RENDERERS["json"](given))["items"][0]["attachments"]
    assert [each["url"] for each in attachments] == [SOUND.url, PAPER.url]


def test_one_recording_that_two_reports_have_is_there_once() -> None:
    copy = Enclosure("https://cdn.example/quay.mp3", "audio/mpeg", 9)
    given = story(1, report(1, enclosures=(SOUND,)), (report(2, "Two", enclosures=(copy,)),))
    assert enclosures_of(given) == [SOUND]


def test_files_of_another_report_stand_in_where_the_lead_has_none() -> None:
    assert enclosures_of(story(1, report(1), (report(2, "Two", enclosures=(PAPER,)),))) == [PAPER]


def test_a_recording_without_a_type_gets_that_of_its_ending() -> None:
    bare = Enclosure("https://one.example/A.MP3?from=feed", "audio")
    assert enclosures_of(story(1, report(1, enclosures=(bare,))))[0].type == "audio/mpeg"


def test_a_fragment_says_nothing_of_the_type() -> None:
    odd = Enclosure("https://[::1]/a.mp3#b.ogg", "")
    assert enclosures_of(story(1, report(1, enclosures=(odd,))))[0].type == "audio/mpeg"


def test_a_podcast_program_finds_the_sound_and_its_picture() -> None:
    given = made(report(1), report(2, "Two", image=PICTURE, enclosures=(SOUND,)))
    found = podcastparser.parse("https://news.example/feed.rss", io.BytesIO(RENDERERS["rss"](given)))
    (episode,) = found["episodes"]
    assert episode["enclosures"][0]["url"] == SOUND.url
    assert episode["episode_art_url"] == PICTURE
    (art,) = first_item("rss", given).findall(f"{ITUNES}image")
    assert art.get("href") == PICTURE


EPISODE = Episode(
    3723, 4, 2, "https://two.example/c.json", (Transcript("https://two.example/t.vtt", "text/vtt", "de"),)
)
EARLIER = b"https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"
"""The only address of the namespace that podcastparser knows."""
SPOKEN = made(report(1), report(2, "Two", image=PICTURE, enclosures=(SOUND,), episode=EPISODE))


def test_a_podcast_program_finds_duration_number_chapters_and_transcript() -> None:
    body = RENDERERS["rss"](SPOKEN).replace(PODCAST.encode(), EARLIER)
    found = podcastparser.parse("https://news.example/feed.rss", io.BytesIO(body))
    (episode,) = found["episodes"]
    assert (episode["total_time"], episode["number"]) == (3723, 4)
    assert episode["chapters_json_url"] == EPISODE.chapters
    assert episode["transcript_url"] == EPISODE.transcripts[0].url


@pytest.mark.parametrize("format", RENDERERS)
def test_our_own_parser_reads_all_of_an_episode_back(format: Format) -> None:
    body = RENDERERS[format](SPOKEN)
    draft = parse(Document(body, "https://news.example/"), Limits()).drafts[0]
    assert draft.episode == EPISODE
    assert list(FAULTS[format](body)) == []


def test_json_says_the_duration_of_the_recording() -> None:
    given = made(report(1, enclosures=(PAPER,)), report(2, "Two", enclosures=(SOUND,), episode=EPISODE))
    sound, paper = json.loads(RENDERERS["json"](given))["items"][0]["attachments"]
    assert (sound["url"], sound["duration_in_seconds"]) == (SOUND.url, 3723)
    assert "duration_in_seconds" not in paper


def test_a_transcript_without_type_or_address_is_left_out() -> None:
    bare = Episode(transcripts=(Transcript("https://two.example/t", ""), Transcript("http://", "text/vtt")))
    given = made(report(1, enclosures=(SOUND,), episode=bare))
    assert b"podcast:transcript" not in RENDERERS["rss"](given)


def test_an_article_has_no_podcast_s_picture() -> None:
    assert first_item("rss", SECOND_HAS_IT).find(f"{ITUNES}image") is None
