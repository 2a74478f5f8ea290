from dataclasses import replace

import pytest

from aggregator.stories.lead import LeadCandidate, lead
from aggregator.stories.revision import tells_news

OWN = LeadCandidate(
    entry=1,
    source="One",
    uid="1",
    published="2026-03-01T12:00:00.000000Z",
    length=500,
    page="https://one.example/bridge",
    via_title="",
    via_url="",
    addresses=("https://feeds.one.example/rss", "https://www.one.example/"),
)
OTHER = replace(
    OWN,
    entry=2,
    source="Two",
    uid="2",
    page="https://two.example/",
    addresses=("https://two.example/rss", ""),
)
LATER = {"published": "2026-03-01T13:00:00.000000Z"}


@pytest.mark.parametrize(
    "copy",
    [
        replace(OTHER, page="https://one.example/bridge"),
        replace(OTHER, via_title="One"),
        replace(OTHER, via_url="https://one.example/"),
    ],
)
def test_the_original_leads_before_a_fuller_earlier_copy(copy: LeadCandidate) -> None:
    original = replace(OWN, **LATER, length=10)
    fuller = replace(copy, length=9000, priority=100)
    assert lead([fuller, original]) == lead([original, fuller]) == original


@pytest.mark.parametrize(
    "page", ["", "https://one.example/x", "https://www.one.co.uk/x", "https://m.one.example.org/x"]
)
def test_a_publisher_with_several_domains_is_no_copyist(page: str) -> None:
    assert replace(OWN, page=page).copy is (page == "https://m.one.example.org/x")


def test_a_source_that_names_itself_as_the_origin_is_no_copyist() -> None:
    assert not replace(OWN, via_title="One", via_url="https://one.example/").copy


def test_a_local_document_is_no_copy_whatever_it_links_to() -> None:
    assert not replace(OWN, addresses=(), page="https://two.example/x").copy
    assert replace(OWN, addresses=(), page="https://two.example/x").publisher == "source One"


def test_then_the_source_s_priority_then_the_fullest_then_the_earliest() -> None:
    assert lead([replace(OTHER, length=9000), replace(OWN, priority=1)]).entry == 1
    assert lead([replace(OTHER, length=1500), OWN]).entry == 2
    assert lead([replace(OTHER, length=900, **LATER), OWN]).entry == 1
    assert lead([replace(OTHER, length=8000), replace(OWN, length=3000)]).entry == 1


def test_two_blogs_of_one_platform_are_two_publishers() -> None:
    one, two = (replace(OWN, page=f"https://{name}.github.io/post") for name in ("ann", "bob"))
    assert one.publisher != two.publisher


def test_a_copy_is_its_original_s_publisher_s_word() -> None:
    assert replace(OTHER, via_url="https://one.example/feed").publisher == OWN.publisher


TITLE, TEXT = "Harbour bridge reopens", " ".join(f"word{number}" for number in range(30))


@pytest.mark.parametrize(
    ("title", "text", "said"),
    [
        (TITLE, TEXT, False),
        ("Harbour Bridge  Reopens!", f"<p>{TEXT}</p>", False),
        (TITLE, TEXT + " Updated at noon.", False),
        ("Harbour bridge stays closed after all", TEXT, True),
        (TITLE, TEXT + " ".join(f"more{number}" for number in range(30)), True),
        ("", "", True),
    ],
)
def test_a_rewritten_report_is_told_from_a_mended_one(title: str, text: str, said: bool) -> None:
    assert tells_news((TITLE, TEXT), (title, text)) is said
