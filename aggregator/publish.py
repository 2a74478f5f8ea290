"""Bytes -> files: each in one step, and only when they differ."""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from aggregator.errors import PublishError


@contextmanager
def publishing(folder: Path) -> Iterator[None]:
    """One process at a time reads the stories and writes the folder: an older edition never replaces a newer.

    Raises PublishError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("w")
    except OSError as e:
        raise unusable(folder, e) from e
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def publish(files: Mapping[str, bytes], folder: Path) -> list[str]:
    """Writes the files that are new or differ, and names them. Raises PublishError."""
    try:
        return [name for name, body in files.items() if replaced(folder / name, body)]
    except OSError as e:
        raise unusable(folder, e) from e


def replaced(path: Path, body: bytes) -> bool:
    try:
        if path.read_bytes() == body:
            return False
    except FileNotFoundError:
        pass
    # A reader sees the old file or the new one, also after a power cut: hence fsync before the rename.
    draft = path.with_name(f".{path.name}.new")
    with draft.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return True


def unusable(folder: Path, error: OSError) -> PublishError:
    what = os.strerror(error.errno) if error.errno else str(error)
    return PublishError(f"{folder}: {what}: [publish] folder must be a folder we can write to")
