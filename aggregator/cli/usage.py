"""Click's errors as one line, as all of ours; numbers of stories and entries."""

import re
from typing import Any

import click

from aggregator.text.nearest import nearest_names

HIGHEST = 2**63 - 1  # SQLite's largest integer
SUGGESTED = re.compile(r"\.? \(?Did you mean")


class Number(click.IntRange):
    """The number of a story or an entry."""

    name = "number"

    def __init__(self) -> None:
        super().__init__(0, HIGHEST)

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> Any:
        try:
            number = int(value)
        except ValueError:
            self.fail(f"{value!r} is not a number", param, context)
        if not 0 <= number <= HIGHEST:
            self.fail(f"no story or entry has the number {value}", param, context)
        return number


def usage_line(error: click.ClickException) -> str:
    """What is wrong, and where it is explained."""
    said = " ".join(error.format_message().split()).removesuffix(".")
    said = SUGGESTED.sub("; did you mean", said[:1].lower() + said[1:])
    if "; did you mean" in said:
        said = said.removesuffix(")")  # of click's own brackets
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return said
    separator = " " if said.endswith("?") else "; "
    return f"{said}{separator}see `{context.command_path} --help`"


def unknown_command(name: str, known: list[str]) -> str:
    near = [f"`{each}`" for each in nearest_names(name, known)]
    return f"there is no command {name!r}" + (f"; did you mean {' or '.join(near)}?" if near else "")
