"""/healthz: whether the daemon works, its last beat, and the last successful visit."""

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
    """`trouble`: what prevents the daemon from working, in a few words, or ""."""

    trouble: str = ""
    last_beat: datetime | None = None
    """None before the first, and in a process that only serves."""


def health(database: Path, condition: Callable[[], Condition]) -> Callable[[Request], JSONResponse]:
    # A plain function: Starlette runs it in a thread, so a slow disk does not delay other requests.
    def answer(_: Request) -> JSONResponse:
        now = condition()
        beat = {"last_beat": now.last_beat.isoformat()} if now.last_beat else {}
        if now.trouble:
            return failing(now.trouble, beat)
        try:
            with Store.reading(database) as store:
                success = store.sources.last_success()
        except StoreError as e:
            LOG.error("%s", e)  # only in the log: paths of our disk must not reach the web
            return failing("database", beat)
        last = success.isoformat() if success else None
        return JSONResponse({"status": "ok", "last_success": last, **beat}, headers=NO_STORE)

    return answer


def failing(trouble: str, beat: dict[str, str]) -> JSONResponse:
    return JSONResponse({"status": "failing", "trouble": trouble, **beat}, status_code=503, headers=NO_STORE)
