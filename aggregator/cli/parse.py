"""The command `parse`: the first thing to try when a feed looks wrong."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from aggregator.cli.answers import print_json
from aggregator.cli.common import loaded, now, tell, with_config
from aggregator.cli.describe import describe
from aggregator.errors import ConfigError, SourceError
from aggregator.fetch import fetch
from aggregator.model import Document, Job
from aggregator.runtime import visit_options
from aggregator.visit.document import read_alone
from aggregator.visit.visit import LIMITS
from aggregator.visit.worker import VisitOptions, context


@click.command()
@with_config
@click.argument("document", metavar="FILE|URL|-")
def parse(config_file: str | None, document: str) -> int:
    """Show how a document is parsed, as JSON, with warnings and repairs."""
    try:
        found = located_document(document, config_file)
        read = read_alone(found, document, LIMITS, now())
    except SourceError as e:
        tell(f"{document}: {e.note}")
        return 1
    print_json(describe(read), indent=2)
    return 0


def located_document(document: str, config_file: str | None) -> Document:
    """Raises SourceError, ConfigError."""
    if document == "-":
        return Document(sys.stdin.buffer.read(LIMITS.size + 1), url="", name="standard input")
    if "://" in document:
        held = context(polite(config_file))
        return fetch(Job(source=document, kind="url", address=document), held.web, now()).documents[0]
    try:
        path = Path(document)
        modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        return Document(path.read_bytes(), url="", modified=modified, name=path.name)
    except OSError as e:
        raise ConfigError(f"{document}: {os.strerror(e.errno or 0)}") from e


def polite(config_file: str | None) -> VisitOptions:
    """The configured options; the defaults if there is no configuration file and none was named."""
    try:
        return visit_options(loaded(config_file))
    except ConfigError:
        if config_file:
            raise
        return VisitOptions(agent="aggregator")
