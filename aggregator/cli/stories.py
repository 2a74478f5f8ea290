"""Commands that change the grouping of stories, or try another."""

import json
from collections.abc import Iterator
from typing import Any, TextIO

import click

from aggregator import rulings
from aggregator.cli.answers import answer, as_json, print_json, quietly
from aggregator.cli.common import how_many, loaded, now, printable, with_config
from aggregator.cli.names import story_numbers
from aggregator.cli.usage import Number
from aggregator.config.values import duration
from aggregator.errors import ConfigError
from aggregator.group import preview
from aggregator.publish.publish import publish
from aggregator.store import Store
from aggregator.stories import group_lines


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8"))
def group(file: TextIO) -> None:
    """Group a stream of {id, title, text, published, source, lang, url} lines (- for standard input).

    Keeps the order of the input and uses the default settings. Writes {id, story, affair} lines.
    """
    for each in group_lines(rows(file)):
        print_json(each._asdict())


@click.command()
@with_config
@click.argument("entry", type=Number())
@quietly
@as_json
def split(config_file: str | None, entry: int, as_json: bool) -> None:
    """Move an entry out of its story, permanently."""
    config = loaded(config_file)
    with Store(config.store.path) as store:
        story = rulings.split_entry(store, config, entry, now())
        answer(as_json, {"entry": entry, "story": story}, f"entry {entry} is now story {story}")
        publish(store, config)


@click.command()
@with_config
@click.argument("one", metavar="STORY", type=Number(), shell_complete=story_numbers)
@click.argument("two", metavar="STORY", type=Number(), shell_complete=story_numbers)
@quietly
@as_json
def merge(config_file: str | None, one: int, two: int, as_json: bool) -> None:
    """Merge two stories permanently; the older id stays."""
    config = loaded(config_file)
    with Store(config.store.path) as store:
        apart = rulings.kept_apart(store, one, two)
        story = rulings.merge_stories(store, config, one, two, now())
        line = f"both are now story {story}{'; this overrules `never` or `split`' if apart else ''}"
        answer(as_json, {"merged": (one, two), "story": story, "overruled": apart}, line)
        publish(store, config)


@click.command()
@with_config
@click.argument("one", metavar="ENTRY", type=Number())
@click.argument("two", metavar="ENTRY", type=Number())
@quietly
@as_json
def never(config_file: str | None, one: int, two: int, as_json: bool) -> None:
    """Keep two entries apart, permanently."""
    config = loaded(config_file)
    with Store(config.store.path) as store:
        moved = rulings.rule_never(store, config, one, two, now())
        value = {"entries": (one, two), "stories": (store.stories.of(one), store.stories.of(two))}
        line = f"entries {one} and {two} will never be in one story"
        answer(as_json, value, f"{line}; entry {two} is now story {moved}" if moved else line)
        publish(store, config)


@click.command()
@with_config
@click.option("--dry-run", is_flag=True, expose_value=False, help="Has no effect: regroup changes nothing.")
@click.option("--window", help="Override [stories] window.")
@as_json
def regroup(config_file: str | None, window: str | None, as_json: bool) -> None:
    """Show how other settings would group all entries; changes nothing."""
    config = loaded(config_file)
    try:
        span = duration(window) if window else config.stories.window
    except ValueError as e:
        raise ConfigError(f"--window: {e}") from e
    with Store.reading(config.store.path) as store:
        shown = preview(store, config.stories.window, span)
    answer(
        as_json,
        shown,
        f"{how_many(shown.entries, 'entry')} grouped again: {how_many(shown.before, 'story')}"
        f" with the settings of today, {shown.after} with the new ones",
        *(printable("would be merged: " + " | ".join(titles)) for titles in shown.joined),
        *(printable("would be split: " + " | ".join(titles)) for titles in shown.parted),
    )


def rows(file: TextIO) -> Iterator[dict[str, Any]]:
    """Raises ConfigError."""
    for number, line in enumerate(lines_of(file), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as e:
            raise ConfigError(f"{file.name}: line {number} is not JSON: {e}") from e
        if not isinstance(row, dict) or "id" not in row:
            raise ConfigError(f"{file.name}: line {number} is not an object with an id")
        yield row


def lines_of(file: TextIO) -> Iterator[str]:
    try:
        yield from file
    except UnicodeDecodeError as e:
        raise ConfigError(f"{file.name}: not UTF-8: {e.reason} at byte {e.start}") from e
