"""/healthz: whether we can do our work, and when a source was last read."""

import logging
from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse

from aggregator.errors import StoreError
from aggregator.store import Store

LOG = logging.getLogger("aggregator")
NO_STORE = {"Cache-Control": "no-store"}


def health(database: Path, trouble: Callable[[], str]) -> Callable[[Request], JSONResponse]:
    # A plain function: Starlette runs it in a thread, so a slow disk holds up nobody else.
    def answer(_: Request) -> JSONResponse:
        failing = trouble()
        if failing:
            return unwell(failing)
        try:
            with Store.reading(database) as store:
                success = store.sources.last_success()
        except StoreError as e:
            LOG.error("%s", e)  # for the operator: a path on our disk is nothing for the web
            return unwell("database")
        last = success.isoformat() if success else None
        return JSONResponse({"status": "ok", "last_success": last}, headers=NO_STORE)

    return answer


def unwell(trouble: str) -> JSONResponse:
    return JSONResponse({"status": "failing", "trouble": trouble}, status_code=503, headers=NO_STORE)
