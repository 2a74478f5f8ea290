"""`fetch --dry-run`: lists what a refresh would store."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from threading import Event
from typing import Any

import click

from aggregator.cli.answers import is_quiet, print_json
from aggregator.cli.common import how_many, now, printable
from aggregator.config import Config, known_sources
from aggregator.dry_run import Sifted, dry_run
from aggregator.model import Entry
from aggregator.runtime import Watcher, new_runtime
from aggregator.store import Store


def try_out(
    config: Config, names: tuple[str, ...], everything: bool, as_json: bool, watcher: Watcher, stop: Event
) -> int:
    """Prints one block per source that has something; returns how many visits failed."""
    known_sources(config, names)
    pool = ThreadPoolExecutor(config.fetch.workers)
    found: list[Sifted] = []
    try:
        with present_store(config) as store:
            runtime = new_runtime(config, pool, now, watcher, stop)
            for each in dry_run(store, runtime, names, everything):
                found.append(each)
                if not as_json and not is_quiet():
                    print_found(each)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    failed = sum(each.visit.result == "failed" for each in found)
    added, edited = (sum(map(len, some)) for some in ([e.added for e in found], [e.edited for e in found]))
    if as_json:
        print_json([sifted_value(each) for each in found])
    elif not is_quiet():
        visits = f"{how_many(len(found), 'source')} visited, {failed} failed"
        click.echo(f"{visits}; entries: {added} new, {edited} edited; nothing was written")
    return failed


def present_store(config: Config) -> AbstractContextManager[Store | None]:
    path = config.store.path
    return Store.reading(path) if path.exists() else nullcontext()


def print_found(found: Sifted) -> None:
    for mark, entries in (("+", found.added), ("~", found.edited)):
        for entry in entries:
            click.echo(printable(f"{mark} {found.visit.source}: {entry_title(entry)}"))


def entry_title(entry: Entry) -> str:
    return entry.title or entry.lede[:80] or entry.url


def sifted_value(found: Sifted) -> dict[str, Any]:
    return {
        "source": found.visit.source,
        "result": found.visit.result,
        "notes": found.visit.notes,
        "new": [entry_value(each) for each in found.added],
        "edited": [entry_value(each) for each in found.edited],
    }


def entry_value(entry: Entry) -> dict[str, Any]:
    return {"id": entry.uid, "title": entry.title, "url": entry.url, "published": entry.published}
