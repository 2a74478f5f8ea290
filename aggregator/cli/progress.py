"""How a refresh is told while it runs: a bar where someone watches, lines where not."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from aggregator.cli.plain import printable
from aggregator.model import Visit
from aggregator.runtime import Summary, Watcher


def summary_words(summary: Summary) -> str:
    return (
        f"sources: {summary.ok} ok, {summary.unchanged} unchanged, {summary.failed} failed; "
        f"entries: {summary.added} new, {summary.edited} edited; "
        f"stories: {summary.new} new, {summary.grown} grown"
    )


def lines(visit: Visit) -> list[str]:
    """One for each fault."""
    return [printable(f"{visit.source}: {note}") for note in visit.notes]


class Lines:
    """A line on stderr for each fault."""

    def expect(self, jobs: int) -> None:
        pass

    def visited(self, visit: Visit) -> None:
        with suppress(OSError):  # a log that is full or gone must not end the visits
            for line in lines(visit):
                click.echo(line, err=True)


class ProgressBar:
    """A progress bar on stderr, the faults above it."""

    def __init__(self, bar: Progress) -> None:
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
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Lines()
        return
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        yield ProgressBar(bar)
