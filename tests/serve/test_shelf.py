"""Pages from the database: made once, kept until it changes, and never without a bound."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from make import NOON
from starlette.requests import Request
from starlette.responses import Response

from aggregator.errors import StoreError
from aggregator.model import Site, Source
from aggregator.serve import shelf as shelves
from aggregator.serve.responses import Responder
from aggregator.serve.shelf import BusyError, Made, Shelf
from aggregator.store import Store


@pytest.fixture
def database(tmp_path: Path) -> Path:
    change(tmp_path / "a.db")
    return tmp_path / "a.db"


def change(path: Path, name: str = "One") -> None:
    with Store(path) as store, store.writing():
        store.sources.sync([Source(name, "url", "https://one.example/")], NOON)


class Press:
    """Counts the pages it makes."""

    def __init__(self, lasting: bool = True) -> None:
        self.count = 0
        self.lasting = lasting

    def __call__(self) -> Made:
        self.count += 1
        return Made(b"page %d" % self.count, self.lasting)


def shown(shelf: Shelf, key: str, make: Callable[[], Made]) -> bytes:
    return asyncio.run(shelf.page(key, make)).plain


def test_a_page_is_made_again_when_the_database_has_changed_or_is_another(database: Path) -> None:
    shelf, press = Shelf(database, timedelta()), Press()
    assert [shown(shelf, "a", press) for _ in range(2)] == [b"page 1"] * 2
    change(database, "Two")
    assert [shown(shelf, "a", press) for _ in range(2)] == [b"page 2"] * 2
    change(database.with_name("b.db"))
    database.with_name("b.db").replace(database)
    assert [shown(shelf, "a", press) for _ in range(2)] == [b"page 3"] * 2


def test_a_page_rests_while_the_database_changes_all_the_time(database: Path) -> None:
    shelf, press = Shelf(database, timedelta(hours=1)), Press()
    assert shown(shelf, "a", press) == b"page 1"
    change(database, "Two")
    assert shown(shelf, "a", press) == b"page 1"


@pytest.mark.parametrize(("rest", "times"), [(timedelta(), 2), (timedelta(hours=1), 1)])
def test_a_page_that_does_not_last_is_given_out_only_while_it_rests(
    database: Path, rest: timedelta, times: int
) -> None:
    shelf, press = Shelf(database, rest), Press(lasting=False)
    shown(shelf, "a", press)
    assert shown(shelf, "a", press) == b"page %d" % times


def test_those_used_last_are_kept_in_the_room_there_is(database: Path) -> None:
    shelf = Shelf(database, timedelta(), room=2 * shelves.OVERHEAD + 100)
    one, two = Press(), Press()
    shown(shelf, "a", one)
    shown(shelf, "b", two)
    shown(shelf, "a", one)
    shown(shelf, "c", Press())
    assert (shown(shelf, "a", one), shown(shelf, "b", two)) == (b"page 1", b"page 2")
    assert len(shelf.held) == 2


def crowd(
    visitors: Callable[[Shelf, Callable[[], Made]], Coroutine[None, None, None]], database: Path
) -> int:
    """How many pages are made for visitors who come while the first page is not ready."""
    shelf, press, ready = Shelf(database, timedelta()), Press(), Event()

    def slow() -> Made:
        assert ready.wait(10)
        return press()

    async def come() -> None:
        waiting = asyncio.ensure_future(visitors(shelf, slow))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        ready.set()
        await waiting

    asyncio.run(come())
    return press.count


def test_many_visitors_wait_for_one_page_even_when_the_first_leaves(database: Path) -> None:
    async def visitors(shelf: Shelf, slow: Callable[[], Made]) -> None:
        first, *others = [asyncio.ensure_future(shelf.page("a", slow)) for _ in range(20)]
        await asyncio.sleep(0)
        first.cancel()
        assert {page.plain for page in await asyncio.gather(*others)} == {b"page 1"}

    assert crowd(visitors, database) == 1


def test_who_asks_for_more_pages_than_can_wait_is_asked_to_come_again(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "WAITING", 1)

    async def visitors(shelf: Shelf, slow: Callable[[], Made]) -> None:
        first = asyncio.ensure_future(shelf.page("a", slow))
        await asyncio.sleep(0)
        with pytest.raises(BusyError):
            await shelf.page("b", slow)
        await first

    assert crowd(visitors, database) == 1


@pytest.mark.parametrize("fault", [BusyError(), StoreError("/home/me/a.db: locked")])
def test_a_page_that_cannot_be_made_now_is_a_503_without_details(database: Path, fault: Exception) -> None:
    async def failing(_: Request) -> Response:
        raise fault

    responder = Responder(Site(), timedelta(), Shelf(database, timedelta()))
    request = Request({"type": "http", "method": "GET", "path": "/story/1", "headers": []})
    answer = asyncio.run(_awaited(responder(failing)(request)))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert b"/home" not in bytes(answer.body)


async def _awaited(answer: object) -> Response:
    return await answer  # type: ignore[misc,no-any-return]
