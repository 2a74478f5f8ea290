"""/story/N and /sources, made from the database on request."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from aggregator.publish.explain import SORTED, explained_stories, seems_offline, source_statuses
from aggregator.render import pages
from aggregator.render.chart import VISITS
from aggregator.render.sources import sources_page
from aggregator.serve.responses import Responder
from aggregator.serve.shelf import Made
from aggregator.store import Store

DIGITS = 15  # of a story's number; no story has a longer one


class NoStory(Exception):  # noqa: N818 - it is an answer
    """There is no story of this number, or it was merged into another."""

    def __init__(self, into: int | None) -> None:
        self.into = into


class Pages:
    def __init__(self, responder: Responder, database: Path) -> None:
        self.responder = responder
        self.database = database

    def routes(self) -> list[Route]:
        story, sources = self.responder(self.story), self.responder(self.sources)
        return [
            Route("/story/{number}", story, methods=["GET"]),
            Route("/sources", sources, methods=["GET"]),
            Route("/sources.html", sources, methods=["GET"]),
            Route("/favicon.ico", self.icon, methods=["GET"]),
        ]

    async def story(self, request: Request) -> Response:
        """The page of a story, with or without the ending .html."""
        written = request.path_params["number"]
        number = story_number(written.removesuffix(".html"))
        try:
            return await self.responder.give(request, ("story", number), partial(self.story_page, number))
        except NoStory as e:
            if e.into is None:
                return self.responder.say(
                    request, 404, "No such story", "There is no story with this number."
                )
            ending = ".html" if written.endswith(".html") else ""
            return RedirectResponse(f"{e.into}{ending}", 301, self.responder.headers())

    def story_page(self, number: int) -> Made:
        """Raises NoStory, StoreError."""
        with Store.reading(self.database) as store, store.translating_errors():
            story = store.details.story(number)
            if not story:
                raise NoStory(store.details.into(number))
            older, newer = store.details.beside(number)
            explained = replace(explained_stories(store, [story])[0], older=older, newer=newer)
        return Made(pages.story_page(self.responder.site, explained))

    async def sources(self, request: Request) -> Response:
        """?sort= one of the columns."""
        asked = request.query_params.get("sort", "")
        order = asked if asked in SORTED else "state"
        return await self.responder.give(request, ("sources", order), partial(self.sources_page, order))

    def sources_page(self, order: str) -> Made:
        with Store.reading(self.database) as store, store.translating_errors():
            listed = source_statuses(store, VISITS, order)
        return Made(sources_page(self.responder.site, listed, None, order, seems_offline(listed)))

    def icon(self, _: Request) -> Response:
        """For browsers that show what names no icon, as a feed."""
        return RedirectResponse(self.responder.site.icon, 301, self.responder.headers())


def story_number(text: str) -> int:
    """0, which no story has, for anything but a number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else 0
