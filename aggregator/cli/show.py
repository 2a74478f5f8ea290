"""What is, without changing it."""

import json
from dataclasses import asdict

import click

from aggregator.cli.common import as_json, loaded, located, now, with_config
from aggregator.cli.plain import printable
from aggregator.cli.tables import show, sources_listing, story_table
from aggregator.config import examine
from aggregator.model import Health
from aggregator.publish.verify import Verified
from aggregator.publish.verify import verify_store as examined
from aggregator.store import Store

NAMED = 20  # of the entries that are missing


@click.command()
@with_config
def check(config_file: str | None) -> None:
    """Say everything that is wrong with the configuration."""
    path = located(config_file)
    config = examine(path)
    click.echo(f"{path}: fine, {len(config.sources)} sources")


@click.command()
@with_config
@as_json
def sources(config_file: str | None, as_json: bool) -> None:
    """List the sources: how they are, when they are visited next and why then."""
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


@click.command()
@with_config
@as_json
def verify(config_file: str | None, as_json: bool) -> int:
    """Count the entries that no reader meets; exit 1 when there are any."""
    with Store.reading(loaded(config_file).store.path) as store, store.told():
        found = examined(store)
        titles = store.accounts.titles(found.invisible[:NAMED])
    if as_json:
        click.echo(json.dumps(asdict(found)))
    else:
        click.echo(f"{counts_line(found)}: {len(found.invisible)} that no reader meets")
        for entry, title in sorted(titles.items()):
            click.echo(f"entry {entry}: {printable(title)}")
    return 1 if found.invisible else 0


def counts_line(found: Verified) -> str:
    entries = "1 entry" if found.entries == 1 else f"{found.entries} entries"
    waiting = f", of which {found.waiting} not placed yet," if found.waiting else ""
    stories = "1 story" if found.stories == 1 else f"{found.stories} stories"
    return f"{entries}{waiting} in {stories}"
