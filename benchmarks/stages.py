"""Where the CPU seconds of a refresh go: each function below counts without those inside it."""

import importlib
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from aggregator.config import load
from aggregator.model import Visit
from aggregator.refresh import refresh_all
from aggregator.runtime import new_runtime
from aggregator.store import Store

STAGES = {
    "fetch": "aggregator.visit.visit.fetch",
    "parse": "aggregator.visit.read.parse",
    "normalise": "aggregator.visit.read.normalise",
    "marks": "aggregator.visit.read.with_marks",
    "rest of a visit": "aggregator.visit.visit.visit",
    "store": "aggregator.store.entries.Entries.keep",
    "read unplaced": "aggregator.store.entries.Entries.sketch",
    "group": "aggregator.stories.Window.place",
    "SQL of grouping": "aggregator.group.group_unplaced",
    "publish": "aggregator.refresh.publish",
    "search index": "aggregator.store.search.Search.catch_up",
}


class Stopwatch:
    """Seconds of CPU by stage; of nested stages, each has its own."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.lock = threading.Lock()
        self.local = threading.local()

    def timed(self, stage: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def measured(*args: Any, **kwargs: Any) -> Any:
            outer = getattr(self.local, "inner", 0.0)
            self.local.inner = 0.0
            start = time.thread_time()
            try:
                return act(*args, **kwargs)
            finally:
                spent = time.thread_time() - start
                with self.lock:
                    self.seconds[stage] += spent - self.local.inner
                self.local.inner = outer + spent

        return measured


def wrap(watch: Stopwatch) -> None:
    for stage, path in STAGES.items():
        place, name = holder(path)
        setattr(place, name, watch.timed(stage, getattr(place, name)))


def holder(path: str) -> tuple[Any, str]:
    """The module or class that has the last part of the path, and that part."""
    place, name = path.rsplit(".", 1)
    try:
        return importlib.import_module(place), name
    except ModuleNotFoundError:
        module, kind = place.rsplit(".", 1)
        return getattr(importlib.import_module(module), kind), name


class Unwatched:
    def expect(self, jobs: int) -> None:
        pass

    def visited(self, visit: Visit) -> None:
        pass


@cache
def watch() -> Stopwatch:
    """The one of this process, from whose making on the stages are measured."""
    made = Stopwatch()
    wrap(made)
    return made


def profile(phase: str, file: Path) -> None:
    """One refresh in this process, with the search index, in µs an entry (or a feed, where none is new)."""
    config = load(file)
    seconds = watch().seconds
    seconds.clear()
    start = time.process_time()
    with ThreadPoolExecutor(config.fetch.workers) as pool, Store(config.store.path) as store:
        runtime = new_runtime(config, pool, lambda: datetime.now(UTC), Unwatched(), threading.Event())
        added = refresh_all(store, runtime).added
        while store.search.waiting():
            with store.writing():
                store.search.catch_up()
    whole = time.process_time() - start
    seconds["other"] = whole - sum(seconds.values())
    count, unit = (added, "entry") if added else (len(config.sources), "feed")
    print(f"{phase}: {added} new entries, {whole:.2f} s of CPU, {whole / count * 1e6:.0f} µs per {unit}")
    for stage, spent in sorted(seconds.items(), key=lambda each: -each[1]):
        print(f"  {stage:16} {spent / count * 1e6:8.0f} µs per {unit} {spent / whole:6.1%}")
