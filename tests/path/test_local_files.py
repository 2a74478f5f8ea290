"""Local files through the whole path: which file is which entry, and what in a folder is no report."""

import sqlite3
from pathlib import Path

import pytest
from bench import Bench
from texts import BRIDGE, FERRY, OWLS, POST, TAXES, Texts


@pytest.fixture
def desk(tmp_path: Path) -> Texts:
    bench = Bench(tmp_path)
    return Texts(bench, bench.texts("Desk"))


def test_two_texts_that_begin_alike_are_two_entries(desk: Texts) -> None:
    desk.write(a=BRIDGE, b=OWLS)
    desk.visit()
    assert sorted(desk.texts().values()) == ["any winter before.", "to cyclists again."]


def test_a_text_that_begins_like_an_older_one_is_a_new_entry(desk: Texts) -> None:
    desk.write(b=BRIDGE)
    desk.visit()
    first = desk.texts()
    desk.write(a=OWLS)
    assert (desk.visit().added, len(desk.texts())) == (1, 2)
    assert desk.texts().items() >= first.items()


def test_only_files_that_the_pattern_names_are_entries(desk: Texts) -> None:
    desk.bench.toml += 'pattern = "*.txt"\n'
    (desk.folder / "a.txt").write_text(BRIDGE, encoding="utf-8")
    (desk.folder / "b.md").write_text(OWLS, encoding="utf-8")
    desk.visit()
    assert list(desk.texts().values()) == ["to cyclists again."]


def test_two_posts_with_one_id_are_two_entries(desk: Texts) -> None:
    post = "---\ntitle: {0}\nid: same\n---\n\nAll about {0}.\n"
    desk.write(a=post.format("bridges"), b=post.format("owls"))
    desk.visit()
    assert sorted(desk.texts().values()) == ["All about bridges.", "All about owls."]


def test_the_id_of_a_text_that_begins_like_another_outlives_edits_and_renames(desk: Texts) -> None:
    desk.write(a=BRIDGE, b=OWLS)
    desk.visit()
    before = desk.texts().keys()
    desk.write(b=OWLS + "And more came.\n")
    assert (desk.visit().edited, desk.texts().keys()) == (1, before)
    desk.move("b", "0")
    assert (desk.visit().added, desk.texts().keys()) == (0, before)
    desk.write(a=BRIDGE + "And open it stays.\n")
    assert (desk.visit().edited, desk.texts().keys()) == (1, before)


def test_a_copy_that_is_rewritten_leaves_the_first_as_it_was(desk: Texts) -> None:
    desk.write(a=BRIDGE)
    desk.visit()
    desk.write(a2=BRIDGE)
    assert desk.visit().added == 0
    first = desk.texts()
    desk.write(a2=TAXES)
    assert desk.visit().added == 1
    assert desk.texts().items() >= first.items()


def test_a_first_whose_copy_is_kept_can_be_rewritten(desk: Texts) -> None:
    desk.write(a=BRIDGE, a2=BRIDGE)
    desk.visit()
    desk.write(a=TAXES, a2=FERRY)
    desk.visit()
    assert sorted(desk.texts().values()) == ["its owner less.", "seats two hundred."]


def test_the_copy_of_an_edited_file_is_no_new_entry(desk: Texts) -> None:
    desk.write(a=BRIDGE)
    desk.visit()
    desk.write(a=TAXES)
    desk.visit()
    desk.write(a2=TAXES)
    assert (desk.visit().added, len(desk.texts())) == (0, 1)


def test_ids_follow_the_bytes_when_two_names_are_swapped(desk: Texts) -> None:
    desk.write(a=TAXES, b=FERRY)
    desk.visit()
    before = desk.texts()
    desk.move("a", "t")
    desk.move("b", "a")
    desk.move("t", "b")
    summary = desk.visit()
    assert (summary.added, summary.edited, desk.texts()) == (0, 0, before)


def test_a_swap_that_comes_with_an_edit_keeps_the_id_of_what_only_moved(desk: Texts) -> None:
    desk.write(a=TAXES, b=FERRY)
    desk.visit()
    taxes = desk.id_of("owner less")
    desk.move("a", "b")
    desk.write(a=OWLS)
    desk.visit()
    assert desk.id_of("owner less") == taxes
    assert len(desk.texts()) == 3


def test_an_old_text_put_aside_keeps_its_id_and_the_new_one_gets_its_own(desk: Texts) -> None:
    desk.write(bulletin=BRIDGE)
    desk.visit()
    bridge = desk.id_of("cyclists")
    desk.move("bulletin", "bulletin-1")
    desk.write(bulletin=OWLS)
    assert (desk.visit().added, desk.id_of("cyclists")) == (1, bridge)
    desk.move("bulletin-1", "bulletin-2")
    desk.move("bulletin", "bulletin-1")
    desk.write(bulletin=TAXES)
    assert (desk.visit().added, desk.id_of("cyclists"), len(desk.texts())) == (1, bridge, 3)


def test_a_file_that_comes_back_does_not_take_the_entry_of_its_copy(desk: Texts) -> None:
    desk.write(a=BRIDGE, a2=BRIDGE)
    desk.visit()
    (desk.folder / "a").unlink()
    desk.visit()
    desk.write(a2=TAXES)
    desk.visit()
    desk.write(a=BRIDGE)
    desk.visit()
    desk.write(a=BRIDGE + "Really.\n")
    desk.visit()
    assert sorted(desk.texts().values()) == ["cyclists again. Really.", "its owner less."]


def test_a_post_that_is_a_draft_for_a_while_stays_one_entry(desk: Texts) -> None:
    desk.write(a=POST)
    desk.visit()
    (before,) = desk.texts()
    desk.write(a=POST.replace("title", "draft: true\ntitle"))
    desk.visit()
    desk.move("a", "b")
    desk.visit()
    desk.write(b=POST.replace("Bridge reopens", "The bridge reopens"))
    summary = desk.visit()
    assert (summary.added, summary.edited, [*desk.texts()]) == (0, 1, [before])


def test_a_file_renamed_while_it_is_broken_stays_one_entry(desk: Texts) -> None:
    desk.write(a=TAXES)
    desk.visit()
    (before,) = desk.texts()
    desk.write(a="\0\0broken\0")
    desk.visit()
    desk.move("a", "b")
    desk.visit()
    assert "binary" in desk.bench.silent.seen[-1].notes[0]
    desk.write(b=TAXES.replace("Town hall", "The council"))
    summary = desk.visit()
    assert (summary.added, summary.edited, [*desk.texts()]) == (0, 1, [before])


def test_a_rename_with_an_edit_of_the_end_is_an_edit(desk: Texts) -> None:
    desk.write(a=BRIDGE)
    desk.visit()
    desk.move("a", "b")
    desk.write(b=BRIDGE + "It stays open.\n")
    summary = desk.visit()
    assert (summary.added, summary.edited) == (0, 1)


@pytest.mark.parametrize("names", [("a",), ("a", "b")])
def test_a_folder_of_which_nothing_can_be_read_has_failed(desk: Texts, names: tuple[str, ...]) -> None:
    desk.write(**dict.fromkeys(names, "\0\0\0"))
    assert [desk.visit().failed, desk.visit().failed] == [1, 1]
    visit = desk.bench.silent.seen[-1]
    assert (visit.fault, len(visit.notes)) == ("format", len(names))


def test_a_folder_of_which_something_was_read_once_has_not_failed(desk: Texts) -> None:
    desk.write(a=TAXES)
    desk.visit()
    desk.write(a="\0\0\0")
    summary = desk.visit()
    assert (summary.failed, len(desk.bench.silent.seen[-1].notes)) == (0, 1)


def test_an_empty_folder_has_not_failed(desk: Texts) -> None:
    assert desk.visit().failed == 0


def test_the_program_does_not_read_what_it_writes(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    (tmp_path / "a.txt").write_text(TAXES)
    bench.toml = '[[source]]\nname = "Desk"\nfolder = "."\n'
    desk = Texts(bench, tmp_path)
    sqlite3.connect(tmp_path / "open.db").execute("PRAGMA journal_mode = WAL").close()
    assert [desk.visit().added, desk.visit().added] == [1, 0]
    assert desk.bench.silent.seen[-1].notes == ()


def test_a_folder_we_publish_to_is_no_source(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.toml = '[[source]]\nname = "Desk"\nfolder = "var/public"\n'
    (tmp_path / "var/public").mkdir(parents=True)
    desk = Texts(bench, tmp_path)
    desk.visit()
    assert (desk.visit().failed, bench.silent.seen[-1].fault) == (1, "address")


def test_a_text_that_is_called_like_a_database_is_read(desk: Texts) -> None:
    desk.write(**{"notes.db": TAXES})
    assert desk.visit().added == 1


def test_what_an_editor_keeps_beside_a_file_is_not_read(desk: Texts) -> None:
    desk.write(a=TAXES)
    desk.visit()
    desk.move("a", "a~")
    desk.write(a=TAXES + "Cats stay free.\n")
    summary = desk.visit()
    assert (summary.added, summary.edited) == (0, 1)


def test_only_files_that_match_the_pattern_are_read(desk: Texts) -> None:
    desk.bench.toml += 'pattern = "b*"\n'
    desk.write(a=BRIDGE, b=OWLS)
    assert desk.visit().added == 1
    assert list(desk.texts().values()) == ["any winter before."]
