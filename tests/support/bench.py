"""A configuration, a pretend web and a pretend clock: the whole path in one object."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import feedparser
from fresh import fresh
from make import NOON
from pretend import Web

from aggregator.config import load
from aggregator.fetch import Web as Client
from aggregator.model import Visit
from aggregator.refresh import refresh_all, refresh_due, refresh_named
from aggregator.runtime import Runtime, Summary
from aggregator.store import Store
from aggregator.visit.visit import VisitContext, visit

BRIDGE = "Engineers reopened the harbour bridge in Lindmark to cyclists on Wednesday after a long repair"
OTHER_WORDS = "The harbour bridge in Lindmark was reopened to cyclists on Wednesday, after engineers' repair"
FERRY = (
    "Ferries that carried commuters across the inlet while it was closed will sail on until the end of "
    "March, the council said, so that shops on the southern bank keep the trade they had found"
)
NESTS = (
    "Wardens who count from boats every January found nests on islets that had been bare for decades, and "
    "asked walkers to keep dogs on a leash until the young birds have learned to fly in June"
)
OWLS = "Biologists counted more snowy owls on the northern islands than in any winter since records began"


@dataclass
class Silent:
    seen: list[Visit] = field(default_factory=list)

    def expect(self, jobs: int) -> None:
        pass

    def visited(self, visit: Visit) -> None:
        self.seen.append(visit)


@dataclass
class Bench:
    """One configuration, one pretend web, one pretend clock."""

    folder: Path
    web: Web = field(default_factory=Web)
    now: datetime = NOON
    silent: Silent = field(default_factory=Silent)
    toml: str = '[fetch]\npause = "0s"\n'

    def source(self, name: str, body: bytes | None = None) -> None:
        address = f"https://{name.lower()}.example/feed"
        self.toml += f'[[source]]\nname = "{name}"\nurl = "{address}"\n'
        if body is not None:
            self.web.pages[address] = body

    def texts(self, name: str, **files: str) -> Path:
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8")
        self.toml += f'[[source]]\nname = "{name}"\nfolder = "{name}"\n'
        return folder

    def refresh(self, *names: str) -> Summary:
        return self.run(partial(refresh_named, names=names) if names else refresh_due)

    def refresh_all(self) -> Summary:
        return self.run(refresh_all)

    def run(self, act: Callable[[Store, Runtime], Summary]) -> Summary:
        """With a new store each time: nothing may live in memory only."""
        path = self.folder / "aggregator.toml"
        path.write_text(self.toml, encoding="utf-8")
        config = load(path)
        tools = VisitContext(Client(self.web.transport(), "test"))
        with Store(fresh(config.store.path)) as store, ThreadPoolExecutor(4) as pool:
            runtime = Runtime(config, partial(visit, context=tools), pool, lambda: self.now, self.silent)
            return act(store, runtime)

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def feed(self) -> feedparser.FeedParserDict:
        return feedparser.parse(io.BytesIO((self.folder / "var/public/feed.atom").read_bytes()))

    def published(self) -> dict[str, bytes]:
        folder = self.folder / "var/public"
        files = [path for path in folder.rglob("*") if path.is_file()]
        return {str(path.relative_to(folder)): path.read_bytes() for path in files}
