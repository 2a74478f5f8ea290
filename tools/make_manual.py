"""Writes docs/aggregator.1, the manual page, from the help of the commands: python tools/make_manual.py"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from aggregator.cli.commands import commands
from aggregator.cli.help import EXAMPLES, GROUPS, NUMBERS

PAGE = Path(__file__).parent.parent / "docs" / "aggregator.1"
CODES = {
    0: "Success, including unchanged sources.",
    1: "Some sources failed, and the rest was published; or verify or doctor found something.",
    2: "The configuration or the command line is wrong.",
    3: "The database cannot be used.",
    4: "The output folder cannot be used.",
    5: "The cluster cannot be used.",
}
VARIABLES = {
    "AGGREGATOR_CONFIG": "The configuration file, unless --config names one.",
    "NO_COLOR": "If set, tables have no colours.",
    "_AGGREGATOR_COMPLETE": "bash_source, zsh_source or fish_source: print the completion of that shell.",
}
FILES = {
    "./config/aggregator.toml": "The configuration, if it is not named otherwise.",
    "~/.config/aggregator/aggregator.toml": "The configuration, if there is none in ./config.",
}


def manual() -> str:
    return "\n".join([*heading(), *groups(), *ending()]) + "\n"


def heading() -> Iterator[str]:
    context = click.Context(commands, info_name="aggregator")
    yield '.\\" Made by tools/make_manual.py from the help of the commands.'
    yield '.TH AGGREGATOR 1 "" "aggregator" "User Commands"'
    yield ".SH NAME"
    yield r"aggregator \- one merged feed from many, with every story in it once"
    yield ".SH SYNOPSIS"
    yield from (".B aggregator", *given(commands.collect_usage_pieces(context)))
    yield ".SH DESCRIPTION"
    yield roff(
        "Reads feeds and local documents, groups the reports on one event into one story, and publishes"
        " everything as one merged feed. --help after a command shows this for the command alone."
    )
    yield ".PP"
    yield roff(NUMBERS)
    yield ".SH OPTIONS"
    yield from options(commands, context)


def groups() -> Iterator[str]:
    for title, names in GROUPS.items():
        yield f".SH {title.upper()}"
        for name in names:
            command = commands.get_command(click.Context(commands), name)
            if command is None:
                raise LookupError(name)
            yield from described(name, command)


def described(name: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=name)
    yield f".SS aggregator {name}"
    yield from (f".B aggregator {name}", *given(command.collect_usage_pieces(context)))
    for paragraph in (command.help or "").split("\n\n"):
        yield ".PP"
        yield roff(" ".join(paragraph.split()))
    yield from options(command, context, but="--config")
    yield ".PP"
    yield roff(f"Example: {EXAMPLES[name]}")


def given(pieces: list[str]) -> list[str]:
    return [roff(" ".join(pieces))] if pieces else []


def options(command: click.Command, context: click.Context, but: str = "") -> Iterator[str]:
    """Every command has --help, and `but`, which is described once."""
    for each in command.get_params(context):
        record = each.get_help_record(context) if isinstance(each, click.Option) else None
        if record and not {"--help", but} & set(each.opts):
            yield ".TP"
            yield f"\\fB{roff(record[0])}\\fR"
            yield roff(record[1])


def ending() -> Iterator[str]:
    for title, listed in (("EXIT STATUS", CODES), ("ENVIRONMENT", VARIABLES), ("FILES", FILES)):
        yield f".SH {title}"
        for name, text in listed.items():
            yield from (".TP", f"\\fB{roff(str(name))}\\fR", roff(text))


def roff(text: str) -> str:
    """One line of plain text: no request and no escape, hyphens as they are typed."""
    plain = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^(?=[.'])", r"\\&", plain)


if __name__ == "__main__":
    PAGE.write_text(manual(), encoding="utf-8")
