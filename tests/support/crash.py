"""What a kill leaves of a database: copies of its files, made at each statement."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from sqlite_utils import Database


@dataclass
class Copies:
    """For set_trace_callback()."""

    path: Path
    folder: Path
    made: list[Path] = field(default_factory=list)

    def watch(self, db: Database) -> None:
        db.execute("PRAGMA cache_size = 1")  # so that pages are written before the end of a transaction
        db.conn.set_trace_callback(self)

    def __call__(self, _: str) -> None:
        folder = self.folder / str(len(self.made))
        folder.mkdir()
        for ending in ("", "-wal"):
            file = self.path.with_name(self.path.name + ending)
            if file.exists():
                shutil.copy(file, folder)
        self.made.append(folder / self.path.name)


def state(path: Path) -> str:
    """Of its schema and rows, without bringing it up to date."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        made = connection.execute("SELECT name, sql, rootpage FROM sqlite_schema ORDER BY name").fetchall()
        tables = [name for name, sql, root in made if root and str(sql).startswith("CREATE TABLE")]
        rows = [connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables]
        return sha256(repr((made, rows)).encode()).hexdigest()
