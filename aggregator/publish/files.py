"""Bytes -> files: each in one step, and only when they differ."""

import errno
import fcntl
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from aggregator.errors import PublishError

OURS = (".atom", ".rss", ".json", ".html", ".css", ".opml")
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Modes(NamedTuple):
    """Permissions, whatever the process's own mask is: a web server is another user."""

    file: int
    folder: int


OPEN, SECRET = Modes(0o644, 0o755), Modes(0o600, 0o700)


@contextmanager
def publishing(lock: Path) -> Iterator[None]:
    """One process at a time reads the stories and writes the folder: an older edition never replaces a newer.

    The lock lies beside the database, not in the folder, which is for visitors. Raises PublishError.
    """
    try:
        held = lock.open("w")
    except OSError as e:
        raise PublishError(
            f"{lock}: {write_fault(e)}: the database's folder must be one we can write to"
        ) from e
    with held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def write(files: Mapping[str, bytes], folder: Path, modes: Modes = OPEN) -> list[str]:
    """Writes the files that are new or differ, and names them ("a", "b/c"). Raises PublishError.

    Those in subfolders, the many pages of stories, are not forced to the disk one by one. One that a power
    cut leaves empty has another size than the database remembers, and is written again at the next look.
    """
    try:
        return [name for name, body in files.items() if replaced(folder, name, body, modes)]
    except OSError as e:
        raise unusable(folder, e) from e


def withdraw(names: Iterable[str], folder: Path) -> list[str]:
    """Removes these files, and names those that were there. Raises PublishError."""
    gone = []
    for name in sorted(names):
        try:
            (folder / name).unlink()
            gone.append(name)
        except FileNotFoundError:
            pass
        except OSError as e:
            raise unusable(folder, e) from e
    return gone


def size_and_time(folder: Path, name: str) -> tuple[int, int] | None:
    """Size, and time in nanoseconds; None when there is no such file."""
    try:
        there = os.stat(f"{folder}/{name}")  # noqa: PTH116 - at each look at 1,000 files, and Path takes as long again
    except OSError:
        return None
    return there.st_size, there.st_mtime_ns


def replaced(folder: Path, name: str, body: bytes, modes: Modes) -> bool:
    path = folder / name
    try:
        if path.read_bytes() == body:
            return False
    except FileNotFoundError:
        make_folder(path.parent, folder, modes)
    # A reader sees the old file or the new one. So it is with a feed after a power cut: hence fsync first.
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)  # of a process that was killed, perhaps with other permissions
    with open(draft, "xb", opener=lambda name, flags: os.open(name, flags, modes.file)) as file:
        os.fchmod(file.fileno(), modes.file)
        file.write(body)
        file.flush()
        if path.parent == folder:
            os.fsync(file.fileno())
    draft.replace(path)
    return True


def make_folder(wanted: Path, folder: Path, modes: Modes) -> None:
    """The folders above the output folder are somebody else's, and made as the process's mask says."""
    if wanted.is_dir():
        return
    if wanted == folder:
        wanted.parent.mkdir(parents=True, exist_ok=True)
    else:
        make_folder(wanted.parent, folder, modes)
    wanted.mkdir()
    wanted.chmod(modes.folder)


def write_fault(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else str(error)


def unusable(folder: Path, error: OSError) -> PublishError:
    """Names the file, where that is what is in the way."""
    where = error.filename or folder
    advice = (
        "make room on the disk" if error.errno in FULL else f"{folder} must be a folder that we can write to"
    )
    return PublishError(f"{where}: {write_fault(error)}: {advice}")


def clear_drafts(folder: Path) -> None:
    """Removes what a killed process has left half-written; only while publishing().

    Only where we write and only what is named like ours: the folder may belong to a whole web site.
    What cannot be removed stays: writing it reports the fault.
    """
    for place in (folder, folder / "story"):
        for draft in place.glob(".?*.new"):
            if draft.name[1:-4].endswith(OURS) and draft.is_file() and not draft.is_symlink():
                with suppress(OSError):
                    draft.unlink()
