"""/source?name=NAME: the reports of one source, from the database."""

from functools import partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from aggregator.model import Story
from aggregator.publish.source_pages import led_stories
from aggregator.render.sources import source_page
from aggregator.serve.pages import story_number
from aggregator.serve.responses import Responder
from aggregator.serve.shelf import Made
from aggregator.store import Store

REPORTS = 50
MOST = 1_000  # pages


class NoSource(Exception):  # noqa: N818 - it is an answer
    """There is no source with this name."""


class SourcePages:
    def __init__(self, responder: Responder, database: Path) -> None:
        self.responder = responder
        self.database = database

    def routes(self) -> list[Route]:
        return [Route("/source", self.responder(self.page), methods=["GET"])]

    async def page(self, request: Request) -> Response:
        """?name= and &page= from 1."""
        name = request.query_params.get("name", "")
        number = min(max(story_number(request.query_params.get("page", "1")), 1), MOST)
        try:
            return await self.responder.give(
                request, ("source", name, number), partial(self.made, name, number)
            )
        except NoSource:
            return self.responder.say(request, 404, "No such source", "There is no source with this name.")

    def made(self, name: str, number: int) -> Made:
        """Raises NoSource, StoreError."""
        with Store.reading(self.database) as store, store.translating_errors():
            found = store.statuses.named(name)
            stories = latest_of_source(store, name, number)
        if found is None:
            raise NoSource
        return Made(
            source_page(self.responder.site, found, stories[:REPORTS], number, len(stories) > REPORTS)
        )


def latest_of_source(store: Store, name: str, page: int) -> list[Story]:
    """Its latest reports, one more than a page has room for; each as the first of its story."""
    placed = store.details.placed_of_source(name, (page - 1) * REPORTS, REPORTS + 1)
    return led_stories(store, placed)
