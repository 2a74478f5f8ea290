"""A folder of texts that is visited each time it has changed."""

from dataclasses import dataclass
from pathlib import Path

from bench import Bench

from aggregator.runtime import Summary
from aggregator.store import Store

OPENING = "Good morning, and welcome to the bulletin, which we send to all of you every day."
BRIDGE = f"Daily bulletin\n\n{OPENING}\n\nThe harbour bridge in Lindmark is open to cyclists again.\n"
OWLS = f"Daily bulletin\n\n{OPENING}\n\nMore snowy owls were counted than in any winter before.\n"
TAXES = "Town hall lowers the dog tax\n\nFrom next spring, each dog costs its owner less.\n"
FERRY = "A ferry for the inlet\n\nThe council has bought a ferry that seats two hundred.\n"
POST = "---\ntitle: Bridge reopens\ndate: 2026-02-28T10:00:00Z\n---\n\nIt opened again to all.\n"


@dataclass
class Texts:
    """One folder, visited each time it has changed."""

    bench: Bench
    folder: Path

    def write(self, **files: str) -> None:
        for name, text in files.items():
            (self.folder / name).write_text(text, encoding="utf-8")

    def move(self, old: str, new: str) -> None:
        (self.folder / old).rename(self.folder / new)

    def visit(self) -> Summary:
        self.bench.later(hours=5)
        return self.bench.refresh()

    def texts(self) -> dict[str, str]:
        """Id of each entry -> its last words."""
        with Store(self.bench.folder / "var/aggregator.db") as store:
            found = store.db.execute("SELECT uid, lede FROM entries WHERE source = 'Desk'").fetchall()
        return {uid: " ".join(lede.split()[-3:]) for uid, lede in found}

    def id_of(self, words: str) -> str:
        (found,) = [uid for uid, text in self.texts().items() if words in text]
        return found
