"""Few documents are read at the same time, and a slow one does not hold up all others."""

import httpx
import pytest
from make import NOON
from web import FEED, web

from aggregator.model import Job
from aggregator.visit import visit as visits
from aggregator.visit.visit import READERS, VisitContext, visit

JOB = Job(source="News", kind="url", address="https://news.example/")


def test_a_turn_ends_with_the_reading() -> None:
    context = VisitContext(web(lambda request: httpx.Response(200, content=FEED)))
    for _ in range(READERS + 1):
        assert visit(JOB, NOON, context).visit.result == "fresh"
    assert [context.turns.acquire(blocking=False) for _ in range(READERS + 1)] == [True] * READERS + [False]


def test_a_document_is_read_even_when_others_do_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "PATIENCE", 0)
    context = VisitContext(web(lambda request: httpx.Response(200, content=FEED)))
    for _ in range(READERS):
        context.turns.acquire()
    assert visit(JOB, NOON, context).visit.result == "fresh"
