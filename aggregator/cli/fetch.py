"""The command `fetch`: one refresh."""

import json
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import click

from aggregator.cli.common import as_json, leave, loaded, now, share_memory, with_config
from aggregator.cli.progress import summary_words, watching
from aggregator.daemon.clock import read_clocks
from aggregator.errors import ConfigError
from aggregator.publish.publish import clear_up
from aggregator.refresh import refresh_all, refresh_due, refresh_named
from aggregator.runtime import new_runtime
from aggregator.store import Store
from aggregator.websub.post import hub_client
from aggregator.websub.publisher import announce


@click.command()
@with_config
@click.argument("names", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Visit every source, due or not.")
@as_json
def fetch(config_file: str | None, names: tuple[str, ...], everything: bool, as_json: bool) -> int:
    """Fetch due (or named, or all) sources once, publish, and exit."""
    config = loaded(config_file)
    known = [source.name for source in config.sources]
    strangers = [name for name in names if name not in known]
    if strangers:
        raise ConfigError(
            *(f"no source is named {name!r}: `aggregator sources` lists them" for name in strangers)
        )
    share_memory()
    pool = ThreadPoolExecutor(config.fetch.workers)
    with Store(config.store.path) as store, watching() as watcher, stoppable() as halt:
        runtime = new_runtime(config, pool, now, watcher, halt.event)
        with store.writing():
            store.timeline.follow(read_clocks(now()))
        clear_up(store, config)
        if names:
            summary = refresh_named(store, runtime, names)
        else:
            summary = (refresh_all if everything else refresh_due)(store, runtime)
        if client := hub_client(runtime, pool):
            announce(store, config, client)
        coming = store.sources.next_due()
    pool.shutdown(wait=False, cancel_futures=True)
    if as_json:
        click.echo(json.dumps(summary.counts()))
    else:
        click.echo(summary_words(summary))
        if not summary.visits and coming:
            click.echo(f"Nothing is due before {coming:%Y-%m-%d %H:%M} UTC; --all visits everything now.")
    if halt.signal:
        leave(128 + halt.signal)
    return 1 if summary.failed else 0


@dataclass(slots=True)
class Halt:
    """Whether a signal has stopped us, and which one."""

    event: threading.Event = field(default_factory=threading.Event)
    signal: int = 0

    def __call__(self, signum: int, _: object) -> None:
        self.signal = signum
        self.event.set()


@contextmanager
def stoppable() -> Iterator[Halt]:
    """Ctrl-C and SIGTERM end a fetch in good order: what has arrived is stored and published."""
    halt = Halt()
    before = {each: signal.signal(each, halt) for each in (signal.SIGINT, signal.SIGTERM)}
    yield halt
    for each, handler in before.items():
        signal.signal(each, handler)
