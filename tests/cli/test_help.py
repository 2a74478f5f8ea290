"""Help: every command in one group, whole, and with an example that the command line understands."""

import shlex

import click
import pytest
from click.testing import CliRunner

from aggregator.cli.commands import HOMES, commands
from aggregator.cli.help import EXAMPLES, GROUPS


def test_every_command_is_in_one_group_and_has_an_example() -> None:
    listed = [name for names in GROUPS.values() for name in names]
    assert sorted(listed) == sorted(HOMES) == sorted(EXAMPLES)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_of_the_list_is_cut(width: int) -> None:
    shown = CliRunner().invoke(commands, ["--help"], terminal_width=width, max_content_width=width).output
    assert "..." not in shown.partition("Options:")[2]
    assert all(f"{title}:" in shown for title in GROUPS)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_a_command_that_would_run(name: str) -> None:
    shown = CliRunner().invoke(commands, [name, "--help"]).output
    assert "Example: aggregator" in shown
    words = shlex.split(EXAMPLES[name].split(" > ")[0])[1:]
    assert words[0] == name
    command = commands.get_command(click.Context(commands), name)
    assert command
    files = {each.name for each in command.params if isinstance(each.type, click.File)}
    if not files:
        command.make_context(name, words[1:], resilient_parsing=False)


@pytest.mark.parametrize("name", ["explain", "split", "merge", "never"])
def test_numbers_are_explained(name: str) -> None:
    said = " ".join(CliRunner().invoke(commands, [name, "--help"]).output.split())
    assert "STORY is the number of a story, which `aggregator stories` prints" in said
    assert "ENTRY is the number of one of its reports, which `aggregator explain STORY` prints" in said
