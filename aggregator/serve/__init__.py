"""The published files over HTTP, and how we are."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Route

from aggregator.serve.feeds import Shelf
from aggregator.serve.health import health

__all__ = ["app"]


def app(folder: Path, database: Path, cache: timedelta, trouble: Callable[[], str] = str) -> Starlette:
    """Serves what lies in the folder now: a publication is visible at the next request.

    `trouble`: what keeps us from our work, in a word or two, or "".
    """
    return Starlette(
        routes=[
            Route("/healthz", health(database, trouble), methods=["GET"]),
            Route("/{name:path}", Shelf(folder, cache), methods=["GET"]),
        ]
    )
