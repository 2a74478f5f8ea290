"""A source's own posts: the same item again comes back as nothing new, and two items stay two."""

from dataclasses import replace
from pathlib import Path

import pytest
from bench import Bench
from posts import Post, items, lost, shows

RYE = Post(
    "Bakers recall rye loaf",
    "A bakery in Osten has taken its rye loaf off the shelves after a customer found glass in it.",
    "https://town.example/news/rye-loaf-recalled",
    "town-1",
    "Sun, 22 Feb 2026 10:12:00 GMT",
)
FERRY = Post(
    "Ferry line opens",
    "The council of Skar has signed a lease for two ferries that carry forty cars each.",
    "https://town.example/news/ferry-line-opens",
    "town-2",
    "Mon, 23 Feb 2026 11:34:00 GMT",
)
BRONZE = Post(
    "Why I left",
    "A bronze head that was taken in 1897 went home on a cargo flight this week.",
    "https://town.example/news/why-i-left",
    "town-3",
    "Tue, 24 Feb 2026 12:56:00 GMT",
)
ALL = (RYE, FERRY, BRONZE)
FULL = " And here begins what the excerpt left out, which is a good deal more than it had."


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def numbered(post: Post, visit: str) -> Post:
    return replace(post, guid=f"{post.guid}-{visit}")


def host(post: Post, visit: str) -> Post:
    return replace(numbered(post, visit), link=post.link.replace("town", f"town{visit}"))


def session(post: Post, visit: str) -> Post:
    link = f"{post.link}?id={post.guid[-1]}&cookie=ab{visit}f0c"
    return replace(post, link=link, guid=link)


def generator(post: Post, visit: str) -> Post:
    link = post.link.replace("/news/", f"/blog/{visit}/")
    return replace(post, link=link, guid=link, text=post.text + FULL * (visit != "0"))


def secure(post: Post, visit: str) -> Post:
    link = post.link if visit == "0" else post.link.replace("https://", "http://www.")
    return replace(post, link=link, guid=link)


CHANGES = {change.__name__: change for change in (numbered, host, session, generator, secure)}
DATES = {
    "kept": lambda post, visit: post,
    "none": lambda post, visit: replace(post, date=""),
    "day": lambda post, visit: replace(post, date=post.date[:17] + "00:00:00 GMT") if visit != "0" else post,
    "bumped": lambda post, visit: replace(
        post, date=post.date.replace(" Feb", " Feb" if visit == "0" else " Mar")
    ),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("dates", ["kept", "none", "day"])
def test_new_ids_bring_nothing_back(bench: Bench, change: str, dates: str) -> None:
    for visit in "012":
        posts = [DATES[dates](CHANGES[change](post, visit), visit) for post in ALL]
        shows(bench, *posts, days=9)
        if visit == "0":
            before = {each["id"]: each["date_published"] for each in items(bench)}
    assert {each["id"]: each["date_published"] for each in items(bench)} == before
    assert {each["url"] for each in items(bench)} == {post.link for post in posts}
    assert lost(bench) == []


@pytest.mark.parametrize("change", ["numbered", "host", "session", "secure"])
def test_a_bumped_date_makes_nothing_new(bench: Bench, change: str) -> None:
    shows(bench, *(CHANGES[change](post, "0") for post in ALL))
    bench.later(days=28)
    shows(bench, *(DATES["bumped"](CHANGES[change](post, "1"), "1") for post in ALL))
    assert len(items(bench)) == len(ALL)


def test_one_post_of_a_new_generator_is_known_by_title_day_and_the_end_of_its_address(bench: Bench) -> None:
    shows(bench, RYE)
    moved = replace(
        generator(RYE, "1"), text="Something quite different stands where the excerpt was before it."
    )
    shows(bench, moved, days=300)
    assert [each["url"] for each in items(bench)] == [moved.link]


def test_a_document_that_moves_takes_along_what_alone_would_be_in_doubt(bench: Bench) -> None:
    """Neither text nor address is what it was."""
    texts = (
        "All of it is new here, word by word.",
        "Nobody would know this one by its text.",
        "Nor by this.",
    )
    moved = [
        replace(post, guid=f"p{text}", link=f"https://new.example/?p={len(text)}", text=text)
        for post, text in zip(ALL, texts, strict=True)
    ]
    shows(bench, *ALL)
    shows(bench, *moved, days=300)
    assert {each["url"] for each in items(bench)} == {post.link for post in moved}
    assert len(items(bench)) == len(ALL)


@pytest.mark.parametrize("again", [replace(RYE, date=""), replace(RYE, date="Mon, 02 Mar 2026 10:00:00 GMT")])
def test_an_episode_that_is_replaced_is_one(bench: Bench, again: Post) -> None:
    recorded = {"enclosure": "https://cdn.example/12.mp3", "link": ""}
    shows(bench, replace(RYE, **recorded))
    shows(bench, replace(again, guid="other", **recorded), days=2)
    assert len(items(bench)) == 1


@pytest.mark.parametrize("hours", [2, 30])
def test_a_headline_is_corrected_within_hours(bench: Bench, hours: int) -> None:
    dates = {2: "Sun, 01 Mar 2026 12:00:00 GMT", 30: "Mon, 02 Mar 2026 16:00:00 GMT"}
    first = replace(
        RYE, title="Bakers recal rye loaf", text=RYE.text + FULL, date="Sun, 01 Mar 2026 10:00:00 GMT"
    )
    corrected = replace(first, title=RYE.title, guid="new", link="https://town.example/1", date=dates[hours])
    shows(bench, first)
    shows(bench, corrected, hours=hours + 4)
    assert len(items(bench)) == (1 if hours == 2 else 2)
    assert corrected.link in {each["url"] for each in items(bench)}
    assert lost(bench) == []


TWO = {
    "articles of one title": (
        replace(RYE, title="Breaking news"),
        replace(FERRY, title="Breaking news"),
    ),
    "articles of one title and one day": (
        replace(RYE, title="Breaking news", date="Sun, 22 Feb 2026 00:00:00 GMT"),
        replace(FERRY, title="Breaking news", date="Sun, 22 Feb 2026 00:00:00 GMT"),
    ),
    "articles of one title without dates": (
        replace(RYE, title="Breaking news", date=""),
        replace(FERRY, title="Breaking news", date=""),
    ),
    "posts on one outside page": (
        replace(RYE, link="https://outside.example/page"),
        replace(FERRY, link="https://outside.example/page"),
    ),
    "alerts in one formula": (
        replace(
            RYE,
            title="Flood warning",
            text="The service in Osten warns of floods on the river Aal until six.",
        ),
        replace(
            FERRY,
            title="Flood warning",
            text="The service in Osten warns of floods on the river Birk until six.",
        ),
    ),
    "jobs with one page to apply": (
        replace(
            RYE,
            title="Nurse",
            text="We look for a nurse in our clinic in Skar.",
            link="https://town.example/job",
        ),
        replace(
            FERRY,
            title="Nurse",
            text="We look for a nurse in our clinic in Osten.",
            link="https://town.example/job",
        ),
    ),
    "titles over a standing text": (
        replace(RYE, title="Open thread: bread"),
        replace(RYE, title="Open thread: ferries", link=FERRY.link, guid=FERRY.guid, date=FERRY.date),
    ),
    "issues over a standing text": (
        replace(RYE, title="Open thread"),
        replace(RYE, title="Open thread", link=FERRY.link, guid=FERRY.guid, date=FERRY.date),
    ),
    "episodes over a standing text on one page": (
        replace(RYE, title="12 - The crane", enclosure="https://cdn.example/12.mp3"),
        replace(
            RYE, title="13 - The harbour", guid="13", date=FERRY.date, enclosure="https://cdn.example/13.mp3"
        ),
    ),
    "bulletins, each recorded anew": (
        replace(RYE, link="", title="News at noon", enclosure="https://cdn.example/0222.mp3"),
        replace(
            RYE,
            link="",
            title="News at noon",
            guid="b",
            date=FERRY.date,
            enclosure="https://cdn.example/0223.mp3",
        ),
    ),
}


@pytest.mark.parametrize("kind", TWO)
@pytest.mark.parametrize("visits", [1, 2])
def test_two_items_stay_two(bench: Bench, kind: str, visits: int) -> None:
    one, two = TWO[kind]
    shows(bench, one, *([two] if visits == 1 else []))
    if visits == 2:
        shows(bench, two, one, days=1)
    assert {each["url"] for each in items(bench) if "url" in each} == {one.link, two.link} - {""}
    assert sorted(each["title"] for each in items(bench)) == sorted((one.title, two.title))
    assert lost(bench) == []


def test_short_notices_of_one_document_each_on_a_page_of_its_own_stay_apart(bench: Bench) -> None:
    flat = Post(
        "Two rooms in Skar", "Bright, near the park; please call us.", "https://town.example/flats/71"
    )
    flats = [
        replace(flat, guid=str(hour), link=f"{flat.link}{hour}", date=f"Sun, 22 Feb 2026 1{hour}:12:00 GMT")
        for hour in range(4)
    ]
    shows(bench, *flats)
    shows(bench, *flats[1:], days=1)
    assert {each["url"] for each in items(bench)} == {each.link for each in flats}
    assert lost(bench) == []


def test_the_newest_version_is_what_readers_see_under_the_old_id(bench: Bench) -> None:
    shows(bench, RYE)
    (before,) = items(bench)
    again = replace(host(RYE, "9"), text=RYE.text + FULL)
    shows(bench, again, days=3)
    (after,) = items(bench)
    assert (after["id"], after["date_published"]) == (before["id"], before["date_published"])
    assert after["url"] == again.link
    assert "begins what the excerpt left out" in after["content_html"]
    assert [each["url"] for each in after["_story"]["reports"]] == [again.link]
    page = bench.published()["story/1.html"].decode()
    assert again.link in page
    assert RYE.link not in page


@pytest.mark.parametrize(("notify", "told"), [("new-source", False), ("material", True)])
def test_a_rewritten_version_is_a_revision_and_no_new_publisher(
    bench: Bench, notify: str, told: bool
) -> None:
    bench.toml += f'[feed]\nnotify = "{notify}"\n'
    shows(bench, RYE)
    (before,) = items(bench)
    shows(bench, replace(host(RYE, "1"), text="Nothing of the old text was left when it moved."), days=3)
    (after,) = items(bench)
    assert (before["date_modified"] < after["date_modified"]) == told


def test_who_only_links_to_the_page_is_listed_too(bench: Bench) -> None:
    shows(bench, RYE)
    shows(bench, replace(RYE, title="Glass in bread", guid="planet-1"), source="Planet")
    (story,) = items(bench)
    assert [each["title"] for each in story["_story"]["reports"]] == [RYE.title, "Glass in bread"]
    assert "<p>Passed on by:</p>\n<ul><li>Planet: " in story["content_html"]
    assert lost(bench) == []
