"""What several commands share."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from aggregator import __version__
from aggregator.config import Config, find, load
from aggregator.work import Manners


def before_or_here(context: click.Context, _: click.Parameter, file: str | None) -> str | None:
    """People write --config before the command as well as behind it."""
    if file is not None:
        context.find_root().obj = file
    return file or context.find_root().obj


with_config: Callable[[Any], Any] = click.option(
    "--config",
    "config_file",
    metavar="FILE",
    callback=before_or_here,
    help="Else $AGGREGATOR_CONFIG, else ./config/aggregator.toml.",
)
as_json: Callable[[Any], Any] = click.option("--json", "as_json", is_flag=True, help="Machine-readable.")


def now() -> datetime:
    return datetime.now(UTC)


def located(config_file: str | None) -> Path:
    return find(config_file, os.environ)


def loaded(config_file: str | None) -> Config:
    return load(located(config_file))


def manners(config: Config) -> Manners:
    fetch = config.fetch
    contact = f" (+{fetch.contact})" if fetch.contact else ""
    return Manners(
        agent=f"aggregator/{__version__}{contact}",
        deadline=fetch.timeout,
        size=fetch.max_size,
        networks=fetch.allow_networks,
        ports=fetch.allow_ports,
    )


def listening(config: Config, host: str | None, port: int | None) -> Config:
    at = config.serve
    return replace(config, serve=replace(at, host=host or at.host, port=at.port if port is None else port))
