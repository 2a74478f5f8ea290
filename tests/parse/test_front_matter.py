"""Front matter means the same, however it is written."""

from datetime import UTC, datetime

import pytest

from aggregator.model import Document, Draft, Limits, Parsed
from aggregator.parse import parse
from aggregator.visit.normalise import normalise

FILE_TIME = datetime(2024, 5, 20, 12, tzinfo=UTC)
NAMES = (
    "date Date DATE pubDate pubDatetime publishDate publish_date publish-date published publishedAt"
    " published_at datePublished date_published posted created Created created_at createdAt date-created"
    " dateCreated firstPublishedAt publish-on issued edited lastmod updated last_modified_at"
    " modified modDatetime"
)
SPACED = ("date published", "Date Created", "date modified", "last edited")
DAYS = (
    "2026-03-02",
    "'[[2026-03-02]]'",
    "[[2026-03-02]]",
    "2026/03/02",
    "March 2nd, 2026",
    "2026-03-02T00:00",
)
LONG = "Mon Mar 02 2026 01:00:00 GMT+0100 (Central European Standard Time)"


def read(front: str, body: str = "The quay is open.", name: str = "a.md") -> Parsed:
    text = f"---\n{front}\n---\n{body}\n"
    return parse(Document(text.encode(), url="", name=name, modified=FILE_TIME), Limits())


def draft(front: str, body: str = "The quay is open.", name: str = "a.md") -> Draft:
    (found,) = read(front, body, name).drafts
    return found


@pytest.mark.parametrize("name", [*NAMES.split(), *SPACED])
def test_a_date_is_found_under_every_name(name: str) -> None:
    found = draft(f"title: Quay\n{name}: 2026-03-02")

    assert (str(found.published), found.dated) == ("2026-03-02 00:00:00+00:00", True)


@pytest.mark.parametrize("day", [*DAYS, LONG, "2026-03-02T01:00:00+01:00[Europe/Zurich]"])
def test_a_day_is_read_as_these_programs_write_it(day: str) -> None:
    assert str(draft(f"title: Quay\ndate: {day}").published) == "2026-03-02 00:00:00+00:00"


@pytest.mark.parametrize(
    ("front", "name", "day"),
    [
        ("lastmod: 2026-03-09\ncreated: 2026-03-05\npubDate: 2026-03-02", "2026-03-01-quay.md", 2),
        ("lastmod: 2026-03-09\ncreated: 2026-03-05", "2026-03-01-quay.md", 5),
        ("lastmod: 2026-03-09", "posts/2026-03-01-quay.md", 1),
        ("lastmod: 2026-03-09", "2026-03-1-quay/index.md", 1),
        ("lastmod: 2026-03-09\ndate: null\npublished: true", "quay.md", 9),
        ("lastmod: 2026-03-09\ndate: soon\ncreated: 2026-03-05", "quay.md", 5),
    ],
)
def test_publication_comes_before_the_name_and_the_last_change(front: str, name: str, day: int) -> None:
    found = draft(f"title: Quay\n{front}", name=name)

    assert found.published is not None
    assert found.published.day == day


def test_the_time_of_the_file_is_not_evidence_and_is_reported() -> None:
    parsed = read("title: Quay")

    assert parsed.notes == ("no date is given; using the file's modification time",)
    entry = normalise(parsed.drafts[0], source="s", now=FILE_TIME)
    assert (entry.published, entry.dated) == (FILE_TIME, False)


@pytest.mark.parametrize("day", ["soon", "Last Modified", "2026-02-30"])
def test_the_replacement_of_a_date_that_is_not_understood_is_reported(day: str) -> None:
    wrong = f"the date is not understood: {day}"

    assert read(f"title: Quay\ndate: {day}").notes == (f"{wrong}; using the file's modification time",)
    assert read(f"title: Quay\ndate: {day}", name="2026-03-01-quay.md").notes == (wrong,)


def test_a_text_is_dated_by_its_name_or_not_at_all() -> None:
    texts = [
        Document(b"Quay\nOpen.", "", name=name, modified=FILE_TIME) for name in ("2026-03-02.txt", "a.txt")
    ]
    (named,), (other,) = (parse(each, Limits()).drafts for each in texts)

    assert (str(named.published), named.dated) == ("2026-03-02 00:00:00+00:00", True)
    assert (other.published, other.dated) == (FILE_TIME, False)


FENCED = {
    "yaml": "---yaml\ntitle: Quay\ndate: 2026-03-02\n---\nIt is open.\n",
    "toml": '---toml\ntitle = "Quay"\ndate = 2026-03-02\n---\nIt is open.\n',
    "json": '---json\n{"title": "Quay", "date": "2026-03-02"}\n---\nIt is open.\n',
    "json with a comma too many": '---json\n{"title": "Quay", "date": "2026-03-02",}\n---\nIt is open.\n',
    "Pelican": "Title: Quay\nDate: 2026-03-02\nTags: a, b\n\nIt is open.\n",
    "Hexo": "date: 2026-03-02\ntitle: Quay\ntags:\n  - a\n---\nIt is open.\n",
}


@pytest.mark.parametrize("kind", FENCED)
def test_the_fences_of_other_programs_are_known(kind: str) -> None:
    (found,) = parse(Document(FENCED[kind].encode(), "", name="a.md", modified=FILE_TIME), Limits()).drafts
    assert (found.title, found.published) == ("Quay", datetime(2026, 3, 2, tzinfo=UTC))
    assert found.body.strip() == "<p>It is open.</p>"


@pytest.mark.parametrize(
    "text", ["Note: the quay is open.\n\nIt is.\n", "Date: 2026\nPlace: Osten\n\nIt is.\n"]
)
def test_a_text_that_begins_with_a_colon_is_a_text(text: str) -> None:
    assert parse(Document(text.encode(), "", name="a.txt"), Limits()).format == "text"


@pytest.mark.parametrize(
    "name",
    [
        *("2026-03-02-quay.md", "20260302-quay.md", "2026_03_02_quay.md", "2026.03.02 quay.md"),
        *(
            "202603021530 quay.md",
            "2026-3-2-quay.md",
            "posts/2026/03/02/quay.md",
            "posts/2026-03-02-quay/index.md",
        ),
    ],
)
def test_a_name_or_folder_says_the_day(name: str) -> None:
    assert draft("tags: a", name=name).published == datetime(2026, 3, 2, tzinfo=UTC)
    assert draft("tags: a", name=name).title == "Quay"


@pytest.mark.parametrize(
    "name", ["20261399-quay.md", "12345678-quay.md", "20260302123-quay.md", "posts/2026/quay.md"]
)
def test_other_numbers_say_no_day(name: str) -> None:
    assert draft("tags: a", name=name).published == FILE_TIME


@pytest.mark.parametrize("value", ["", "null", "~", "2026-03-02", "true", "yes", "soon", "'2026-03-02'"])
def test_a_post_is_held_back_only_by_a_plain_no(value: str) -> None:
    assert len(read(f"title: Quay\npublished: {value}").drafts) == 1


@pytest.mark.parametrize("line", [f"published: {no}" for no in ("false", "False", "NO", "off", "0", "'no'")])
def test_a_plain_no_holds_back(line: str) -> None:
    assert read(f"title: Quay\n{line}").drafts == ()


@pytest.mark.parametrize("line", ["draft: true", "Draft: TRUE", "draft: 'yes'", "publish: false"])
def test_a_draft_is_held_back(line: str) -> None:
    assert read(f"title: Quay\n{line}").drafts == ()


@pytest.mark.parametrize("nothing", ["null", "~", "Null", "", "'null'", "{name: null}", "[null, ~]"])
def test_null_means_nothing_anywhere(nothing: str) -> None:
    keys = "title tags categories tag author authors link url image excerpt description lang date id"
    found = draft("\n".join(f"{key}: {nothing}" for key in keys.split()))

    blank = (found.tags, found.authors, found.url, found.image, found.summary, found.language)
    assert blank == ((), (), "", "", "", "")
    assert (found.title, found.uid[:5]) == ("The quay is open.", "text:")


@pytest.mark.parametrize(
    ("front", "tags"),
    [
        ("tags: a b", ("a", "b")),
        ("Tags: new york, a b", ("new york", "a b")),
        ("tags: [new york, b]", ("new york", "b")),
        ("categories: a b\ntags: c", ("a", "b", "c")),
        ("category: new york", ("new york",)),
        ("tags: '#a #b'", ("a", "b")),
    ],
)
def test_tags_are_read_as_jekyll_reads_them(front: str, tags: tuple[str, ...]) -> None:
    assert draft(front).tags == tags


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("The <em>big</em>   quay", "The big quay"),
        ("Tom &amp; Anna", "Tom & Anna"),
        ("Why Vec<T> is 3 < 4", "Why Vec<T> is 3 < 4"),
        ("The <details> element", "The <details> element"),
    ],
)
def test_a_title_is_shown_without_its_markup(title: str, shown: str) -> None:
    assert draft(f'title: "{title}"').title == shown


@pytest.mark.parametrize(
    ("body", "name", "title"),
    [
        ("# The quay #\n\nOpen.", "2026-03-02-other-name.md", "The quay"),
        ("Open.", "_posts/2026-03-02-the-quay-reopens.md", "The Quay Reopens"),
        ("Open.", "the-quay/index.md", "The Quay"),
        ("Open again.", "2026-03-02.md", "Open again."),
        ("Open again.", "untitled.md", "Open again."),
    ],
)
def test_a_post_without_a_title_has_that_of_its_heading_or_name(body: str, name: str, title: str) -> None:
    assert draft("layout: post", body, name).title == title


def test_the_name_that_gives_the_title_gives_no_id() -> None:
    first, second = (draft("layout: post", name=name).uid for name in ("quay-opens.md", "quay-reopens.md"))

    assert first == second
