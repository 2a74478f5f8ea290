"""The log of the services: lines for people, or JSON objects, one per line. Hides keys in addresses."""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import click

from aggregator.cli.answers import written_moment
from aggregator.cli.common import printable, say
from aggregator.cli.progress import summary_words, watching
from aggregator.model import Visit
from aggregator.runtime import Summary, Watcher
from aggregator.text.urls import without_keys

LOG = logging.getLogger("aggregator")
FIELDS = "fields"

log_format: Callable[[Any], Any] = click.option(
    "--log-format",
    "log_form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Lines for people, or one JSON object per line; all on stderr.",
)


@dataclass(frozen=True, slots=True)
class Journal:
    """`say`: a line, and whether it is about a fault."""

    say: Callable[[str, bool], None]
    refreshed: Callable[[Summary], None]
    watching: Callable[[], AbstractContextManager[Watcher]]


def open_journal(form: str, verbose: bool = False, quiet: bool = False) -> Journal:
    """`verbose`: with a line per visit, as in JSON always; `quiet`: only what is wrong."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else PlainLines())
    logging.basicConfig(handlers=[handler])
    logging.raiseExceptions = False  # a full or closed log stops no work
    if form == "text":
        if quiet:
            return Journal(say_faults, lambda _: None, partial(watching, quiet=True))
        return Journal(say_plainly, lambda summary: say(summary_words(summary)), partial(watching, verbose))
    LOG.setLevel(logging.WARNING if quiet else logging.INFO)
    return Journal(log_line, log_summary, logging_visits)


class PlainLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return without_keys(super().format(record))


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": written_moment(datetime.fromtimestamp(record.created, UTC), "milliseconds"),
            "level": record.levelname.lower(),
            "message": without_keys(record.getMessage()),
            **getattr(record, FIELDS, {}),
        }
        if record.exc_info:
            line["traceback"] = without_keys(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def say_plainly(line: str, fault: bool) -> None:
    say(printable(without_keys(line)), err=fault)


def say_faults(line: str, fault: bool) -> None:
    if fault:
        say_plainly(line, fault)


def log_line(line: str, fault: bool) -> None:
    LOG.log(logging.ERROR if fault else logging.INFO, "%s", line)


def log_summary(summary: Summary) -> None:
    LOG.info("%s", summary_words(summary), extra={FIELDS: summary.counts()})


class LoggedVisits:
    """A line a visit."""

    def expect(self, jobs: int) -> None:
        pass

    def visited(self, visit: Visit) -> None:
        level = logging.WARNING if visit.result == "failed" else logging.INFO
        fields = {
            "source": visit.source,
            "result": visit.result,
            "status": visit.status,
            "seconds": round(visit.seconds, 3),
            "bytes": visit.size,
            "fault": visit.fault,
            "notes": [without_keys(note) for note in visit.notes],
        }
        LOG.log(level, "%s: %s", visit.source, visit.result, extra={FIELDS: fields})


@contextmanager
def logging_visits() -> Iterator[Watcher]:
    yield LoggedVisits()
