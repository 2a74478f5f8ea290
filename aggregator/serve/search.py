"""/search and the feeds of a search: the query is in the address, so that readers can subscribe to it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from aggregator.errors import SearchError, StoreError
from aggregator.model import Edition, Output, Results, Site, Story
from aggregator.publish.compose import compose
from aggregator.render import RENDERERS, pages
from aggregator.render.language import spoken
from aggregator.serve.cache import SHOWN, TYPES
from aggregator.serve.responses import Answer, Responder
from aggregator.serve.shelf import Made
from aggregator.store import Store, asked

STORIES = 50  # per answer
BATCHES = 4  # indexed before an answer, where no daemon does it


class Searching:
    def __init__(self, responder: Responder, database: Path) -> None:
        self.responder = responder
        self.database = database

    def routes(self) -> list[Route]:
        return [
            Route("/search", self.responder(self.page), methods=["GET"]),
            Route("/search.html", self.responder(self.page), methods=["GET"]),
            *(
                Route(f"/search.{format}", self.responder(self.feed(f".{format}", render)), methods=["GET"])
                for format, render in RENDERERS.items()
            ),
        ]

    async def page(self, request: Request) -> Response:
        question = asked(request.query_params.get("q", ""))
        return await self.responder.give(request, ("search", question), partial(self.results_page, question))

    def results_page(self, question: str) -> Made:
        complete = True
        try:
            composed, complete = self.found(question) if question else (None, True)
            found = tuple(composed.stories) if composed else ()
            results = Results(question, found, more=len(found) == STORIES)
        except SearchError:
            results = Results(question, trouble="This search takes too long. More words make it faster.")
        return Made(pages.search_page(self.responder.site, results), complete)

    def feed(self, suffix: str, render: Callable[[Edition], bytes]) -> Answer:
        async def answer(request: Request) -> Response:
            question = asked(request.query_params.get("q", ""))
            if not question:
                return RedirectResponse("search", 302, self.responder.headers())
            shown = request.headers.get("sec-fetch-dest") == "document"
            kind = (SHOWN if shown else {}).get(suffix, TYPES[suffix])
            return await self.responder.give(request, (suffix, question), partial(make, question), kind)

        def make(question: str) -> Made:
            composed, complete = self.found(question)
            return Made(render(composed), complete)

        return answer

    def found(self, question: str) -> tuple[Edition, bool]:
        """The results, and whether all entries were searched."""
        complete = index_waiting(self.database, BATCHES)
        with Store.reading(self.database) as store, store.translating_errors():
            stories = store.search.stories(question)
        return edition(self.responder.site, question, stories), complete


def index_waiting(database: Path, batches: int | None = None) -> bool:
    """Indexes entries where no daemon does it: `batches`, or all. Does not wait for another writer.

    Returns whether all are indexed.
    """
    with Store.reading(database) as store, store.translating_errors():
        if not store.search.waiting():
            return True
    try:
        with Store(database) as store:
            store.hurry()
            for _ in count() if batches is None else range(batches):
                with store.writing():
                    if not store.search.catch_up():
                        return True
    except StoreError:
        pass
    return False


def edition(site: Site, question: str, stories: list[Story]) -> Edition:
    """The results as a feed, with an id and address for each query."""
    output = Output(
        name=f"search?q={question}",
        title=f"{question} · {site.title}",
        description=spoken(site.language).words["Stories with: {words}"].format(words=question),
        language=site.language,
        items=STORIES,
        byline=site.byline,
        source_tags=site.source_tags,
    )
    composed = compose(stories, output, site.link)
    return replace(composed, name="search", paged=site.paged, query=f"?q={quote(question, safe='')}")
