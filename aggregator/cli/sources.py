"""Commands that add, remove, import and export sources."""

import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import click

from aggregator.cli.answers import answer, as_json, quietly
from aggregator.cli.common import how_many, loaded, located, now, printable, say, tell, with_config
from aggregator.cli.names import source_names
from aggregator.config import Config, default_path, exists, load_text, read_config_text
from aggregator.config.check import refusals
from aggregator.errors import ConfigError, SourceError
from aggregator.model import Source
from aggregator.parse import parse
from aggregator.plan import note_with_advice
from aggregator.runtime import visit_options
from aggregator.store import Store
from aggregator.subscriptions import (
    Found,
    PageLook,
    add_sources,
    discover,
    printable_line,
    read_opml,
    remove_source,
    typed_address,
    write_opml,
)
from aggregator.text.alike import condensed
from aggregator.visit.document import fetch_alone
from aggregator.visit.worker import context

NEW = "# The sources of the merged feed. docs/configuration.md lists all other settings.\n"


@click.command()
@with_config
@click.argument("url")
@click.option("--name", help="Default: the feed's own title.")
@click.option("--tag", "tags", multiple=True, help="May be given more than once.")
@quietly
@as_json
def add(config_file: str | None, url: str, name: str | None, tags: tuple[str, ...], as_json: bool) -> int:
    """Add a feed, or the feed of a page, to the configuration."""
    path, text = found_or_new(config_file)
    config = load_text(text, path, os.environ)
    if Path(url).expanduser().exists():
        raise ConfigError(
            f"{url}: a file or folder: write `file = ` or `folder = ` under a [[source]] in {path}"
        )
    address = typed_address(url)
    try:
        found = discover(address, lambda each: look(each, config))
    except SourceError as e:
        tell(f"{address}: {printable(note_with_advice(e))}")
        return 1
    if not found:
        tell(f"{address}: neither a feed nor a page that links to one")
        return 1
    chosen = named_source(found[0], name, tags, config)
    rewrite(path, readable(add_sources(text, [chosen], config.fetch.every), path))
    best, *others = found
    answer(
        as_json,
        {
            "name": chosen.name,
            "url": chosen.address,
            "how": best.how,
            "entries": best.entries,
            "others": others,
        },
        f"{path}: added {chosen.name}: {chosen.address} ({best.how}, {how_many(best.entries, 'entry')})",
        *(
            f"also found: {each.url} ({printable_line(each.title)}, {how_many(each.entries, 'entry')})"
            for each in others
        ),
    )
    return 0


@click.command()
@with_config
@click.argument("name", shell_complete=source_names)
@quietly
@as_json
def remove(config_file: str | None, name: str, as_json: bool) -> None:
    """Remove a source; its published stories stay."""
    path = located(config_file)
    text = read_config_text(path)
    rewrite(path, no_worse(text, remove_source(text, name), path))
    answer(as_json, {"removed": name}, f"{name}: removed")


@click.command("import")
@with_config
@click.argument("file", type=click.File("rb"))
@quietly
@as_json
def import_(config_file: str | None, file: BinaryIO, as_json: bool) -> None:
    """Add the subscriptions of an OPML file (- for standard input); folders become tags."""
    path, text = found_or_new(config_file)
    config = load_text(text, path, os.environ)
    try:
        given = read_opml(file.read(), config.fetch.every, config.sources)
    except ConfigError as e:
        raise ConfigError(f"{file.name}: {e}") from e
    if given.sources:
        rewrite(path, readable(add_sources(text, given.sources, config.fetch.every), path))
    warnings = list(refusals(given.sources, config.fetch))
    if not as_json:
        for note in (*given.notes, *condensed(warnings)):
            say(printable(note), err=True)
    answer(
        as_json,
        {"added": [each.name for each in given.sources], "skipped": given.notes, "warnings": warnings},
        f"{path}: {len(given.sources)} added, {len(given.notes)} skipped",
    )


@click.command()
@with_config
def export(config_file: str | None) -> None:
    """Write the subscriptions as OPML to standard output; tags become folders."""
    config = loaded(config_file)
    pages = {}
    if config.store.path.exists():  # sources are known there once they were visited
        with Store.reading(config.store.path) as store, store.translating_errors():
            pages = store.statuses.pages()
    click.echo(write_opml(config.feed.title, config.sources, pages), nl=False)


def found_or_new(config_file: str | None) -> tuple[Path, str]:
    """Path and text of the configuration file; a new one if there is none."""
    path = default_path(config_file, os.environ)
    if not exists(path):
        with suppress(ConfigError):
            path = located(config_file)
    return path, read_config_text(path) if exists(path) else NEW


def look(url: str, config: Config) -> PageLook:
    """Raises SourceError."""
    held = context(visit_options(config))
    fetched = fetch_alone(url, held, now())
    document = fetched.documents[0]
    try:
        parsed = parse(document, held.limits)
    except SourceError:
        return PageLook(document.url, document.body, url)
    address = fetched.moved_to or url
    return PageLook(document.url, document.body, address, parsed.title, len(parsed.drafts), is_feed=True)


def named_source(found: Found, name: str | None, tags: tuple[str, ...], config: Config) -> Source:
    taken = {source.name for source in config.sources}
    chosen = name or printable_line(found.title) or found.url.partition("//")[2].partition("/")[0]
    if not name and chosen in taken:
        chosen = f"{chosen} ({found.url.partition('//')[2]})"
    return Source(chosen, "url", found.url, tags=tags, every=config.fetch.every)


def readable(text: str, path: Path) -> str:
    """Returns `text` if it is a valid configuration. Raises ConfigError."""
    load_text(text, path, os.environ)
    return text


def no_worse(before: str, after: str, path: Path) -> str:
    """Returns `after` unless it has faults that `before` has not. Raises ConfigError."""
    new = [fault for fault in faults(after, path) if fault not in faults(before, path)]
    if new:
        raise ConfigError(*(f"{fault}; nothing was changed" for fault in new))
    return after


def faults(text: str, path: Path) -> tuple[str, ...]:
    try:
        load_text(text, path, os.environ)
    except ConfigError as e:
        return e.faults
    return ()


def rewrite(path: Path, text: str) -> None:
    """Replaces the file in one step: a daemon reads either the old or the new one. Raises ConfigError."""
    target = path.resolve()
    draft = target.with_name(f".{target.name}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(text, encoding="utf-8")
        if target.exists():
            draft.chmod(target.stat().st_mode)
        draft.replace(target)
    except OSError as e:
        raise ConfigError(f"{target}: {os.strerror(e.errno or 0)}: the configuration must be writable") from e
