"""Commands for who looks after the database."""

from pathlib import Path

import click

from aggregator.cli.common import loaded, with_config
from aggregator.runtime import do_nothing
from aggregator.store.backup import back_up


@click.command()
@with_config
@click.argument("file", type=click.Path(path_type=Path))
def backup(config_file: str | None, file: Path) -> None:
    """Copy the database into FILE, also while the daemon runs; an earlier copy there is replaced."""
    size = back_up(loaded(config_file).store.path, file, do_nothing)
    click.echo(f"{file}: {size / 1e6:.1f} MB")
