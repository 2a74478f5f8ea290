"""The boundary of a worker: plain options and a Job in, a Harvest out, so that it can run elsewhere.

Loads the HTTP client with the first visit: that takes as long as a refresh in which nothing is due.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING

from aggregator.model import Harvest, Job, Limits, Reply

if TYPE_CHECKING:
    from aggregator.fetch import Web
    from aggregator.visit.articles import ArticleReader
    from aggregator.visit.visit import VisitContext

CONTEXTS = 2  # the present configuration's, and the one before in visits that still run
MAKING = threading.Lock()  # a cache alone lets several threads create a context at the start


@dataclass(frozen=True, slots=True)
class VisitOptions:
    """How to visit: plain values, so that a worker can be another process or machine."""

    agent: str
    deadline: timedelta = timedelta(seconds=15)
    size: int = 15_000_000
    networks: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()
    proxy: str = field(default="", repr=False)
    pause: timedelta = timedelta(seconds=1)
    """Between two requests to one owner within a visit."""


def context(options: VisitOptions) -> VisitContext:
    """One per process: it is costly to create, limits the connections per host, and cannot be pickled."""
    with MAKING:
        return new_context(options)


@lru_cache(CONTEXTS)
def new_context(options: VisitOptions) -> VisitContext:
    from aggregator.fetch import Caps, open_web
    from aggregator.visit.visit import VisitContext

    caps = Caps(deadline=options.deadline, size=options.size)
    web = open_web(options.agent, caps, options.networks, options.ports, options.proxy)
    made = cache(partial(new_article_reader, web, options.pause))

    def article_reader() -> ArticleReader:
        with MAKING:
            return made()

    return VisitContext(web, Limits(size=options.size), article_reader)


def new_article_reader(web: Web, pause: timedelta) -> ArticleReader:
    # Loads all parsers: only where somebody wants full texts.
    from aggregator.visit.articles import ArticleReader

    return ArticleReader(web, pause)


def visit_with(options: VisitOptions, job: Job, now: datetime) -> Harvest:
    from aggregator.visit.visit import visit

    return visit(job, now, context(options))


def post_with(options: VisitOptions, url: str, form: bytes, now: datetime) -> Reply:
    """Posts a form to a hub."""
    from aggregator.fetch import post

    return post(url, form, context(options).web, now)
