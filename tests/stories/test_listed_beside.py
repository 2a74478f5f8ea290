"""What a document lists as two is two, and a document that changes all its ids brings nothing back."""

from dataclasses import replace
from pathlib import Path

import pytest
from bench import FERRY, NESTS, OWLS, Bench
from posts import Post, items, lost, shows

STANDING = f"{OWLS}. {NESTS}."
"""Of more than forty words."""
THREAD = Post(
    "Open thread", STANDING, "https://one.example/{}/open-thread-{}", "{}", "{} Feb 2026 09:12:30 GMT"
)
NOTICE = Post(
    "Road closed near Osten",
    "It is closed until the evening.",
    "https://one.example/{}{}",
    "{}",
    "{} Feb 2026",
)


def numbered(post: Post, number: int, **changes: str) -> Post:
    link, guid, date = (
        each.format(number, number) for each in (post.link, post.guid, changes.get("date", post.date))
    )
    return replace(post, link=link, guid=guid, date=date)


KINDS = {
    "threads over a long standing text": [numbered(THREAD, day) for day in (10, 17, 24)],
    "threads without dates": [numbered(THREAD, day, date="") for day in (10, 17, 24)],
    "notices within hours": [
        numbered(NOTICE, hour, date=f"27 Feb 2026 {hour}:00:10 GMT") for hour in (10, 12, 14)
    ],
    "notices of one day": [numbered(NOTICE, number, date="27 Feb 2026") for number in (1, 2, 3)],
    "notices without dates": [numbered(NOTICE, number, date="") for number in (1, 2, 3)],
    "notes without titles": [
        replace(numbered(NOTICE, number, date=""), title="", text=FERRY) for number in (1, 2, 3)
    ],
}


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("visits", [1, 3])
def test_posts_of_one_wording_that_are_listed_together_are_items(
    bench: Bench, kind: str, visits: int
) -> None:
    posts = KINDS[kind]
    for known in range(len(posts) - visits + 1, len(posts) + 1):
        shows(bench, *posts[:known][::-1], days=1)
    assert {each["url"] for each in items(bench)} == {post.link for post in posts}
    assert lost(bench) == []


@pytest.mark.parametrize("kind", KINDS)
def test_each_of_them_stays_one_while_the_site_moves(bench: Bench, kind: str) -> None:
    posts = KINDS[kind]
    shows(bench, *posts)
    moved = [replace(post, link=post.link.replace("one.", "new."), guid=f"new-{post.guid}") for post in posts]
    shows(bench, *moved, days=1)
    assert {each["url"] for each in items(bench)} == {post.link for post in moved}
    assert len(items(bench)) == len(posts)


def test_two_files_of_one_wording_are_two(bench: Bench) -> None:
    post = "---\ntitle: Open thread\ndate: 2026-02-{}\n---\n\n" + STANDING
    folder = bench.texts("Desk", a=post.format("10"))
    bench.refresh()
    (folder / "b").write_text(post.format("17"), encoding="utf-8")
    bench.later(days=1)
    bench.refresh_all()
    assert [each["date_published"][:10] for each in items(bench)] == ["2026-02-17", "2026-02-10"]


BARE = [
    Post(title, link=f"https://one.example/{number}")
    for number, title in enumerate(
        ("Snowy owls counted", "Why I left", "Ferry line opens", "Rye loaf recalled")
    )
]


def test_titles_without_dates_and_texts_are_known_again_when_all_addresses_change(bench: Bench) -> None:
    for visit in "abc":
        shows(bench, *(replace(post, link=f"https://one.example/{visit}/{post.title[-3:]}") for post in BARE))
        bench.later(days=3)
    assert len(items(bench)) == len(BARE)


def test_a_parameter_that_says_who_sent_the_reader_makes_no_new_page(bench: Bench) -> None:
    for visit in "abc":
        shows(bench, *(replace(post, link=f"{post.link}?ref=rss-{visit}") for post in BARE[:2]))
        bench.later(days=3)
    assert len(items(bench)) == 2


def test_pictures_of_one_title_are_many_though_all_are_new(bench: Bench) -> None:
    for visit in range(3):
        pictures = [
            Post("Photo", link=f"https://one.example/{3 * visit + number}", guid=f"{visit}-{number}")
            for number in range(3)
        ]
        shows(bench, *pictures, days=1)
    assert len(items(bench)) == 9


def test_many_of_one_title_without_dates_stay_as_many_on_another_host(bench: Bench) -> None:
    for host in ("one", "new"):
        shows(
            bench,
            *(
                Post("Notes", link=f"https://{host}.example/n/{number}", guid=host + str(number))
                for number in range(9)
            ),
            days=1,
        )
    assert {each["url"] for each in items(bench)} == {
        f"https://new.example/n/{number}" for number in range(9)
    }
