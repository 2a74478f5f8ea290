"""What commands answer: JSON in one form everywhere, nothing more than errors when asked to be quiet."""

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from shell import Shell

from aggregator.cli.answers import json_value, print_json
from aggregator.cli.progress import lines
from aggregator.model import Visit

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
OTHER = '---\ntitle: "Снежные совы"\ndate: 2026-02-28T11:00:00Z\n---\n\nMore than in any winter.\n'
TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:[^\"]*")
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
OPML = '<opml><body><outline xmlUrl="https://a.example/feed" text="A"/></body></opml>'


@pytest.fixture
def filled(shell: Shell) -> Shell:
    (shell.folder / "posts/two.md").write_text(OTHER, encoding="utf-8")
    assert shell.run("fetch").code == 0
    return shell


READING = (
    *("check", "sources", "stories", "explain 1", "explain 1 2", "verify", "regroup"),
    *("show 1", "search Bridge", "doctor"),
)
CHANGING = (
    *("fetch", "never 1 2", "merge 1 2", "split 2", "backup {0}/copy.db", "import {0}/list.opml"),
    "remove A",
)


def commands(shell: Shell, texts: tuple[str, ...]) -> list[list[str]]:
    (shell.folder / "list.opml").write_text(OPML, encoding="utf-8")
    return [text.format(shell.folder).split() for text in texts]


def test_times_are_written_in_one_way_with_real_letters(filled: Shell) -> None:
    for words in commands(filled, (*READING, *CHANGING)):
        said = filled.run(*words, "--json")
        assert json.loads(said.out) is not None, words
        assert said.err == "", words
        assert all(map(RFC3339.match, TIME.findall(said.out))), words
        assert "\\u" not in said.out, words
    assert "Снежные совы" in filled.run("stories", "--json").out


def test_quiet_commands_say_nothing_when_all_is_well(filled: Shell) -> None:
    for words in commands(filled, ("check", *CHANGING)):
        said = filled.run(*words, "-q")
        assert (said.code, said.out, said.err) == (0, "", ""), words


def test_quiet_does_not_hide_what_failed(shell: Shell) -> None:
    shell.config('[[source]]\nname = "No"\nfolder = "no"\n')
    said = shell.run("fetch", "--quiet")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("No: ")


def test_verbose_has_a_line_for_every_visit(shell: Shell) -> None:
    assert shell.run("fetch", "-v").err.startswith("Posts: OK, ")


def test_a_visit_in_words() -> None:
    visit = Visit("One", NOON, 0.25, "fresh", 200, 15_300, notes=("not well formed",))
    assert lines(visit) == ["One: not well formed"]
    assert lines(visit, verbose=True) == ["One: OK (200), 15 kB in 0.2 s", "One: not well formed"]
    assert lines(visit, quiet=True) == []


def test_values_of_json() -> None:
    local = NOON.astimezone(timezone(timedelta(hours=2)))
    value = {"at": local, "span": timedelta(hours=1), "file": Path("a"), "rows": ({"x": NOON},)}
    assert json_value(value) == {
        "at": "2026-03-01T12:00:00Z",
        "span": 3600,
        "file": "a",
        "rows": [{"x": "2026-03-01T12:00:00Z"}],
    }


def test_faults_of_the_configuration_as_json(shell: Shell) -> None:
    shell.config('[feed]\ntitel = "x"\n')
    said = shell.run("check", "--json")
    assert said.code == 2
    assert len(json.loads(said.out)["faults"]) == 1


def test_merge_says_when_it_overrules_what_a_person_had_decided(filled: Shell) -> None:
    filled.run("never", "1", "2")
    assert filled.run("merge", "1", "2").out == "both are now story 1; this overrules `never` or `split`\n"


def test_check_names_settings_without_effect_and_is_content(shell: Shell) -> None:
    (shell.folder / "posts/one.md").touch()
    source = '[[source]]\nname = "A"\nfolder = "posts"\npattern = "*.markdown"\ntags = ["harbour"]\n'
    web = '[[source]]\nname = "B"\nurl = "https://b.example/"\npattern = "*.xml"\n'
    output = '[[output]]\nname = "x"\ntags = ["harbor"]\n'
    shell.config(f"[store]\nbackup_keep = 3\n{source}{web}{output}")
    said = shell.run("check")
    assert said.code == 0
    assert [line.partition(": note: ")[2] for line in said.out.splitlines()] == [
        "source 'A': pattern: no file matches '*.markdown' now",
        "source 'B': pattern: has no effect on a url",
        "output 'x': tags: no [[source]] has the tag 'harbor'; did you mean 'harbour'?",
        "[store] backup_keep: has no effect without [store] backup",
        "",
    ]
    assert len(json.loads(shell.run("check", "--json").out)["notes"]) == 4


def test_a_removed_source_keeps_its_stories_on_the_command_line(filled: Shell) -> None:
    filled.config("")
    assert "Bridge reopens" in filled.run("stories", "--source", "Posts").out


def test_every_note_of_a_source_is_listed(filled: Shell) -> None:
    for name in ("a.md", "b.md", "c.md"):
        (filled.folder / "posts" / name).write_text("")
    said = filled.run("fetch", "--all")
    assert "Posts: a.md: the document is empty" in said.err
    assert filled.run("sources").out.splitlines()[-2:] == [
        "Posts: b.md: the document is empty",
        "Posts: c.md: the document is empty",
    ]
    assert filled.run("parse", str(filled.folder / "posts/a.md")).err.count("a.md") == 1


def test_never_says_where_the_second_report_went(filled: Shell) -> None:
    filled.run("merge", "1", "2")
    assert filled.run("never", "1", "2").out == (
        "entries 1 and 2 will never be in one story; entry 2 is now story 3\n"
    )
    assert filled.run("never", "1", "2").out == "entries 1 and 2 will never be in one story\n"


def test_json_keeps_letters_but_no_character_that_steers_a_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    value = {"title": "Совы \x9b31m\x1b[2J\x7f \u202e \udcff"}
    print_json(value, indent=2)
    said = capsys.readouterr().out
    assert "Совы" in said
    assert said.count("\n") == 3
    assert all(letter.isprintable() for letter in said.replace("\n", ""))
    assert json.loads(said) == value
