"""An id under which another entry is stored names a place, and the earlier entry stays."""

from dataclasses import replace
from pathlib import Path

import pytest
from bench import BRIDGE, FERRY, OWLS, Bench
from posts import Post, items, lost, shows

DAYS = ("Wed, 25 Feb 2026 09:12:30 GMT", "Thu, 26 Feb 2026 09:12:30 GMT", "Fri, 27 Feb 2026 09:12:30 GMT")
NEWS = tuple(
    Post(" ".join(text.split()[:6]), text, f"https://one.example/{number}", "latest", date, topic=f"{number}")
    for number, (text, date) in enumerate(zip((BRIDGE, OWLS, FERRY), DAYS, strict=True))
)
FRONT = "https://one.example/"


def plain(post: Post) -> Post:
    return post


def undated(post: Post) -> Post:
    return replace(post, date="")


def without_page(post: Post) -> Post:
    return replace(post, link="")


def only_the_front_page(post: Post) -> Post:
    return replace(post, link=FRONT, guid="")


def only_the_front_page_undated(post: Post) -> Post:
    return replace(post, link=FRONT, guid="", date="")


def without_text(post: Post) -> Post:
    return replace(post, text="")


def in_a_formula(post: Post) -> Post:
    return replace(post, title=f"Today we report on {post.title.split()[-1]}")


FORMS = (
    *(plain, undated, without_page, only_the_front_page, only_the_front_page_undated, without_text),
    in_a_formula,
)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_a_document_of_one_entry_under_one_id_loses_none(bench: Bench, form: object) -> None:
    shown = [form(post) for post in NEWS]  # type: ignore[operator]
    for post in shown:
        for _ in range(2):
            shows(bench, post, days=1)
    assert {each["title"] for each in items(bench)} == {post.title for post in shown}
    assert lost(bench) == []


def test_ids_that_count_from_the_top_move_on(bench: Bench) -> None:
    for count in (1, 2, 3):
        newest = NEWS[:count][::-1]
        shows(bench, *(replace(post, guid=f"{place}") for place, post in enumerate(newest)), days=1)
    assert sorted(each["url"] for each in items(bench)) == [post.link for post in NEWS]
    assert lost(bench) == []


EDITS = {
    "title": replace(NEWS[0], title=NEWS[1].title),
    "title and text": replace(NEWS[0], title=NEWS[1].title, text=NEWS[1].text),
    "text and date": replace(NEWS[0], text=NEWS[1].text, date=NEWS[1].date),
    "text and page": replace(NEWS[0], text=NEWS[1].text, link=NEWS[1].link),
    "title and page": replace(NEWS[0], title=NEWS[1].title, link=NEWS[1].link),
    "all but the page": replace(NEWS[1], link=NEWS[0].link),
    "all but the date": replace(NEWS[1], date=NEWS[0].date),
    "spelling of the title, page and date": replace(
        NEWS[0], title=NEWS[0].title + "!", link=NEWS[1].link, date=NEWS[1].date
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_is_no_other_entry(bench: Bench, edit: str) -> None:
    shows(bench, NEWS[0])
    shows(bench, EDITS[edit], days=1)
    (item,) = items(bench)
    assert (item["title"], item["url"]) == (EDITS[edit].title, EDITS[edit].link)


def test_an_episode_that_is_announced_anew_is_one(bench: Bench) -> None:
    first, second = (
        replace(post, link="", enclosure="https://cdn.example/12.mp3", guid="12") for post in NEWS[:2]
    )
    shows(bench, first)
    shows(bench, second, days=1)
    assert [each["title"] for each in items(bench)] == [second.title]


def test_a_local_file_that_is_rewritten_is_edited(bench: Bench) -> None:
    post = "---\ntitle: {}\nid: same\ndate: {}\n---\n\n{}\n"
    folder = bench.texts("Desk", a=post.format("The bridge", "2026-02-20", BRIDGE))
    bench.refresh()
    bench.later(days=1)
    (folder / "a").write_text(post.format("Owls", "2026-02-25", OWLS), encoding="utf-8")
    bench.refresh_all()
    assert [each["title"] for each in items(bench)] == ["Owls"]


def test_the_entry_that_reused_an_id_may_be_edited_again_and_again(bench: Bench) -> None:
    first, second = (replace(post, link=FRONT) for post in NEWS[:2])
    shows(bench, first, days=1)
    for hour in range(9, 15):
        date = second.date.replace("09:", f"{hour:02d}:")
        shows(bench, replace(second, text=f"{NEWS[1 + hour % 2].text} Update {hour}.", date=date), days=1)
    assert {each["title"] for each in items(bench)} == {first.title, second.title}
    assert len(items(bench)) == 2


def test_ids_that_rotate_at_each_visit_bring_nothing_back(bench: Bench) -> None:
    """Positions as ids, only the front page as link, and a counter in the texts."""
    for visit in range(4):
        turned = [
            replace(post, guid=f"{(number + visit) % 3}", link=FRONT, text=f"{post.text} {visit} comments")
            for number, post in enumerate(NEWS)
        ]
        shows(bench, *turned, days=1)
        assert len(items(bench)) == 3
    assert not lost(bench)
