"""/healthz: whether we can do our work, when we last looked for it, and when a source was last read."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse

from aggregator.errors import StoreError
from aggregator.store import Store

LOG = logging.getLogger("aggregator")
NO_STORE = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class Condition:
    """`trouble`: what keeps us from our work, in a few words, or ""."""

    trouble: str = ""
    last_beat: datetime | None = None
    """None before the first, and where nothing but serving is done."""


def health(database: Path, condition: Callable[[], Condition]) -> Callable[[Request], JSONResponse]:
    # A plain function: Starlette runs it in a thread, so a slow disk holds up nobody else.
    def answer(_: Request) -> JSONResponse:
        now = condition()
        beat = {"last_beat": now.last_beat.isoformat()} if now.last_beat else {}
        if now.trouble:
            return failing(now.trouble, beat)
        try:
            with Store.reading(database) as store:
                success = store.sources.last_success()
        except StoreError as e:
            LOG.error("%s", e)  # for the operator: a path on our disk is nothing for the web
            return failing("database", beat)
        last = success.isoformat() if success else None
        return JSONResponse({"status": "ok", "last_success": last, **beat}, headers=NO_STORE)

    return answer


def failing(trouble: str, beat: dict[str, str]) -> JSONResponse:
    return JSONResponse({"status": "failing", "trouble": trouble, **beat}, status_code=503, headers=NO_STORE)
