"""A daemon over a pretend web and under a pretend clock."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from bench import Silent
from make import NOON
from pretend import Web, item, rss
from starlette.testclient import TestClient

from aggregator.cli.common import say
from aggregator.config import load
from aggregator.daemon.daemon import Daemon
from aggregator.daemon.reload import watch
from aggregator.fetch import Web as Client
from aggregator.runtime import Runtime, Summary
from aggregator.store import Store
from aggregator.visit.visit import VisitContext, visit

SOURCE = '[[source]]\nname = "{0}"\nurl = "https://{1}.example/feed"\n'


@dataclass
class Running:
    """A daemon between its beats: they come when the test says so, under a pretend clock."""

    folder: Path
    web: Web = field(default_factory=Web)
    told: list[Summary] = field(default_factory=list)
    wall: datetime = NOON
    passed: float = 86_400.0  # since the machine was started
    toml: str = ""
    """Settings besides the sources."""
    environ: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("one", "two"):
            self.web.pages[f"https://{name}.example/feed"] = rss(name, item(name, f"{name} has news"))
        self.write(self.toml + SOURCE.format("One", "one"))
        config = load(self.path, self.environ)
        pool = ThreadPoolExecutor(2)
        look = partial(visit, context=VisitContext(Client(self.web.transport(), "test")))
        self.runtime = Runtime(config, look, pool, lambda: self.wall, Silent(), threading.Event())
        self.reread = watch(self.path, say, self.environ)
        self.reread.elapsed = lambda: self.passed
        self.daemon = Daemon(self.runtime, self.told.append, self.renew, lambda: self.passed)
        self.beat, self.shown = self.daemon.beat, self.daemon.server

    def later(self, span: timedelta, clock_set: timedelta = timedelta()) -> None:
        """Time goes by, and somebody sets the clock."""
        self.passed += span.total_seconds()
        self.wall += span + clock_set

    def renew(self, runtime: Runtime) -> Runtime:
        """With the pretend web still in place of the real one."""
        again = self.reread(runtime)
        return Runtime(
            again.config, self.runtime.visit, runtime.pool, runtime.clock, runtime.watcher, runtime.stop
        )

    @property
    def path(self) -> Path:
        return self.folder / "aggregator.toml"

    @property
    def database(self) -> Path:
        return self.folder / "var/aggregator.db"

    def write(self, text: str) -> None:
        self.path.write_text(text, encoding="utf-8")

    def get(self, address: str) -> str:
        """What is answered, and nothing for what is not there."""
        answer = TestClient(self.shown.swappable).get(address, follow_redirects=False)
        return answer.text + answer.headers.get("content-security-policy", "") if answer.is_success else ""

    def sources(self) -> list[str]:
        with Store.reading(self.database) as store:
            return [each.name for each in store.sources.health()]
