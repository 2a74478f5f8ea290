"""Tables of sources and stories for the terminal."""

from collections.abc import Iterator
from datetime import datetime

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from aggregator.cli.common import printable
from aggregator.model import Health, Story
from aggregator.render.page_filters import headline

WIDEST = 1_000_000  # columns of a table that is not for a terminal


def sources_listing(listed: list[Health], now: datetime) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("SOURCE", "LAST VISIT", "RESULT", "ENTRIES", "NEXT VISIT", "REASON"):
        table.add_column(name, overflow="fold")
    for each in listed:
        table.add_row(
            Text(printable(each.name)),
            ago(each.visited, now),
            Text(result(each, now)),
            str(each.entries),
            ahead(each.due, now),
            Text(printable("; ".join(filter(None, (each.reason, each.hub))))),
            style="red" if each.result == "failed" else "",
        )
    return table


def further_notes(listed: list[Health]) -> Iterator[str]:
    """The notes for which a table's row has no room."""
    for each in listed:
        yield from (printable(f"{each.name}: {note}") for note in each.notes[1:])


def result(each: Health, now: datetime) -> str:
    """The result of the latest visit; for a failing source also when it was last read."""
    if each.result == "failed":
        return f"failed, last read {ago(each.succeeded, now)}" if each.succeeded else "failed, never read"
    return {"": "never visited", "fresh": "OK", "same": "unchanged"}[each.result]


def story_table(listed: list[Story]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("STORY", "REPORTS", "PUBLISHED (UTC)", "TITLE", "REPORTED BY"):
        table.add_column(name, overflow="fold")
    for story in listed:
        reports = (story.lead, *story.others)
        table.add_row(
            str(story.number),
            str(len(reports)),
            f"{story.published:%Y-%m-%d %H:%M}",
            Text(printable(headline(story.lead.entry))),
            Text(printable(", ".join(dict.fromkeys(report.source_title for report in reports)))),
        )
    return table


def print_table(table: Table) -> None:
    """Prints to stdout; not on a terminal at full width, so that each row is one line for grep."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDEST)
    # Not printed by the console, which would exit by itself when the reader of a pipe has ended.
    with console.capture() as printed:
        console.print(table)
    for line in printed.get().splitlines():
        click.echo(line.rstrip())


def ago(moment: datetime | None, now: datetime) -> str:
    return f"{short_span((now - moment).total_seconds())} ago" if moment else "never"


def ahead(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return "never"
    seconds = (moment - now).total_seconds()
    return f"in {short_span(seconds)}" if seconds > 0 else "now"


def short_span(seconds: float) -> str:
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{max(seconds, 0):.0f} s"
