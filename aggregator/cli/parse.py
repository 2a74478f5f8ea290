"""The command `parse`: the first thing to try when a feed looks wrong."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from aggregator.cli.answers import print_json
from aggregator.cli.common import loaded, now, tell, with_config
from aggregator.cli.describe import describe
from aggregator.config import Config
from aggregator.errors import ConfigError, SourceError
from aggregator.model import Document
from aggregator.plan import note_with_advice
from aggregator.runtime import visit_options
from aggregator.text.urls import without_feed_scheme
from aggregator.visit.document import fetch_alone, read_alone
from aggregator.visit.visit import LIMITS
from aggregator.visit.worker import context


@click.command()
@with_config
@click.argument("document", metavar="FILE|URL|-")
def parse(config_file: str | None, document: str) -> int:
    """Show how a document is parsed, as JSON, with warnings and repairs."""
    try:
        found = located_document(document, config_file)
        read = read_alone(found, document, LIMITS, now())
    except SourceError as e:
        tell(f"{document}: {note_with_advice(e).removeprefix(f'{Path(document).name}: ')}")
        return 1
    print_json(describe(read), indent=2)
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
    request = next((each.request for each in config.sources if each.address == url), None)
    return fetch_alone(url, context(visit_options(config)), now(), request).documents[0]


def configured(config_file: str | None) -> Config:
    """The defaults if there is no configuration file and none was named."""
    try:
        return loaded(config_file)
    except ConfigError:
        if config_file:
            raise
        return Config()
