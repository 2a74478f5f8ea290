"""What lies in the output folders, by our own hand."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database


class Lying(NamedTuple):
    """A file as it was when we left it."""

    name: str
    size: int
    mtime: int
    """Nanoseconds, as the file system gives it."""
    mark: str = ""
    """Of what it was made from, where it is not to be made again; "" for the others."""


class Published:
    def __init__(self, db: Database) -> None:
        self.db = db

    def revision(self) -> int:
        """Another number after every change of what outputs are made from."""
        return int(self.db.execute("SELECT number FROM revision").fetchone()[0])

    def mark(self, folder: Path) -> str:
        """Of what the folder as a whole was last made from, or ""."""
        found = self.db.execute("SELECT mark FROM editions WHERE folder = ?", [str(folder)]).fetchone()
        return found[0] if found else ""

    def files(self, folder: Path) -> dict[str, Lying]:
        found = self.db.query("SELECT name, size, mtime, mark FROM published WHERE folder = ?", [str(folder)])
        return {each["name"]: Lying(**each) for each in found}

    def keep(self, folder: Path, mark: str, files: Iterable[Lying]) -> None:
        """In place of what was known of the folder. Within a transaction."""
        self.db.execute("DELETE FROM published WHERE folder = ?", [str(folder)])
        self.db.conn.executemany(
            "INSERT INTO published (folder, name, size, mtime, mark) VALUES (?, ?, ?, ?, ?)",
            [(str(folder), *each) for each in files],
        )
        self.db.execute("INSERT OR REPLACE INTO editions (folder, mark) VALUES (?, ?)", [str(folder), mark])
