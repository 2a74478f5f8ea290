"""`verify`: each finding is a line with its remedy, and the exit code tells that there are some."""

import json
from pathlib import Path

import pytest
from shell import Said, Shell

from aggregator.store import Store

OWLS = '---\ntitle: "Snowy owls return"\ndate: 2026-02-27T10:00:00Z\n---\n\nMore than in any winter.\n'


@pytest.fixture
def filled(shell: Shell) -> Shell:
    (shell.folder / "posts/two.md").write_text(OWLS, encoding="utf-8")
    assert shell.run("fetch").code == 0
    return shell


def change(shell: Shell, statement: str) -> None:
    """As damage does: without regard to what refers to what."""
    with Store(shell.folder / "var/aggregator.db") as store:
        store.db.execute("PRAGMA foreign_keys = OFF")
        store.db.execute(statement)


def findings(shell: Shell) -> list[str]:
    """Those of --json; the lines for people are the same."""
    said, told = shell.run("verify", "--json"), shell.run("verify")
    found = json.loads(said.out)["findings"]
    assert (said.code, told.code) == ((1, 1) if found else (0, 0))
    lines = [f"{each['fault']}: {each['remedy']}" for each in found]
    assert [line for line in told.out.splitlines() if line in lines] == lines
    return lines


def test_a_sound_database_has_no_findings(filled: Shell) -> None:
    assert findings(filled) == []


def test_a_row_that_refers_to_nothing_is_found(filled: Shell) -> None:
    change(filled, "DELETE FROM sources")
    assert [line.partition(": restore")[0] for line in findings(filled)] == [
        "rows of entries that refer to sources that are not there: 2",
        "rows of files that refer to sources that are not there: 2",
        "rows of visits that refer to sources that are not there: 1",
    ]


def test_a_story_that_is_led_by_a_report_of_another_is_found(filled: Shell) -> None:
    change(filled, "UPDATE stories SET lead = 1")
    assert [line.partition(": restore")[0] for line in findings(filled)] == [
        "stories that are led by a report of another one: 1"
    ]


@pytest.mark.parametrize("body", [None, b"", b"somebody else's"])
def test_a_file_that_is_not_as_it_was_written_is_found_until_it_is_written_again(
    filled: Shell, body: bytes | None
) -> None:
    file = filled.folder / "var/public/feed.atom"
    before = file.read_bytes()
    file.unlink()
    if body is not None:
        file.write_bytes(body)
    assert findings(filled) == [
        f"{file.parent}: 1 file not as written, the first: feed.atom: the next refresh writes them again"
    ]
    filled.run("fetch")
    assert findings(filled) == []
    assert file.read_bytes() == before


def overwritten(path: Path, start: int, size: int) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(bytes(size))


def damaged(shell: Shell, table: str) -> Said:
    """The root page of the table or index is full of zeros."""
    database = shell.folder / "var/aggregator.db"
    with Store(database) as store:
        store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        asked = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
        root = store.db.execute(asked, [table]).fetchone()[0]
        size = store.db.execute("PRAGMA page_size").fetchone()[0]
    overwritten(database, (root - 1) * size, size)
    return shell.run("verify")


@pytest.mark.parametrize("table", ["entries", "members", "entries_page", "acts", "published"])
def test_damage_is_one_line_that_says_what_to_do(filled: Shell, table: str) -> None:
    said = damaged(filled, table)
    assert (said.code, said.err, said.out.count("\n")) == (1, "", 1)
    assert said.out.startswith("the database is damaged: ")
    assert said.out.endswith("save what can be read: `aggregator repair NEW`\n")


def test_verify_changes_nothing(filled: Shell) -> None:
    before = {each: each.read_bytes() for each in filled.folder.rglob("*") if each.is_file()}
    filled.run("verify")
    after = {each: each.read_bytes() for each in filled.folder.rglob("*") if each.is_file()}
    assert [each for each in before if after[each] != before[each]] == []
