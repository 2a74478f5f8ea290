"""The published files over HTTP, and how we are."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp

from aggregator.model import Site
from aggregator.serve.cache import Linked
from aggregator.serve.files import NO_SECRETS, PublishedFiles, Secrets, unlinked
from aggregator.serve.health import Condition, health
from aggregator.serve.pages import Pages
from aggregator.serve.responses import Desk
from aggregator.serve.search import Searching

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
) -> ASGIApp:
    """Serves what lies in the folder now: a publication is visible at the next request.

    `condition`: of whatever publishes what we serve. `linked`: the Link header that goes with a file, or "".
    `routes`: besides ours, as those that hubs call. `secrets`: what only those may read
    who know the secret.
    `site`: what all pages have in common; None: the stories are secret, and there are no pages and no search.
    """
    desk = Desk(site or DEFAULT, cache)
    made = [*Pages(desk, database).routes(), *Searching(desk, database).routes()]
    others = Starlette(
        routes=[
            Route("/healthz", health(database, condition), methods=["GET"]),
            *routes,
            *(made if site else ()),
        ],
        exception_handlers={404: desk.nothing_here} if site else {},
    )
    # It would name the address that we are asked by, which below a proxy's path is not the reader's.
    others.router.redirect_slashes = False
    return PublishedFiles(folder, cache, linked, secrets, desk.policy(), others)
