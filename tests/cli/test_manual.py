"""The manual page and the completion of shells, held to the commands."""

import runpy
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from shell import Shell

from aggregator.cli.commands import HOMES, commands

ROOT = Path(__file__).parents[2]


def test_the_manual_says_what_the_commands_say() -> None:
    """If not: python tools/make_manual.py"""
    tool = runpy.run_path(str(ROOT / "tools/make_manual.py"))
    written = (ROOT / "docs/aggregator.1").read_text(encoding="utf-8")
    assert written == tool["manual"]()
    for name in HOMES:
        assert f".SS aggregator {name}\n" in written
    assert all(not line.startswith("'") for line in written.splitlines())


def completed(words: str, shell: str = "zsh") -> list[str]:
    environment = {
        "COMP_WORDS": f"aggregator {words}",
        "COMP_CWORD": str(words.count(" ") + 1),
        "_AGGREGATOR_COMPLETE": f"{shell}_complete",
    }
    done = CliRunner().invoke(commands, prog_name="aggregator", env=environment)
    return done.output.splitlines()


def test_commands_are_completed_without_loading_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def loaded(*_: object) -> None:
        raise AssertionError("a command was loaded")

    monkeypatch.setattr(sys.modules["aggregator.cli.commands"], "import_module", loaded)
    assert [each for each in completed("s") if each not in ("plain", "_")] == [
        *("serve", "sources", "stories", "search", "show", "split")
    ]


def test_numbers_of_stories_are_completed_with_their_titles(shell: Shell) -> None:
    config = shell.folder / "a.toml"
    assert completed(f"--config {config} show ") == [""]
    shell.run("fetch")
    assert completed(f"--config {config} show ")[1:] == ["1", "Bridge reopens"]
    assert completed(f"--config {config} merge 1 ", "bash") == ["plain,1"]
    assert completed(f"--config {config} open 2") == [""]


def test_names_of_sources_are_completed_as_each_shell_needs_them(shell: Shell) -> None:
    config = str(shell.folder / "a.toml")
    shell.config('[[source]]\nname = "BBC News, World"\nurl = "https://a.example/"\n')
    assert "BBC News, World" in completed(f"--config {config} fetch BB")
    assert completed(f"--config {config} remove BB", "bash") == ["plain,BBC\\\\ News,\\\\ World"]
    shell.config("x = 1")
    assert completed(f"--config {config} fetch BB", "bash") == [""]


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_every_shell_gets_its_script(name: str, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_AGGREGATOR_COMPLETE", f"{name}_source")
    monkeypatch.setattr(
        "click.shell_completion.BashComplete._check_version", staticmethod(lambda: None)
    )  # starts bash
    said = shell.said()
    assert said.code == 0
    assert "_AGGREGATOR_COMPLETE" in said.out


def test_every_option_has_help() -> None:
    for name in HOMES:
        command = commands.get_command(click.Context(commands), name)
        assert command
        assert [
            each.name for each in command.params if isinstance(each, click.Option) and not each.help
        ] == []
