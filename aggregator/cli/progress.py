"""Shows the progress of a refresh: a bar on a terminal, lines elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import click

from aggregator.cli.common import printable
from aggregator.model import Visit, VisitResult
from aggregator.plan import advice_on
from aggregator.runtime import Summary, Watcher
from aggregator.text.urls import without_keys

if TYPE_CHECKING:
    from rich.progress import Progress

RESULTS: dict[VisitResult, str] = {"fresh": "OK", "same": "unchanged", "failed": "failed"}
verbosely: Callable[[Any], Any] = click.option(
    "-v", "--verbose", is_flag=True, help="Print a line per visit."
)


def summary_words(summary: Summary) -> str:
    return (
        f"sources: {summary.ok} ok, {summary.unchanged} unchanged, {summary.failed} failed; "
        f"entries: {summary.added} new, {summary.edited} edited; "
        f"stories: {summary.new} new, {summary.grown} grown"
    )


def lines(visit: Visit, verbose: bool = False, quiet: bool = False) -> list[str]:
    """One line per fault; with `verbose` also one per visit, with `quiet` only for visits that failed."""
    if quiet and visit.result != "failed":
        return []
    said = [*([visit_words(visit)] if verbose else []), *visit.notes]
    if visit.result == "failed" and said and (advice := advice_on(1, visit)):
        said[-1] += f"; {advice}"
    return [printable(without_keys(f"{visit.source}: {each}")) for each in said]


def visit_words(visit: Visit) -> str:
    status = f" ({visit.status})" if visit.status else ""
    return f"{RESULTS[visit.result]}{status}, {visit.size / 1000:.0f} kB in {visit.seconds:.1f} s"


class Lines:
    """Prints one line per fault on stderr."""

    def __init__(self, verbose: bool = False, quiet: bool = False) -> None:
        self.verbose, self.quiet = verbose, quiet

    def expect(self, jobs: int) -> None:
        pass

    def visited(self, visit: Visit) -> None:
        with suppress(OSError):  # a full or closed log must not stop the visits
            for line in lines(visit, self.verbose, self.quiet):
                click.echo(line, err=True)


class ProgressBar:
    """Shows a progress bar on stderr, with the faults above it."""

    def __init__(self, bar: "Progress", verbose: bool = False) -> None:
        self.bar = bar
        self.verbose = verbose
        self.expected = 0
        self.task = bar.add_task("visiting", total=None)

    def expect(self, jobs: int) -> None:
        self.expected += jobs
        self.bar.update(self.task, total=self.expected)

    def visited(self, visit: Visit) -> None:
        self.bar.advance(self.task)
        for line in lines(visit, self.verbose):
            self.bar.console.print(line, markup=False, highlight=False)


@contextmanager
def watching(verbose: bool = False, quiet: bool = False) -> Iterator[Watcher]:
    if quiet or not (sys.stderr and sys.stderr.isatty()):
        yield Lines(verbose, quiet)
        return
    # Loading these takes longer than a refresh that finds nothing new.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        yield ProgressBar(bar, verbose)
