"""Commands that only read: configuration, sources, stories."""

import json
import os
from dataclasses import asdict

import click

from aggregator.cli.common import as_json, loaded, located, now, with_config
from aggregator.cli.settings import settings_lines
from aggregator.cli.tables import show, sources_listing, story_table
from aggregator.config import examine
from aggregator.model import Health
from aggregator.store import Store


@click.command()
@with_config
@click.option("--show", "all_settings", is_flag=True, help="Print every setting and where it comes from.")
def check(config_file: str | None, all_settings: bool) -> None:
    """Check the configuration."""
    path = located(config_file)
    config = examine(path, os.environ)
    if all_settings:
        for line in settings_lines(config, path, os.environ):
            click.echo(line)
    count = len(config.sources)
    click.echo(f"{'# ' if all_settings else ''}{path}: OK: {count} source{'' if count == 1 else 's'}")


@click.command()
@with_config
@as_json
def sources(config_file: str | None, as_json: bool) -> None:
    """List the status of each source, its next visit and the reason."""
    config = loaded(config_file)
    known: dict[str, Health] = {}
    if config.store.path.exists():
        with Store.reading(config.store.path) as store:
            known = {each.name: each for each in store.sources.health()}
    new = (Health(each.name, each.address, "", now(), "never visited") for each in config.sources)
    listed = [known.get(each.name, each) for each in new]
    if as_json:
        click.echo(json.dumps([asdict(each) for each in listed], default=str))
    else:
        show(sources_listing(listed, now()))


@click.command()
@with_config
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=20, show_default=True, help="How many, newest first."
)
@as_json
def stories(config_file: str | None, limit: int, as_json: bool) -> None:
    """List the newest stories and who reports them."""
    with Store.reading(loaded(config_file).store.path) as store:
        listed = store.stories.newest(limit)
    if as_json:
        click.echo(json.dumps([asdict(each) for each in listed], default=str))
    else:
        show(story_table(listed))
