"""Commands that explain and change the grouping of stories."""

import json
from collections.abc import Iterator
from typing import Any, TextIO

import click

from aggregator import rulings
from aggregator.cli.common import loaded, now, with_config
from aggregator.config.values import duration
from aggregator.errors import ConfigError
from aggregator.group import preview
from aggregator.model import Reason
from aggregator.publish.publish import publish
from aggregator.store import Store
from aggregator.stories import explain_reason as words
from aggregator.stories import group_lines, spelled

NUMBER = click.IntRange(0, 2**63 - 1)  # SQLite's largest integer


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8"))
def group(file: TextIO) -> None:
    """Group a stream of {id, title, text, published, source, lang, url} lines (- for standard input).

    Keeps the order of the input and uses the default settings. Writes {id, story, affair} lines.
    """
    for each in group_lines(rows(file)):
        click.echo(json.dumps(each._asdict(), ensure_ascii=False))


@click.command()
@with_config
@click.argument("number", metavar="STORY|ENTRY", type=NUMBER)
@click.argument("other", metavar="[ENTRY]", type=NUMBER, required=False)
def explain(config_file: str | None, number: int, other: int | None) -> None:
    """Explain why the entries of a story are together, or what joins or separates two entries."""
    config = loaded(config_file)
    with Store.reading(config.store.path) as store:
        if other is None:
            explain_story(store, number)
        else:
            click.echo(rulings.explain_pair(store, config, number, other))


def explain_story(store: Store, story: int) -> None:
    store.stories.lead(story)  # raises if there is no such story
    for young, why in store.stories.folded(story).items():
        click.echo(f"story {young} was merged into it: {why}")
    for entry, reason in store.stories.reasons(story).items():
        sketch = store.entries.sketch(entry)
        click.echo(f"{entry}  {sketch.title}  [{sketch.source}, {sketch.published:%Y-%m-%d %H:%M}]")
        click.echo(f"    {words(spelled(reason, sketch))}{compared(store, reason)}")
    account = store.details.story(store.stories.resolve(story))
    for each in account.related if account else ():
        click.echo(
            f"related: story {each.number}  {each.title}  [{each.source}, {each.published:%Y-%m-%d %H:%M}]"
        )


def compared(store: Store, reason: Reason) -> str:
    if reason.other is None:
        return ""
    title = store.details.titles([reason.other]).get(reason.other, "pruned since")
    return f" Compared with {reason.other}: {title}"


@click.command()
@with_config
@click.argument("entry", type=NUMBER)
def split(config_file: str | None, entry: int) -> None:
    """Move an entry out of its story, permanently."""
    config = loaded(config_file)
    with Store(config.store.path) as store:
        click.echo(f"entry {entry} is now story {rulings.split_entry(store, config, entry, now())}")
        publish(store, config)


@click.command()
@with_config
@click.argument("one", metavar="STORY", type=NUMBER)
@click.argument("two", metavar="STORY", type=NUMBER)
def merge(config_file: str | None, one: int, two: int) -> None:
    """Merge two stories permanently; the older id stays."""
    config = loaded(config_file)
    with Store(config.store.path) as store:
        click.echo(f"both are now story {rulings.merge_stories(store, config, one, two, now())}")
        publish(store, config)


@click.command()
@with_config
@click.argument("one", metavar="ENTRY", type=NUMBER)
@click.argument("two", metavar="ENTRY", type=NUMBER)
def never(config_file: str | None, one: int, two: int) -> None:
    """Keep two entries apart, permanently."""
    config = loaded(config_file)
    with Store(config.store.path) as store:
        rulings.rule_never(store, config, one, two, now())
        click.echo(f"entries {one} and {two} will never be in one story")
        publish(store, config)


@click.command()
@with_config
@click.option("--dry-run", is_flag=True, expose_value=False, help="As without it: nothing is changed.")
@click.option("--window", help="Override [stories] window.")
def regroup(config_file: str | None, window: str | None) -> None:
    """Show how other settings would group all entries; changes nothing."""
    config = loaded(config_file)
    try:
        span = duration(window) if window else config.stories.window
    except ValueError as e:
        raise ConfigError(f"--window: {e}") from e
    with Store.reading(config.store.path) as store:
        shown = preview(store, config.stories.window, span)
    click.echo(
        f"{shown.entries} entries grouped again: {shown.before} stories with the settings of today,"
        f" {shown.after} with the new ones"
    )
    for titles in shown.joined:
        click.echo("would be merged: " + " | ".join(titles))
    for titles in shown.parted:
        click.echo("would be split: " + " | ".join(titles))


def rows(file: TextIO) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as e:
            raise click.ClickException(f"line {number} is not JSON: {e}") from e
        if not isinstance(row, dict) or "id" not in row:
            raise click.ClickException(f"line {number} is not an object with an id")
        yield row
