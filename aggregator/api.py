"""The functions for programs that embed this one. All are names of the package: `aggregator.load_config`.

What reads documents and groups entries is loaded when it is called: the command starts through here, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from os import environ
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from aggregator.config import Config, find, known_sources, load
from aggregator.daemon.clock import read_clocks, wall_time
from aggregator.model import Document, Limits, Visit
from aggregator.publish.publish import clear_up
from aggregator.refresh import refresh_all, refresh_due, refresh_named
from aggregator.retention import FOREVER, Pruning
from aggregator.runtime import Runtime, Summary, Watcher, new_pool, new_runtime
from aggregator.store import Store
from aggregator.websub.post import hub_client
from aggregator.websub.publisher import announce

if TYPE_CHECKING:
    from aggregator.stories.stream import Grouped
    from aggregator.visit.document import ReadDocument


def load_config(path: str | Path | None = None) -> Config:
    """The configuration of a file; without `path`, of the one that the command would find.

    Its sections are attributes: `config.feed.title`, `config.sources[0].name`. Change it with
    dataclasses.replace(). Raises ConfigError, whose `faults` are all that is wrong, one line each.
    """
    return load(find(str(path) if path else None, environ))


def parse_document(
    body: bytes, *, url: str = "", name: str = "", content_type: str = "", now: datetime | None = None
) -> ReadDocument:
    """A feed, post or text with its entries, as a refresh would store them. Needs no configuration.

    `url`: of the document, the base of its links; "" for a local one. `name`: of a local file, the title of
    a post without one. `content_type`: as its server sent it. `now`: replaces missing and impossible dates.
    HTML of entries is clean, their titles are plain text, dates are aware. Raises SourceError: not a format
    that we read, or larger or slower than allowed.
    """
    from aggregator.visit.document import read_alone

    document = Document(body, url=url, content_type=content_type, name=name)
    return read_alone(document, url or name, Limits(), now or wall_time())


def group_entries(rows: Iterable[Mapping[str, Any]]) -> Iterator[Grouped]:
    """Story and affair of every row, in the order of the rows. Needs no configuration and stores nothing.

    A row has an `id` of any kind; of `title`, `text` (plain), `published` (ISO 8601), `source`, `lang`
    and `url` it has what is known. Rows come in order of arrival. Each result has `id`, `story` and
    `affair`: numbers from 1 that mean nothing in another call. Raises KeyError: a row has no id.
    """
    from aggregator.stories import group_lines

    return group_lines(rows)


def refresh_sources(
    config: Config,
    names: Iterable[str] = (),
    *,
    everything: bool = False,
    watcher: Watcher | None = None,
    stop: Event | None = None,
) -> Summary:
    """Visits the named sources, else all, else those that are due; groups what is new and publishes it.

    As `aggregator fetch`, and safe beside a running daemon: only one of them visits a source. `watcher` is
    called for every visit; setting `stop` ends the refresh early, in good order. Gives counts: `ok`,
    `unchanged`, `failed` visits, `added`, `edited` entries, `new`, `grown` stories; `published` are names
    of files. A source that fails is no error. Raises ConfigError: no source has this name; StoreError,
    PublishError, ClusterError.
    """
    chosen = tuple(names)
    known_sources(config, chosen)
    pool = new_pool(config)
    try:
        with Store(config.store.path) as store:
            runtime = new_runtime(config, pool, wall_time, watcher or Unwatched(), stop)
            with store.writing():
                store.timeline.follow(read_clocks(wall_time()))
            clear_up(store, config)
            summary = refreshed(store, runtime, chosen, everything)
            if client := hub_client(runtime, pool):
                announce(store, config, client)
            Pruning()(store, config, wall_time(), lambda: not runtime.stop.is_set(), FOREVER)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return summary


def refreshed(store: Store, runtime: Runtime, names: tuple[str, ...], everything: bool) -> Summary:
    if names:
        return refresh_named(store, runtime, names)
    return (refresh_all if everything else refresh_due)(store, runtime)


class Unwatched:
    def expect(self, jobs: int) -> None:
        pass

    def visited(self, visit: Visit) -> None:
        pass
