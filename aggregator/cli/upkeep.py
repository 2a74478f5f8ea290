"""The commands that look after the database: backup, verify, repair, doctor."""

import os
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import click

from aggregator.cli.answers import answer, as_json, print_json, quietly
from aggregator.cli.common import how_many, loaded, located, now, printable, with_config
from aggregator.config import Config, load
from aggregator.doctor import Machine, diagnose
from aggregator.errors import SourceError
from aggregator.model import Finding
from aggregator.parse import parse
from aggregator.publish.verify import Verified
from aggregator.publish.verify import verify_store as examined
from aggregator.render.iri import uri
from aggregator.runtime import do_nothing, visit_options
from aggregator.store import Store
from aggregator.store.backup import back_up
from aggregator.store.repair import repair_database
from aggregator.visit.document import fetch_alone
from aggregator.visit.worker import context

NAMED = 20  # missing entries that are listed


@click.command()
@with_config
@click.argument("file", type=click.Path(path_type=Path))
@quietly
@as_json
def backup(config_file: str | None, file: Path, as_json: bool) -> None:
    """Copy the database into FILE, also while the daemon runs; an earlier copy there is replaced."""
    size = back_up(loaded(config_file).store.path, file, do_nothing)
    answer(as_json, {"file": file, "bytes": size}, f"{file}: {size / 1e6:.1f} MB")


@click.command()
@with_config
@as_json
def verify(config_file: str | None, as_json: bool) -> int:
    """Check the database, its stories and the published files; exit 1 if anything is wrong."""
    config = loaded(config_file)
    with Store.reading(config.store.path) as store, store.translating_errors():
        found = examined(store, config)
        titles = store.details.titles(found.invisible[:NAMED])
    if as_json:
        print_json(found)
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
    waiting = f", of which {found.waiting} not grouped yet," if found.waiting else ""
    return f"{how_many(found.entries, 'entry')}{waiting} in {how_many(found.stories, 'story')}"


@click.command()
@with_config
@click.argument("new", type=click.Path(path_type=Path))
@as_json
def repair(config_file: str | None, new: Path, as_json: bool) -> None:
    """Save what can be read of a damaged database into NEW; the damaged one stays as it is."""
    database = loaded(config_file).store.path
    done = repair_database(database, new, now())
    if as_json:
        print_json(done)
        return
    saved = how_many(done.entries, "entry"), how_many(done.stories, "story"), how_many(done.sources, "source")
    click.echo("{}: {} in {} of {}".format(new, *saved))
    lost = (
        f"at least {how_many(done.lost_entries, 'entry')}"
        if done.lost_entries
        else "nothing that is known of"
    )
    click.echo(
        f"lost: {lost}; unreadable: {done.unreadable_pages} of {how_many(done.pages, 'page')},"
        f" and {how_many(done.unreadable_rows, 'row')} elsewhere"
    )
    click.echo(
        f"made anew: {how_many(done.renewed_stories, 'story')};"
        f" to be grouped again at the next refresh: {how_many(done.regrouped_entries, 'entry')}"
    )
    click.echo(f"In its place: stop the service, remove {database}-wal and -shm, and move {new} over it.")


@click.command()
@with_config
@as_json
def doctor(config_file: str | None, as_json: bool) -> int:
    """Find what stops it from working, or soon will; exit 1 if anything needs your attention."""
    path = located(config_file)
    config = load(path, os.environ)
    found = list(diagnose(config, path, now(), Machine(reach=partial(unreadable, config))))
    if as_json:
        print_json(found)
    elif found:
        list_findings(found)
    else:
        click.echo("nothing is wrong")
    return 1 if found else 0


def unreadable(config: Config, url: str) -> str:
    """Why a feed of ours cannot be read, or "". Our own server alone may stand in a private network."""
    parts = urlsplit(uri(url) or url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    doors = tuple(f"{host}:{port}" for port in {parts.port or 443, 443, 80})
    options = visit_options(config)
    held = context(replace(options, networks=(*options.networks, *doors)))
    try:
        parse(fetch_alone(url, held, now()).documents[0], held.limits)
    except SourceError as e:
        return e.note
    return ""
