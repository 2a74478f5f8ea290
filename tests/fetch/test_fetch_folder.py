"""Local files: which are new, which are renamed, and which are skipped."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from web import NOW, web

from aggregator.errors import SourceError
from aggregator.fetch import Caps, fetch
from aggregator.model import Fetched, Job, Kind, KnownFile

NOWHERE = web(lambda _: pytest.fail("the web was asked for a local file"))


def visit(
    path: Path, files: tuple[KnownFile, ...] = (), kind: Kind = "folder", pattern: str = "*"
) -> Fetched:
    job = Job(source="Notes", kind=kind, address=str(path), pattern=pattern, files=files)
    return fetch(job, NOWHERE, NOW)


def names(got: Fetched) -> list[str]:
    return [document.name for document in got.documents]


def remembered(got: Fetched, uid: str = "uid-of-") -> tuple[KnownFile, ...]:
    """The files as the store keeps them: each with the id of its entry."""
    return tuple(replace(known, uid=known.uid or uid + known.path) for known in got.files)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.md").write_text("second")
    (tmp_path / "a.md").write_text("first")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "c.txt").write_text("third")
    return tmp_path


def test_a_first_visit_reads_every_file_in_order(folder: Path) -> None:
    got = visit(folder)
    assert [(document.name, document.body) for document in got.documents] == [
        ("a.md", b"first"),
        ("b.md", b"second"),
        ("deep/c.txt", b"third"),
    ]


def test_a_pattern_chooses_by_name_at_any_depth_and_with_a_slash_by_path(folder: Path) -> None:
    assert names(visit(folder, pattern="*.txt")) == ["deep/c.txt"]
    assert names(visit(folder, pattern="deep/*")) == ["deep/c.txt"]


def test_an_unchanged_file_is_not_even_opened(folder: Path) -> None:
    known = visit(folder).files
    info = (folder / "a.md").stat()
    (folder / "a.md").write_text("FIRST")  # same size; the same time is set below
    os.utime(folder / "a.md", ns=(info.st_atime_ns, info.st_mtime_ns))
    assert names(visit(folder, known)) == []


def test_a_touch_is_not_news(folder: Path) -> None:
    known = remembered(visit(folder))
    os.utime(folder / "a.md", ns=(1, 1))
    got = visit(folder, known)
    assert (names(got), {each.uid for each in got.files if each.path == "a.md"}) == ([], {"uid-of-a.md"})


def test_an_edited_file_keeps_its_uid(folder: Path) -> None:
    known = remembered(visit(folder))
    (folder / "a.md").write_text("first, corrected")
    got = visit(folder, known)
    assert [(document.name, document.uid) for document in got.documents] == [("a.md", "uid-of-a.md")]


def test_a_renamed_file_keeps_its_uid(folder: Path) -> None:
    known = remembered(visit(folder))
    (folder / "a.md").rename(folder / "deep" / "z.md")
    got = visit(folder, known)
    assert [(document.name, document.uid) for document in got.documents] == [("deep/z.md", "uid-of-a.md")]
    assert "a.md" not in {each.path for each in got.files}


def test_a_rename_is_noticed_even_a_visit_later(folder: Path) -> None:
    known = remembered(visit(folder))
    (folder / "a.md").rename(folder.parent / "away.md")
    known = visit(folder, known).files
    (folder.parent / "away.md").rename(folder / "back.md")
    assert [document.uid for document in visit(folder, known).documents] == ["uid-of-a.md"]


def test_a_copy_is_a_new_file(folder: Path) -> None:
    known = remembered(visit(folder))
    (folder / "copy.md").write_text("first")
    assert [(document.name, document.uid) for document in visit(folder, known).documents] == [("copy.md", "")]


def test_empty_files_are_not_taken_for_each_other(folder: Path) -> None:
    (folder / "empty.md").write_text("")
    known = remembered(visit(folder))
    (folder / "empty.md").rename(folder / "other.md")
    assert [document.uid for document in visit(folder, known).documents] == [""]


def test_a_hidden_file_and_a_hidden_folder_are_not_mentioned(folder: Path) -> None:
    (folder / ".draft.md").write_text("no")
    (folder / ".git").mkdir()
    (folder / ".git" / "x.md").write_text("no")
    got = visit(folder)
    assert (names(got), got.notes) == (["a.md", "b.md", "deep/c.txt"], ())


def test_a_link_out_of_the_folder_and_a_loop_are_refused_and_the_rest_is_read(folder: Path) -> None:
    (folder / "secret.md").symlink_to("/etc/passwd")
    (folder / "loop").symlink_to(folder)
    got = visit(folder)
    assert names(got) == ["a.md", "b.md", "deep/c.txt"]
    assert [note.split(":")[0] for note in got.notes] == ["loop", "secret.md"]


def test_a_fifo_is_refused_and_the_rest_is_read(folder: Path) -> None:
    os.mkfifo(folder / "pipe.md")
    got = visit(folder)
    assert (names(got), got.notes) == (["a.md", "b.md", "deep/c.txt"], ("pipe.md: not a regular file",))


def test_a_file_over_the_limit_is_a_note_and_stays_remembered(folder: Path) -> None:
    known = remembered(visit(folder))
    (folder / "b.md").write_text("x" * 200)
    job = Job(source="Notes", kind="folder", address=str(folder), files=known)
    got = fetch(job, web(lambda _: pytest.fail("asked"), Caps(size=100)), NOW)
    assert (got.notes, "b.md" in {each.path for each in got.files}) == (("b.md: more than 100 bytes",), True)


def test_a_large_folder_is_read_in_several_visits(tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"{number}.txt").write_text(str(number) * 100)
    limited = web(lambda _: pytest.fail("asked"), Caps(size=100))
    known: tuple[KnownFile, ...] = ()
    visits = []
    for _ in range(4):
        job = Job(source="Notes", kind="folder", address=str(tmp_path), files=known)
        got = fetch(job, limited, NOW)
        known = got.files
        visits.append(len(got.documents))
    assert visits == [4, 4, 1, 0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_one_note(folder: Path) -> None:
    (folder / "b.md").chmod(0)
    assert visit(folder).notes == ("b.md: Permission denied",)


def test_a_name_that_is_not_text_is_one_printable_note(folder: Path) -> None:
    with open(os.fsencode(folder) + b"/\xff\n.md", "wb") as file:
        file.write(b"x")
    got = visit(folder)
    assert (names(got), got.notes) == (["a.md", "b.md", "deep/c.txt"], ("??.md: its name is not UTF-8",))


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_was_configured_and_is_not_there_is_gone(tmp_path: Path, kind: Kind) -> None:
    with pytest.raises(SourceError) as caught:
        visit(tmp_path / "nowhere", kind=kind)
    assert caught.value.fault == "gone"


def test_a_single_file_is_read_once_and_again_after_an_edit(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text("<rss/>")
    os.utime(path, ns=(0, 1_000_000_000_000_000_000))
    got = visit(path, kind="file")
    assert (names(got), got.documents[0].modified) == (
        ["feed.xml"],
        datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC),
    )
    assert names(visit(path, got.files, "file")) == []
    path.write_text("<rss></rss>")
    assert names(visit(path, got.files, "file")) == ["feed.xml"]


def test_a_single_file_must_be_a_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        visit(tmp_path, kind="file")
    assert caught.value.fault == "address"
