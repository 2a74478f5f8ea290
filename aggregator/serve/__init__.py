"""The published files over HTTP, and how we are."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route

from aggregator.serve.feeds import Linked, Shelf, unlinked
from aggregator.serve.health import health

__all__ = ["app"]


def app(
    folder: Path,
    database: Path,
    cache: timedelta,
    trouble: Callable[[], str] = str,
    linked: Linked = unlinked,
    callbacks: Iterable[BaseRoute] = (),
) -> Starlette:
    """Serves what lies in the folder now: a publication is visible at the next request.

    `trouble`: what keeps us from our work, in a word or two, or "". `linked`: the Link header that goes with
    a file, or "". `callbacks`: what hubs call.
    """
    return Starlette(
        routes=[
            Route("/healthz", health(database, trouble), methods=["GET"]),
            *callbacks,
            Route("/{name:path}", Shelf(folder, cache, linked), methods=["GET"]),
        ]
    )
