"""The published files over HTTP, pages, search and /healthz."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp

from aggregator.model import Site
from aggregator.serve.cache import Linked
from aggregator.serve.feed_page import viewer
from aggregator.serve.files import NO_SECRETS, PublishedFiles, Secrets, unlinked
from aggregator.serve.health import Condition, health, readiness
from aggregator.serve.pages import Pages
from aggregator.serve.responses import Responder
from aggregator.serve.search import Searching
from aggregator.serve.shelf import Shelf
from aggregator.serve.source_page import SourcePages

__all__ = ["Condition", "Secrets", "Serving", "app"]

DEFAULT = Site()


@dataclass(frozen=True, slots=True)
class Serving:
    """What is served, and how."""

    folder: Path
    database: Path
    cache: timedelta
    """How long readers may cache an answer."""
    condition: Callable[[], Condition] = Condition
    """Of the daemon that publishes the files."""
    linked: Linked = unlinked
    """The Link header of a file, or ""."""
    routes: Sequence[Route] = ()
    """Further ones, such as those that hubs call."""
    secrets: Secrets = NO_SECRETS
    """The outputs that need a secret."""
    site: Site | None = DEFAULT
    """What all pages have in common; None: the stories are secret, so there are no pages and no search."""
    rest: timedelta = timedelta()
    """How long a page from the database is given out although the database has changed."""


def app(serving: Serving) -> ASGIApp:
    """Serves the present files of the folder: a publication is visible at the next request."""
    site, database = serving.site, serving.database
    responder = Responder(site or DEFAULT, serving.cache, Shelf(database, serving.rest))
    made = [*Pages(responder, database).routes(), *SourcePages(responder, database).routes()]
    made += Searching(responder, database).routes()
    others = Starlette(
        routes=[
            Route("/healthz", health(database, serving.condition), methods=["GET"]),
            Route("/readyz", readiness(database, serving.folder, serving.condition), methods=["GET"]),
            *serving.routes,
            *(made if site else ()),
        ],
        exception_handlers={404: responder.nothing_here} if site else {},
    )
    # A redirect would name our own address, which behind a proxy's path is not the reader's.
    others.router.redirect_slashes = False
    view = viewer(site) if site else None
    return PublishedFiles(
        serving.folder, serving.cache, serving.linked, serving.secrets, responder.policy(), others, view
    )
