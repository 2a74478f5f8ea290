"""/healthz: whether the daemon works, its last beat, and the last successful visit.

/readyz: whether there is also something to read.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse

from aggregator.errors import StoreError
from aggregator.store import Store

LOG = logging.getLogger("aggregator")
NO_STORE = {"Cache-Control": "no-store"}

Answer = Callable[[Request], JSONResponse]


@dataclass(frozen=True, slots=True)
class Condition:
    """`trouble`: what prevents the daemon from working, in a few words, or ""."""

    trouble: str = ""
    last_beat: datetime | None = None
    """None before the first, and in a process that only serves."""
    visits: Mapping[str, int] = field(default_factory=dict)
    """Number of visits since the start, by result."""
    refresh_seconds: float | None = None
    """Duration of the last one; None before the first."""
    stage_seconds: Mapping[str, float] = field(default_factory=dict)
    """Of all refreshes since the start, by stage."""

    def beat(self) -> dict[str, str]:
        return {"last_beat": self.last_beat.isoformat()} if self.last_beat else {}


def health(database: Path, condition: Callable[[], Condition]) -> Answer:
    def well(store: Store, now: Condition) -> JSONResponse:
        success = store.sources.last_success()
        last = success.isoformat() if success else None
        return JSONResponse({"status": "ok", "last_success": last, **now.beat()}, headers=NO_STORE)

    return asking(database, condition, well)


def readiness(database: Path, folder: Path, condition: Callable[[], Condition]) -> Answer:
    """`folder`: the output folder."""

    def published(store: Store, now: Condition) -> JSONResponse:
        if not store.published.mark(folder):
            return failing("nothing is published yet", now.beat())
        return JSONResponse({"status": "ready"}, headers=NO_STORE)

    return asking(database, condition, published)


def asking(
    database: Path, condition: Callable[[], Condition], answer_of: Callable[[Store, Condition], JSONResponse]
) -> Answer:
    # A plain function: Starlette runs it in a thread, so a slow disk does not delay other requests.
    def answer(_: Request) -> JSONResponse:
        now = condition()
        if now.trouble:
            return failing(now.trouble, now.beat())
        try:
            with Store.reading(database) as store:
                return answer_of(store, now)
        except StoreError as e:
            LOG.error("%s", e)  # only in the log: paths of our disk must not reach the web
            return failing("database", now.beat())

    return answer


def failing(trouble: str, beat: dict[str, str]) -> JSONResponse:
    return JSONResponse({"status": "failing", "trouble": trouble, **beat}, status_code=503, headers=NO_STORE)
