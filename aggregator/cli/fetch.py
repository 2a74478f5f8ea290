"""The command `fetch`: one refresh."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import click

from aggregator.api import refresh_sources
from aggregator.cli.answers import answer, as_json, is_quiet, quietly
from aggregator.cli.common import leave, loaded, share_memory, with_config
from aggregator.cli.dry_run import failed_visits, sifted_lines, sifted_value, try_out
from aggregator.cli.names import source_names
from aggregator.cli.progress import summary_words, verbosely, watching
from aggregator.config import Config
from aggregator.runtime import Summary
from aggregator.store import Store


@click.command()
@with_config
@click.argument("names", metavar="[SOURCE]...", nargs=-1, shell_complete=source_names)
@click.option("--all", "everything", is_flag=True, help="Visit every source, due or not.")
@click.option("--dry-run", "dry", is_flag=True, help="Visit and list what is new, but write nothing.")
@verbosely
@quietly
@as_json
def fetch(
    config_file: str | None,
    names: tuple[str, ...],
    everything: bool,
    dry: bool,
    verbose: bool,
    as_json: bool,
) -> int:
    """Fetch due (or named, or all) sources once, publish, and exit."""
    config = loaded(config_file)
    share_memory()
    with watching(verbose, is_quiet()) as watcher, stoppable() as halt:
        if dry:
            found = try_out(config, names, everything, watcher, halt.event)
        else:
            summary = refresh_sources(config, names, everything=everything, watcher=watcher, stop=halt.event)
    # Not before the progress bar has gone.
    if dry:
        failed = failed_visits(found)
        answer(as_json, [*map(sifted_value, found)], *sifted_lines(found))
    else:
        failed = summary.failed
        answer(as_json, summary.counts(), summary_words(summary), *hint(config, summary))
    if halt.signal:
        leave(128 + halt.signal)
    return 1 if failed else 0


def hint(config: Config, summary: Summary) -> list[str]:
    """When something is due, if nothing was."""
    if summary.visits:
        return []
    with Store.reading(config.store.path) as store, store.translating_errors():
        coming = store.sources.next_due()
    if coming is None:
        return []
    return [f"Nothing is due before {coming:%Y-%m-%d %H:%M} UTC; --all visits everything now."]


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
