"""The commands `run` and `serve`, which run until they are stopped."""

import os
import socket

import click

from aggregator.cli.answers import is_quiet, quietly
from aggregator.cli.common import leave, listening, located, now, share_memory, with_config
from aggregator.cli.log import Journal, log_format, open_journal
from aggregator.cli.progress import verbosely
from aggregator.config import MAIN, Config, all_outputs, token_files
from aggregator.daemon.daemon import Daemon, only_serve
from aggregator.daemon.reload import watch
from aggregator.daemon.server import listen, local_address
from aggregator.model import file_name
from aggregator.runtime import new_pool, new_runtime
from aggregator.store import Store


@click.command()
@with_config
@click.option("--host", metavar="HOST", help="Override [serve] host.")
@click.option("--port", metavar="PORT", type=click.IntRange(0, 65535), help="Override [serve] port.")
@log_format
@verbosely
@quietly
def run(config_file: str | None, host: str | None, port: int | None, log_form: str, verbose: bool) -> None:
    """Visit the sources when they are due, and serve the feeds, until SIGTERM."""
    journal = open_journal(log_form, verbose, is_quiet())
    file = watch(located(config_file), journal.say, os.environ)
    config = file.config
    Store(config.store.path).close()  # report an unusable database before anything starts
    door = listen(listening(config, host, port))
    say_addresses(journal, config, door)
    share_memory()
    with new_pool(config) as pool, journal.watching() as watcher:
        runtime = new_runtime(config, pool, now, watcher)
        Daemon(runtime, journal.refreshed, file).run(door)
        leave(0)


@click.command()
@with_config
@click.option("--host", metavar="HOST", help="Override [serve] host.")
@click.option("--port", metavar="PORT", type=click.IntRange(0, 65535), help="Override [serve] port.")
@log_format
@quietly
def serve(config_file: str | None, host: str | None, port: int | None, log_form: str) -> None:
    """Serve the published files, until SIGTERM."""
    journal = open_journal(log_form, quiet=is_quiet())
    file = watch(located(config_file), journal.say, os.environ)
    config = file.config
    door = listen(listening(config, host, port))
    say_addresses(journal, config, door)
    only_serve(config, door, file.newer)


def say_addresses(journal: Journal, config: Config, door: socket.socket) -> None:
    """The pages only where there are any: none, where the main feed is secret."""
    journal.say(f"Merged feed: {local_address(door)}{feed_name(config)}", False)
    if MAIN not in token_files(config):
        journal.say(f"Pages: {local_address(door)}", False)


def feed_name(config: Config) -> str:
    formats = all_outputs(config)[0].formats
    return file_name(MAIN, None, "atom" if "atom" in formats else formats[0])
