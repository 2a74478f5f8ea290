"""The command `parse`: the first thing to try when a feed looks wrong."""

import json
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from aggregator.cli.common import loaded, now, with_config
from aggregator.cli.describe import describe
from aggregator.config import Config
from aggregator.errors import ConfigError, SourceError
from aggregator.fetch import fetch
from aggregator.model import Document, Job
from aggregator.parse import parse as read
from aggregator.plan import note_with_advice
from aggregator.runtime import visit_options
from aggregator.text.urls import without_feed_scheme
from aggregator.visit.build_dates import with_evidence
from aggregator.visit.normalise import normalise
from aggregator.visit.notes import entry_notes
from aggregator.visit.read import with_marks
from aggregator.visit.visit import LIMITS
from aggregator.visit.worker import context


@click.command()
@with_config
@click.argument("document", metavar="FILE|URL|-")
def parse(config_file: str | None, document: str) -> int:
    """Show how a document is parsed, as JSON, with warnings and repairs."""
    try:
        found = located_document(document, config_file)
        parsed = read(found, LIMITS)
    except SourceError as e:
        click.echo(f"{document}: {note_with_advice(e)}", err=True)
        return 1
    moment = now()
    entries = [
        normalise(draft, source=document, base=found.url, language=parsed.language, now=moment)
        for draft in parsed.drafts
    ]
    entries = with_evidence(entries, parsed.drafts, moment)
    parsed = replace(parsed, notes=(*parsed.notes, *entry_notes(parsed, list(map(with_marks, entries)))))
    click.echo(json.dumps(describe(parsed, entries), ensure_ascii=False, indent=2))
    return 0


def located_document(document: str, config_file: str | None) -> Document:
    """Raises SourceError, ConfigError."""
    if document == "-":
        return Document(sys.stdin.buffer.read(LIMITS.size + 1), url="", name="standard input")
    if "://" in document:
        return fetched_document(without_feed_scheme(document), configured(config_file))
    try:
        path = Path(document)
        modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        return Document(path.read_bytes(), url="", modified=modified, name=path.name)
    except OSError as e:
        raise ConfigError(f"{document}: {os.strerror(e.errno or 0)}") from e


def fetched_document(url: str, config: Config) -> Document:
    """As a visit fetches it, with the headers and the proxy of the source that has this address."""
    asked = Job(source=url, kind="url", address=url, home=url)
    for source in config.sources:
        if source.address == url:
            asked = replace(asked, request=source.request)
    return fetch(asked, context(visit_options(config)).web, now()).documents[0]


def configured(config_file: str | None) -> Config:
    """The defaults if there is no configuration file and none was named."""
    try:
        return loaded(config_file)
    except ConfigError:
        if config_file:
            raise
        return Config()
