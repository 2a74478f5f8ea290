"""Entries put straight into a database and placed, without a web."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fresh import fresh
from make import NOON
from week import SOURCES

from aggregator import group
from aggregator.config import Config, load
from aggregator.model import Entry, Source
from aggregator.store import Store


@dataclass
class Desk:
    """News come in batches; nothing but the database is left between two."""

    path: Path
    config: Config

    def store(self) -> Store:
        return Store(self.path)

    def take(self, batch: Iterable[Entry]) -> None:
        news = list(batch)
        with self.store() as store:
            with store.writing():
                for source in SOURCES:
                    store.entries.keep(source, (each for each in news if each.source == source), NOON)
            group.group_unplaced(store, self.config, NOON)

    def groups(self) -> list[tuple[str, list[str]]]:
        """Every story's id with its entries, and every alias."""
        with self.store() as store:
            rows = store.db.execute(
                "SELECT guid, uid FROM members JOIN stories ON stories.id = story"
                " JOIN entries ON entries.id = entry ORDER BY guid, uid"
            ).fetchall()
            aliases = store.db.execute("SELECT story, into_story FROM aliases ORDER BY story").fetchall()
        found: dict[str, list[str]] = {}
        for guid, uid in rows:
            found.setdefault(guid, []).append(uid)
        return [*sorted(found.items()), ("aliases", [f"{young} {old}" for young, old in aliases])]

    def window(self) -> bytes:
        """The whole state, whether it was kept whole or in parts."""
        with self.store() as store:
            return group.open_window(store, self.config)[0].freeze()

    def kept(self) -> list[bytes]:
        with self.store() as store:
            return store.stories.window()

    def lose(self) -> None:
        self.change("DELETE FROM window")

    def change(self, *statement: object) -> None:
        with self.store() as store, store.writing():
            store.db.execute(*statement)

    def entry(self, uid: str) -> int:
        with self.store() as store:
            found = store.db.execute("SELECT id FROM entries WHERE uid = ?", [f"urn:x:{uid}"])
            return int(found.fetchone()[0])


def opened(folder: Path, name: str) -> Desk:
    (folder / "aggregator.toml").write_text("", encoding="utf-8")
    path = folder / f"{name}.db"
    with Store(fresh(path)) as store, store.writing():
        store.sources.sync([Source(each, "url", f"https://{each}.example/") for each in SOURCES], NOON)
    return Desk(path, load(folder / "aggregator.toml"))
