"""What each command does, by handing it to the program below."""

import json
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

import click

from aggregator import __version__, daemon
from aggregator.cli import grouping, parsing, subscribing
from aggregator.cli.common import as_json, listening, loaded, located, manners, now, with_config
from aggregator.cli.progress import watching, words
from aggregator.cli.tables import show, source_table, story_table
from aggregator.config import load
from aggregator.errors import ConfigError
from aggregator.model import Health
from aggregator.refresh import Means, refresh_all, refresh_due, refresh_named
from aggregator.store import Store
from aggregator.work import visit_by


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@with_config
def commands(config_file: str | None) -> None:  # the option itself hands it on
    """One merged feed from many, with every story in it once."""


@commands.command()
@with_config
@click.option("--host", help="Instead of [serve] host.")
@click.option("--port", type=click.IntRange(0, 65535), help="Instead of [serve] port.")
def run(config_file: str | None, host: str | None, port: int | None) -> None:
    """Visit the sources when they are due, and serve, until SIGTERM."""
    config = loaded(config_file)
    Store(config.store.path).close()  # a database that cannot be used is told before anything starts
    door = daemon.listen(listening(config, host, port))
    click.echo(f"Merged feed: {daemon.address(door)}feed.atom")
    with ThreadPoolExecutor(config.fetch.workers) as pool, watching() as watcher:
        means = Means(config, partial(visit_by, manners(config)), pool, now, watcher)
        daemon.run(means, door, lambda summary: click.echo(words(summary)))


@commands.command()
@with_config
@click.argument("names", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Visit every source, due or not.")
@as_json
def fetch(config_file: str | None, names: tuple[str, ...], everything: bool, as_json: bool) -> int:
    """Visit what is due, or the named sources, or all; publish; end."""
    config = loaded(config_file)
    known = [source.name for source in config.sources]
    strangers = [name for name in names if name not in known]
    if strangers:
        raise ConfigError(
            *(f"no source is named {name!r}: `aggregator sources` lists them" for name in strangers)
        )
    pool = ThreadPoolExecutor(config.fetch.workers)
    with Store(config.store.path) as store, watching() as watcher, stoppable() as halt:
        means = Means(config, partial(visit_by, manners(config)), pool, now, watcher, halt.event)
        if names:
            summary = refresh_named(store, means, names)
        else:
            summary = (refresh_all if everything else refresh_due)(store, means)
        coming = store.sources.next_due()
    pool.shutdown(wait=False, cancel_futures=True)
    if as_json:
        click.echo(json.dumps(summary.counts()))
    else:
        click.echo(words(summary))
        if not summary.visits and coming:
            click.echo(f"Nothing is due before {coming:%Y-%m-%d %H:%M} UTC; --all visits everything now.")
    if halt.signal:
        daemon.leave(128 + halt.signal)
    return 1 if summary.failed else 0


@dataclass(slots=True)
class Halt:
    """Whether we were told to stop, and by which signal."""

    event: threading.Event = field(default_factory=threading.Event)
    signal: int = 0

    def __call__(self, signum: int, _: object) -> None:
        self.signal = signum
        self.event.set()


@contextmanager
def stoppable() -> Iterator[Halt]:
    """Ctrl-C and SIGTERM end a fetch in order: what has come is kept and published."""
    halt = Halt()
    before = {each: signal.signal(each, halt) for each in (signal.SIGINT, signal.SIGTERM)}
    yield halt
    for each, handler in before.items():
        signal.signal(each, handler)


@commands.command()
@with_config
@click.option("--host", help="Instead of [serve] host.")
@click.option("--port", type=click.IntRange(0, 65535), help="Instead of [serve] port.")
def serve(config_file: str | None, host: str | None, port: int | None) -> None:
    """Serve what is published, until SIGTERM."""
    config = loaded(config_file)
    door = daemon.listen(listening(config, host, port))
    click.echo(f"Merged feed: {daemon.address(door)}feed.atom")
    daemon.serve(config, door)


@commands.command()
@with_config
def check(config_file: str | None) -> None:
    """Say everything that is wrong with the configuration."""
    path = located(config_file)
    config = load(path)
    absent = [
        f"{path}: source {source.name!r}: {source.address}: there is no such {source.kind}"
        for source in config.sources
        if source.kind != "url" and not Path(source.address).exists()
    ]
    if absent:
        raise ConfigError(*absent)
    click.echo(f"{path}: fine, {len(config.sources)} sources")


@commands.command()
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
        show(source_table(listed, now()))


@commands.command()
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


for module, names in (
    (subscribing, ("add", "remove", "import_", "export")),
    (parsing, ("parse",)),
    (grouping, ("explain", "split", "merge", "never", "regroup", "group")),
):
    for name in names:
        commands.add_command(getattr(module, name))
