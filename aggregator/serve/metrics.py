"""/metrics: numbers for Prometheus. The only place that knows its library, which is wanted only here.

Names follow prometheus.io/docs/practices/naming. What is counted since the start comes from the daemon; the
rest is read from the database when it is asked for.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from aggregator import __version__
from aggregator.config import Config
from aggregator.errors import ConfigError, StoreError
from aggregator.serve.health import LOG, NO_STORE, Condition
from aggregator.store import Store
from aggregator.store.backup import newest_copy

if TYPE_CHECKING:
    from prometheus_client import Metric

MISSING = (
    "[serve] metrics: needs a library: pip install 'story-aggregator[metrics]', or write metrics = false"
)


def metrics(config: Config, condition: Callable[[], Condition]) -> Callable[[Request], Response]:
    """Raises ConfigError: the library is not there."""
    try:
        from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
    except ImportError as e:
        raise ConfigError(MISSING) from e
    registry = CollectorRegistry()
    registry.register(Collector(config, condition))
    asked = Lock()

    def answer(_: Request) -> Response:
        if not asked.acquire(blocking=False):  # a large database is counted for one at a time
            return PlainTextResponse("asked already\n", 503, NO_STORE | {"Retry-After": "2"})
        try:
            return Response(generate_latest(registry), headers=NO_STORE, media_type=CONTENT_TYPE_LATEST)
        except StoreError as e:
            LOG.error("%s", e)
            return PlainTextResponse("the database cannot be read\n", 503, NO_STORE)
        finally:
            asked.release()

    return answer


class Collector:
    def __init__(self, config: Config, condition: Callable[[], Condition]) -> None:
        self.config = config
        self.condition = condition

    def describe(self) -> Iterable["Metric"]:
        """None in advance: registering must not open the database."""
        return ()

    def collect(self) -> Iterable["Metric"]:
        """Raises StoreError."""
        return [*self.of_process(self.condition()), *self.of_files(), *self.of_database()]

    def of_process(self, now: Condition) -> Iterable["Metric"]:
        from prometheus_client.core import CounterMetricFamily

        yield labelled("aggregator_info", "The program.", "version", {__version__: 1})
        yield gauge("aggregator_healthy", "0 when /healthz reports trouble.", not now.trouble)
        yield moment("aggregator_last_beat", "When we last looked for what is due.", now.last_beat)
        if now.refresh_seconds is not None:
            help_ = "What the last refresh took that visited a source."
            yield gauge("aggregator_refresh_seconds", help_, now.refresh_seconds)
        visits = CounterMetricFamily("aggregator_visits", "Visits since the start.", labels=["result"])
        for result in ("fresh", "same", "failed"):
            visits.add_metric([result], now.visits.get(result, 0))
        yield visits
        help_ = "Seconds of all refreshes since the start."
        stages = CounterMetricFamily("aggregator_stage_seconds", help_, labels=["stage"])
        for stage in ("visit", "group", "publish"):
            stages.add_metric([stage], now.stage_seconds.get(stage, 0))
        yield stages

    def of_files(self) -> Iterable["Metric"]:
        path = self.config.store.path
        yield gauge("aggregator_database_bytes", "Size of the database.", size(path))
        log = path.with_name(f"{path.name}-wal")
        yield gauge("aggregator_database_log_bytes", "Size of its write-ahead log.", size(log))
        if folder := self.config.store.backup:
            newest = newest_copy(folder, path)
            yield moment("aggregator_last_backup", "When the newest copy was made.", newest)

    def of_database(self) -> Iterable["Metric"]:
        with Store.reading(self.config.store.path) as store, store.translating_errors():
            counts, success = store.counts, store.sources.last_success()
            waiting = {"stories": counts.unplaced(), "search": counts.unindexed()}
            yield labelled("aggregator_sources", "Sources by state.", "state", counts.sources())
            yield gauge("aggregator_entries", "Entries that are kept.", counts.entries())
            yield gauge("aggregator_stories", "Stories that they make.", counts.stories())
            help_ = "Entries by how they came into their stories; alone: they founded them."
            yield labelled("aggregator_placed_entries", help_, "level", counts.placed())
            yield labelled("aggregator_waiting_entries", "Entries that wait for it.", "queue", waiting)
            yield moment("aggregator_last_success", "When a source was last read.", success)


def gauge(name: str, help_: str, value: float) -> "Metric":
    from prometheus_client.core import GaugeMetricFamily

    return GaugeMetricFamily(name, help_, value=float(value))


def labelled(name: str, help_: str, label: str, values: dict[str, int]) -> "Metric":
    from prometheus_client.core import GaugeMetricFamily

    family = GaugeMetricFamily(name, help_, labels=[label])
    for each, value in values.items():
        family.add_metric([each], value)
    return family


def moment(name: str, help_: str, when: datetime | None) -> "Metric":
    """0, long ago, for what never was: so that an alert on its age is raised."""
    return gauge(f"{name}_timestamp_seconds", help_, when.timestamp() if when else 0)


def size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
