"""The files we wrote to the output folders: name, size, mtime, mark."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from aggregator.store.connection import Database


class PublishedFile(NamedTuple):
    """A file as we last wrote it."""

    name: str
    size: int
    mtime: int
    """Nanoseconds, as reported by the file system."""
    mark: str = ""
    """Hash of the data it was rendered from, so that it is not rendered again; "" where unused."""


class Published:
    def __init__(self, db: Database) -> None:
        self.db = db

    def revision(self) -> int:
        """Changes with every change to the data of outputs."""
        return int(self.db.execute("SELECT number FROM revision").fetchone()[0])

    def mark(self, folder: Path) -> str:
        """Hash of the data that the whole folder was last rendered from, or ""."""
        found = self.db.execute("SELECT mark FROM editions WHERE folder = ?", [str(folder)]).fetchone()
        return found[0] if found else ""

    def files(self, folder: Path) -> dict[str, PublishedFile]:
        found = self.db.query("SELECT name, size, mtime, mark FROM published WHERE folder = ?", [str(folder)])
        return {each["name"]: PublishedFile(**each) for each in found}

    def keep(self, folder: Path, mark: str, files: Iterable[PublishedFile]) -> None:
        """Replaces all records of the folder. Within a transaction."""
        self.db.execute("DELETE FROM published WHERE folder = ?", [str(folder)])
        self.db.conn.executemany(
            "INSERT INTO published (folder, name, size, mtime, mark) VALUES (?, ?, ?, ?, ?)",
            [(str(folder), *each) for each in files],
        )
        self.db.execute("INSERT OR REPLACE INTO editions (folder, mark) VALUES (?, ?)", [str(folder), mark])
