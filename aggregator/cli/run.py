"""The commands `run` and `serve`, which run until they are stopped."""

from concurrent.futures import ThreadPoolExecutor

import click

from aggregator.cli.common import leave, listening, located, now, printable, say, with_config
from aggregator.cli.progress import summary_words, watching
from aggregator.config import MAIN, Config, all_outputs
from aggregator.daemon.daemon import Daemon, only_serve
from aggregator.daemon.reload import watch
from aggregator.daemon.server import listen, local_address
from aggregator.model import file_name
from aggregator.runtime import new_runtime
from aggregator.store import Store


@click.command()
@with_config
@click.option("--host", help="Override [serve] host.")
@click.option("--port", type=click.IntRange(0, 65535), help="Override [serve] port.")
def run(config_file: str | None, host: str | None, port: int | None) -> None:
    """Visit the sources when they are due, and serve the feeds, until SIGTERM."""
    file = watch(located(config_file), say_plainly)
    config = file.config
    Store(config.store.path).close()  # report an unusable database before anything starts
    door = listen(listening(config, host, port))
    click.echo(f"Merged feed: {local_address(door)}{feed_name(config)}")
    with ThreadPoolExecutor(config.fetch.workers) as pool, watching() as watcher:
        runtime = new_runtime(config, pool, now, watcher)
        Daemon(runtime, lambda summary: say(summary_words(summary)), file).run(door)
        leave(0)


@click.command()
@with_config
@click.option("--host", help="Override [serve] host.")
@click.option("--port", type=click.IntRange(0, 65535), help="Override [serve] port.")
def serve(config_file: str | None, host: str | None, port: int | None) -> None:
    """Serve the published files, until SIGTERM."""
    file = watch(located(config_file), say_plainly)
    config = file.config
    door = listen(listening(config, host, port))
    click.echo(f"Merged feed: {local_address(door)}{feed_name(config)}")
    only_serve(config, door, file.newer)


def say_plainly(line: str, fault: bool) -> None:
    say(printable(line), err=fault)


def feed_name(config: Config) -> str:
    formats = all_outputs(config)[0].formats
    return file_name(MAIN, None, "atom" if "atom" in formats else formats[0])
