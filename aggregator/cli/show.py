"""Commands that only read: configuration, sources, stories."""

import os
from dataclasses import replace
from itertools import islice

import click

from aggregator.cli.answers import answer, as_json, print_json, quietly
from aggregator.cli.common import how_many, limited, loaded, located, now, printable, with_config
from aggregator.cli.names import source_names
from aggregator.cli.settings import settings_lines
from aggregator.cli.tables import further_notes, print_table, sources_listing, story_table
from aggregator.config import examine, idle_settings, known_sources
from aggregator.errors import ConfigError
from aggregator.model import Health, Story
from aggregator.store import Store
from aggregator.text.alike import condensed
from aggregator.text.urls import shareable

EVERY = 2**62  # stories: as many as there are


@click.command()
@with_config
@quietly
@as_json
@click.option("--show", "all_settings", is_flag=True, help="Print every setting and where it comes from.")
def check(config_file: str | None, as_json: bool, all_settings: bool) -> int:
    """Check the configuration."""
    path = located(config_file)
    try:
        config = examine(path, os.environ)
    except ConfigError as e:
        if not as_json:
            raise ConfigError(*condensed(e.faults)) from e
        print_json({"file": path, "faults": e.faults, "notes": []})
        return 2
    count = len(config.sources)
    line = f"{path}: OK: {how_many(count, 'source')}"
    notes = list(idle_settings(config))
    if all_settings and not as_json:
        line = "\n".join((*settings_lines(config, path, os.environ), f"# {line}"))
    value = {"file": path, "sources": count, "faults": [], "notes": notes}
    answer(as_json, value, *(printable(f"{path}: note: {note}") for note in notes), line)
    return 0


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
        print_json([replace(each, address=shareable(each.address)) for each in listed])
    else:
        print_table(sources_listing(listed, now()))
        for note in further_notes(listed):
            click.echo(note)


@click.command()
@with_config
@limited
@click.option("--source", metavar="NAME", shell_complete=source_names, help="Only stories that it reports.")
@as_json
def stories(config_file: str | None, limit: int, source: str | None, as_json: bool) -> None:
    """List the newest stories and who reports them."""
    config = loaded(config_file)
    with Store.reading(config.store.path) as store, store.translating_errors():
        if source and not store.statuses.named(source):  # one that was removed keeps its stories
            known_sources(config, [source])
        listed = of_source(store, source, limit) if source else store.stories.newest(limit)
    if as_json:
        print_json(listed)
    else:
        print_table(story_table(listed))


def of_source(store: Store, name: str, limit: int) -> list[Story]:
    """The newest `limit` stories that this source reports, however many others are newer."""
    return list(islice(store.stories.recent(EVERY, sources=[name]), limit))
