# ruff: noqa: E402
import sys
from collections.abc import Iterable
from datetime import datetime

# httpx has a command of its own and loads it, with rich and pygments, unless it is missing.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]

from aggregator.fetch.client import Caps, Web
from aggregator.fetch.folder import fetch_file, fetch_folder
from aggregator.fetch.guard import guard
from aggregator.fetch.http import fetch_http, fetch_page
from aggregator.fetch.post import post
from aggregator.fetch.transport import Wire
from aggregator.model import Fetched, Job

__all__ = ["Caps", "Web", "fetch", "fetch_page", "open_web", "post"]


def fetch(job: Job, web: Web, now: datetime) -> Fetched:
    """Returns what is new at job.address. Raises SourceError."""
    if job.pushed:
        return Fetched(documents=(job.pushed,), size=len(job.pushed.body))
    if job.kind == "url":
        return fetch_http(job, web, now)
    return (fetch_folder if job.kind == "folder" else fetch_file)(job, web.caps.size)


def open_web(
    agent: str, caps: Caps, networks: Iterable[str] = (), ports: Iterable[int] = (), proxy: str = ""
) -> Web:
    """The real web behind the guard. Raises ValueError for an invalid network."""
    return Web(Wire(guard(networks, ports), caps.size, proxy=proxy), agent, caps)
