"""Commands for who looks after the database."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from aggregator.cli.common import as_json, loaded, printable, with_config
from aggregator.model import Finding
from aggregator.publish.verify import Verified
from aggregator.publish.verify import verify_store as examined
from aggregator.runtime import do_nothing
from aggregator.store import Store
from aggregator.store.backup import back_up

NAMED = 20  # missing entries that are listed


@click.command()
@with_config
@click.argument("file", type=click.Path(path_type=Path))
def backup(config_file: str | None, file: Path) -> None:
    """Copy the database into FILE, also while the daemon runs; an earlier copy there is replaced."""
    size = back_up(loaded(config_file).store.path, file, do_nothing)
    click.echo(f"{file}: {size / 1e6:.1f} MB")


@click.command()
@with_config
@as_json
def verify(config_file: str | None, as_json: bool) -> int:
    """Check the database, its stories and the published files; exit 1 if anything is wrong."""
    config = loaded(config_file)
    with Store.reading(config.store.path) as store, store.told():
        found = examined(store, config)
        titles = store.accounts.titles(found.invisible[:NAMED])
    if as_json:
        click.echo(json.dumps(asdict(found)))
    else:
        if found.entries or not found.findings:
            click.echo(f"{counts_line(found)}: {len(found.invisible)} missing")
        list_findings(found.findings)
        for entry, title in sorted(titles.items()):
            click.echo(f"entry {entry}: {printable(title)}")
    return 1 if found.findings else 0


def list_findings(findings: Iterable[Finding]) -> None:
    for each in findings:
        click.echo(printable(f"{each.fault}: {each.remedy}"))


def counts_line(found: Verified) -> str:
    entries = "1 entry" if found.entries == 1 else f"{found.entries} entries"
    waiting = f", of which {found.waiting} not grouped yet," if found.waiting else ""
    stories = "1 story" if found.stories == 1 else f"{found.stories} stories"
    return f"{entries}{waiting} in {stories}"
