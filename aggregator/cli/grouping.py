"""Stories, and why they are what they are."""

import json
from collections.abc import Iterator
from typing import Any, TextIO

import click

from aggregator.stories import group_lines


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8"))
def group(file: TextIO) -> None:
    """Group a stream of {id, title, text, published, source, lang, url} lines (- is standard input).

    In the order given, with the default settings; writes {id, story} lines.
    """
    for id_, story in group_lines(rows(file)):
        click.echo(json.dumps({"id": id_, "story": story}, ensure_ascii=False))


def rows(file: TextIO) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as e:
            raise click.ClickException(f"line {number} is no JSON: {e}") from e
        if not isinstance(row, dict) or "id" not in row:
            raise click.ClickException(f"line {number} is no object with an id")
        yield row
