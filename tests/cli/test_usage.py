"""What is typed wrong: one line that says what, and where to look; exit code 2."""

import json
import re

import pytest
from shell import Shell

from aggregator.store import Store

WRONG = {
    "fetsch": "there is no command 'fetsch'; did you mean `fetch`? see `aggregator --help`",
    "xyzzy": "there is no command 'xyzzy'; see `aggregator --help`",
    "explain abc": "invalid value for 'STORY|ENTRY': 'abc' is not a number; see `aggregator explain --help`",
    "split": "missing argument 'ENTRY'; see `aggregator split --help`",
    "stories --limt 3": "no such option --limt; did you mean --limit? see `aggregator stories --help`",
    "group none.jsonl": "invalid value for 'FILE': 'none.jsonl': No such file or directory; see"
    " `aggregator group --help`",
}


@pytest.mark.parametrize("words", WRONG)
def test_a_wrong_command_line_is_one_line_with_a_hint(shell: Shell, words: str) -> None:
    said = shell.said(*words.split())
    assert (said.code, said.out) == (2, "")
    # Click writes options in two ways, depending on its version.
    told = re.sub(r"'(--\w+)'", r"\1", said.err.replace("option:", "option"))
    assert told == f"aggregator: {WRONG[words]}\n"


def test_the_nearest_names_are_suggested_and_not_all(shell: Shell) -> None:
    source = '[[source]]\nname = "Herald {0:02}"\nurl = "https://a.example/{0}"\n'
    shell.config("".join(map(source.format, range(90))))
    for command in ("fetch", "remove"):
        said = shell.run(command, "Hreald 07")
        assert said.code == 2
        assert said.err.startswith("aggregator: there is no source named 'Hreald 07'; did you mean 'Herald ")
        assert said.err.count("Herald") == 3


@pytest.mark.parametrize("command", ["explain 9", "explain 1 9", "split 9", "merge 1 9", "never 1 9"])
def test_a_number_that_nothing_has_is_2(shell: Shell, command: str) -> None:
    shell.run("fetch")
    said = shell.run(*command.split())
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.startswith("aggregator: there is no ")


@pytest.mark.parametrize("line", [b"[1]", b"{", b'{"title": "x"}', b"\xff"])
def test_lines_that_cannot_be_grouped_name_file_and_line(shell: Shell, line: bytes) -> None:
    file = shell.folder / "news.jsonl"
    file.write_bytes(b'{"id": 1, "title": "Bridge"}\n' + line)
    said = shell.said("group", str(file))
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"aggregator: {file}: ")
    assert said.err.count("\n") == 1


def test_what_failed_has_the_prefix_of_all_errors(shell: Shell) -> None:
    (shell.folder / "page.html").write_text("<!doctype html><html><body>Hi</body></html>")
    assert shell.run("parse", str(shell.folder / "page.html")).err.startswith("aggregator: ")
    assert shell.run("add", "ftp://x").err.startswith("aggregator: ftp://x: ")


def test_without_words_the_help_is_shown(shell: Shell) -> None:
    assert "Usage: aggregator" in shell.said().err


def test_rows_of_failing_sources_are_red_on_a_terminal_unless_colours_are_off(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.config('[[source]]\nname = "No"\nfolder = "no"\n[[source]]\nname = "Posts"\nfolder = "posts"\n')
    shell.run("fetch")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("click.utils.should_strip_ansi", lambda *_: False)
    coloured = shell.run("sources").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert coloured.count("\x1b[31m") >= 1
    assert not any("Posts" in line and "\x1b[31m" in line for line in coloured.splitlines())
    assert "\x1b[31m" not in shell.run("sources").out


def test_a_row_is_one_line_where_nobody_watches(shell: Shell) -> None:
    shell.run("fetch")
    with Store(shell.folder / "var/aggregator.db") as store, store.writing():
        store.db.execute("UPDATE entries SET title = ?", ["long " * 500])
    said = shell.run("stories").out.splitlines()
    assert len(said) == 2
    assert all(line == line.rstrip() for line in said)


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_reason_is_cut_on_a_narrow_terminal(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    shell.config('[[source]]\nname = "No"\nfolder = "no"\n')
    shell.run("fetch")
    reason = json.loads(shell.run("sources", "--json").out)[0]["reason"]
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(columns))
    rows = shell.run("sources").out.splitlines()
    place = next(line.index("REASON") for line in rows if "REASON" in line)
    shown = "".join(line[place:] for line in rows).partition("REASON")[2]
    assert "".join(shown.split()) == "".join(reason.split())
