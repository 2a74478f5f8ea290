"""The published files over HTTP, pages, search and /healthz."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp

from aggregator.model import Site
from aggregator.serve.cache import Linked
from aggregator.serve.files import NO_SECRETS, PublishedFiles, Secrets, unlinked
from aggregator.serve.health import Condition, health, readiness
from aggregator.serve.pages import Pages
from aggregator.serve.responses import Desk
from aggregator.serve.search import Searching
from aggregator.serve.shelf import Shelf

__all__ = ["Condition", "Secrets", "app"]

DEFAULT = Site()


def app(
    folder: Path,
    database: Path,
    cache: timedelta,
    condition: Callable[[], Condition] = Condition,
    linked: Linked = unlinked,
    routes: Sequence[Route] = (),
    secrets: Secrets = NO_SECRETS,
    site: Site | None = DEFAULT,
    rest: timedelta = timedelta(),
) -> ASGIApp:
    """Serves the present files of the folder: a publication is visible at the next request.

    `condition`: of the daemon that publishes them. `linked`: the Link header of a file, or "".
    `routes`: further ones, such as those that hubs call. `secrets`: outputs that need a secret.
    `site`: what all pages have in common; None: the stories are secret, so there are no pages and no search.
    `rest`: how long a page from the database is given out although the database has changed.
    """
    desk = Desk(site or DEFAULT, cache, Shelf(database, rest))
    made = [*Pages(desk, database).routes(), *Searching(desk, database).routes()]
    others = Starlette(
        routes=[
            Route("/healthz", health(database, condition), methods=["GET"]),
            Route("/readyz", readiness(database, folder, condition), methods=["GET"]),
            *routes,
            *(made if site else ()),
        ],
        exception_handlers={404: desk.nothing_here} if site else {},
    )
    # A redirect would name our own address, which behind a proxy's path is not the reader's.
    others.router.redirect_slashes = False
    return PublishedFiles(folder, cache, linked, secrets, desk.policy(), others)
