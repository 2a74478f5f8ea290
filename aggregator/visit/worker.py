"""The boundary of a worker: plain options and a job in, a Harvest out, so that it may run elsewhere."""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from aggregator.fetch import Caps, open_web, post
from aggregator.model import Harvest, Job, Limits, Reply
from aggregator.visit.visit import VisitContext, visit

MAKING = threading.Lock()  # cache() alone lets every thread that comes at first make its own


@dataclass(frozen=True, slots=True)
class VisitOptions:
    """How to visit: plain values, so that a worker may be another process or another machine."""

    agent: str
    deadline: timedelta = timedelta(seconds=15)
    size: int = 15_000_000
    networks: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()


def context(options: VisitOptions) -> VisitContext:
    """One per process: it is costly to make, bounds what is asked of a host, and cannot be pickled."""
    with MAKING:
        return new_context(options)


@cache
def new_context(options: VisitOptions) -> VisitContext:
    caps = Caps(deadline=options.deadline, size=options.size)
    web = open_web(options.agent, caps, options.networks, options.ports)
    return VisitContext(web, Limits(size=options.size))


def visit_with(options: VisitOptions, job: Job, now: datetime) -> Harvest:
    return visit(job, now, context(options))


def post_with(options: VisitOptions, url: str, form: bytes, now: datetime) -> Reply:
    """To a hub."""
    return post(url, form, context(options).web, now)
