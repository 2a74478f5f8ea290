"""What counts as one wording, and how two addresses are related."""

import pytest

from aggregator.stories.addresses import pages, recordings
from aggregator.stories.wording import corrected, same_title, wording

TEXT = "A bakery in Osten has taken its rye loaf off the shelves after a customer found glass in it."


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (TEXT, "equal"),
        (TEXT.upper().replace("\u2019", "'"), "equal"),
        (f"{TEXT} The owner said that all of it was baked on one day.", "alike"),
        (TEXT[:60], "alike"),  # cut off within a word
        (TEXT.replace("off the shelves", "from the shelves"), "alike"),
        (TEXT.replace("Osten", "Oosten"), "alike"),
        (TEXT.replace("Osten", "Skar"), "other"),
        (TEXT.replace("a customer", "12 customers"), "alike"),
        (f"Of this and that we wrote before in many words, and now we have more of it: {TEXT}", "other"),
        ("The council of Skar has signed a lease for two ferries.", "other"),
        ("Read more", "none"),
        ("", "none"),
    ],
)
def test_two_texts_are_one_or_two(other: str, expected: str) -> None:
    assert wording(TEXT, other) == wording(other, TEXT) == expected


def test_numbers_tell_unless_they_count() -> None:
    one, two = f"{TEXT} 12 comments so far.", f"{TEXT} 13 comments so far."
    assert (wording(one, two), wording(one, two, counters=True)) == ("other", "alike")


def test_an_excerpt_may_end_in_words_of_its_own() -> None:
    more = "The owner said that all of it was baked on one day, and that it was the last the old oven saw."
    whole = f"{TEXT} {more}"
    assert wording(f"{TEXT} Continue reading", whole) == "alike"


def test_titles_are_the_same_whatever_their_signs() -> None:
    assert same_title("It\u2019s over: bakers recall rye", "It's over \u2013 Bakers recall rye")
    assert not same_title("", "")
    assert not same_title("Open thread 1", "Open thread 2")


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("Bakers recal rye loaf in Osten", "Bakers recall rye loaf in Osten", True),
        ("Bakers recall rye loaf in Osten", "Update: bakers recall rye loaf in Osten", True),
        ("Bakers recall rye loaf in Osten", "Bakers recall rye loaf in Skar", False),
        ("Bakers recall 12 loaves in Osten", "Bakers recall 13 loaves in Osten", False),
        ("We look for a senior nurse in Osten", "We look for a junior nurse in Osten", False),
        ("Open thread", "Open threads", False),
    ],
)
def test_a_headline_is_corrected_or_another(one: str, two: str, expected: bool) -> None:
    assert corrected(one, two) is corrected(two, one) is expected


HOME = "https://town.example"


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("/a/page", "/a/page", "same"),
        ("/d?id=1&cookie=ab0f0c", "/d?cookie=ab1f1c&id=1", "same"),
        ("/t;jsessionid=AB12?p=1", "/t?p=1", "same"),
        ("/t?p=1&sid=x", "/t?p=1", "same"),
        ("/d?id=1", "/d?id=2", "other"),
        ("/d?source=rss", "/d?source=mail", "same"),
        ("/d?source=130", "/d?source=rss", "same"),
        ("/d?source=130", "/d?source=137", "other"),
        ("/d?sid=130", "/d?sid=137", "other"),
        ("/d?ts=1772000000", "/d?ts=1772000001", "same"),
        ("/blog/2024/rye-loaf-recalled", "/2024/03/rye-loaf-recalled.html", "slug"),
        ("/2026/03/02/open-thread", "/2026/03/09/open-thread", "other"),
        ("/a/1", "/b/1", "other"),
        ("", "/", "none"),
        ("/", "/", "none"),
    ],
)
def test_pages_of_one_host(one: str, two: str, expected: str) -> None:
    assert pages(HOME + one, HOME + two) == expected


@pytest.mark.parametrize(
    ("path", "expected"), [("/news/1", "moved"), ("/?p=1", "moved"), ("/", "none"), ("/news?sid=1", "moved")]
)
def test_pages_of_two_hosts(path: str, expected: str) -> None:
    assert pages(HOME + path, "https://new.example" + path) == expected


def test_recordings_are_told_apart_by_their_paths() -> None:
    one = "https://cdn.example/12.mp3?token=a"
    assert recordings([one], ["https://cdn2.example/12.mp3"]) == "same"
    assert recordings([one], ["https://cdn.example/audio/12.mp3"]) == "none"
    assert recordings([one], ["https://cdn.example/13.mp3"]) == "other"
    assert recordings([one], []) == "none"
