"""Local documents of every kind, from file to feed: a bad one is reported in one line, the others appear."""

from pathlib import Path

import pytest
from bench import Bench
from texts import Texts

POST = "---\ntitle: Zürich gets its tram\ndate: 2026-02-28T10:00:00Z\n---\n\nThe tram in Zürich runs again.\n"
DATED = " date 2026-02-28 Zürich gets its tram\n\nZÜRICH\n\nThe tram in Zürich runs again.\n"
ENCODINGS = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "utf-16 little": lambda text: text.encode("utf-16-le"),
    "utf-16 big": lambda text: text.encode("utf-16-be"),
    "utf-16 little with a mark": lambda text: ("\ufeff" + text).encode("utf-16-le"),
    "utf-16 big with a mark": lambda text: ("\ufeff" + text).encode("utf-16-be"),
    "utf-32": lambda text: ("\ufeff" + text).encode("utf-32-le"),
    "latin-1": lambda text: text.encode("latin-1"),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "cr": lambda text: text.replace("\n", "\r").encode(),
}
BAD = {
    "nul": (b"Title\n\nwords \0 and words\n", "this is a binary file, not a text"),
    "noise": (bytes(range(256)) * 20, "this is a binary file, not a text"),
    "empty": (b"", "the document is empty"),
    "blank": (b" \r\n\t\n", "the document is empty"),
    "mark": (b"\xef\xbb\xbf", "the document is empty"),
    "page.html": (b"<!doctype html><p>x", "this is a web page, neither a feed nor a text"),
    "data.json": (b'[{"a": 1}]', "this is JSON, but neither a JSON Feed nor a post"),
    "large": (b"word " * 10_400_000, "more than 15000000 bytes"),
}
MENDED = {
    "colon.md": (
        "---\ndate: 2026-02-27\ntitle: A storm: the second day\n---\nText.\n",
        "front matter is not valid YAML; read line by line: line 3: mapping values are not allowed here",
    ),
    "aliases.md": (
        "---\ndate: 2026-02-27\na: &a [x]\ntitle: A storm\nb: *a\n---\nText.\n",
        "aliases are not supported",
    ),
    "endless.md": ("---\ndate: 2026-02-27\ntitle: A storm\n\nText.\n", "front matter is not closed"),
    "date.md": ("---\ntitle: A storm\ndate: soon\n---\nText.\n", "the date is not understood: soon"),
    "undated.md": (
        "---\ntitle: A storm\n---\nText.\n",
        "no date is given; using the file's modification time",
    ),
    "date.txt": (" date 2026-13-45 A storm\n\nText.\n", "the date is not understood"),
    "draft.md": ("---\ntitle: A storm\ndraft: true\n---\nText.\n", "not published: it is a draft"),
}


@pytest.fixture
def desk(tmp_path: Path) -> Texts:
    bench = Bench(tmp_path)
    return Texts(bench, bench.texts("Desk"))


def published(desk: Texts) -> str:
    return (desk.bench.folder / "var/public/feed.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", [POST, DATED], ids=["post", "dated"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_text_is_read_in_any_encoding(desk: Texts, encoding: str, text: str) -> None:
    (desk.folder / "a").write_bytes(ENCODINGS[encoding](text))

    assert desk.visit().added == 1
    assert '"title": "Zürich gets its tram"' in published(desk)
    assert '"summary": "The tram in Zürich runs again."' in published(desk)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_line_and_the_rest_is_published(desk: Texts, name: str) -> None:
    body, words = BAD[name]
    (desk.folder / name).write_bytes(body)
    desk.write(good=POST)

    summary = desk.visit()

    assert (summary.added, summary.failed) == (1, 0)
    assert desk.bench.silent.seen[-1].notes == (f"{name}: {words}",)
    assert "Zürich gets its tram" in published(desk)


@pytest.mark.parametrize("name", MENDED)
def test_what_was_mended_in_a_text_is_reported_once(desk: Texts, name: str) -> None:
    text, words = MENDED[name]
    desk.write(**{name: text, "good": POST})

    desk.visit()
    (note,) = desk.bench.silent.seen[-1].notes
    desk.visit()

    assert note.startswith(f"{name}: ")
    assert words in note
    assert desk.bench.silent.seen[-1].notes == ()


def test_a_tag_of_python_runs_nothing(desk: Texts) -> None:
    ran = desk.bench.folder / "ran"
    desk.write(a=f"---\ntitle: !!python/object/apply:os.mkdir ['{ran}']\n---\nThe text.\n")

    assert desk.visit().added == 1
    assert not ran.exists()
