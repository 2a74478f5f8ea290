"""What we remember of the files of local sources."""

from collections.abc import Iterable
from dataclasses import asdict

from aggregator.model import KnownFile
from aggregator.store.connection import Database

FILES = "SELECT path, size, mtime, digest, uid, trace FROM files WHERE source = ?"
REMEMBER = """
INSERT INTO files (source, path, size, mtime, digest, uid, trace)
VALUES (:source, :path, :size, :mtime, :digest, :uid, :trace)
"""


def known_files(db: Database, source: str) -> tuple[KnownFile, ...]:
    return tuple(KnownFile(**each) for each in db.query(FILES, [source]))


def remember_files(db: Database, source: str, files: Iterable[KnownFile]) -> None:
    db.execute("DELETE FROM files WHERE source = ?", [source])
    db.conn.executemany(REMEMBER, [{"source": source, **asdict(each)} for each in files])
