"""Shows the progress of a refresh: a bar on a terminal, lines elsewhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import click

from aggregator.cli.common import printable
from aggregator.model import Visit
from aggregator.runtime import Summary, Watcher
from aggregator.text.urls import without_keys

if TYPE_CHECKING:
    from rich.progress import Progress


def summary_words(summary: Summary) -> str:
    return (
        f"sources: {summary.ok} ok, {summary.unchanged} unchanged, {summary.failed} failed; "
        f"entries: {summary.added} new, {summary.edited} edited; "
        f"stories: {summary.new} new, {summary.grown} grown"
    )


def lines(visit: Visit) -> list[str]:
    """One line per fault."""
    return [printable(without_keys(f"{visit.source}: {note}")) for note in visit.notes]


class Lines:
    """Prints one line per fault on stderr."""

    def expect(self, jobs: int) -> None:
        pass

    def visited(self, visit: Visit) -> None:
        with suppress(OSError):  # a full or closed log must not stop the visits
            for line in lines(visit):
                click.echo(line, err=True)


class ProgressBar:
    """Shows a progress bar on stderr, with the faults above it."""

    def __init__(self, bar: "Progress") -> None:
        self.bar = bar
        self.expected = 0
        self.task = bar.add_task("visiting", total=None)

    def expect(self, jobs: int) -> None:
        self.expected += jobs
        self.bar.update(self.task, total=self.expected)

    def visited(self, visit: Visit) -> None:
        self.bar.advance(self.task)
        for line in lines(visit):
            self.bar.console.print(line, markup=False, highlight=False)


@contextmanager
def watching() -> Iterator[Watcher]:
    if not (sys.stderr and sys.stderr.isatty()):
        yield Lines()
        return
    # Loading these takes longer than a refresh that finds nothing new.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        yield ProgressBar(bar)
