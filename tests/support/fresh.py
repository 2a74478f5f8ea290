"""An empty database, copied: all migrations together take as long as ten visits."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from aggregator.store import Store


@cache
def empty() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        Store(path).close()
        return path.read_bytes()


def fresh(path: Path) -> Path:
    """Creates the database unless there is one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(empty())
    return path
