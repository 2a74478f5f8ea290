"""Local files, told apart by their bytes and not by where they lie: neither a touch nor a rename is news."""

import fnmatch
import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from aggregator.errors import SourceError
from aggregator.model import Document, Fetched, Job, KnownFile

# O_NONBLOCK: opening a FIFO would wait for a writer for ever. O_NOFOLLOW: no link between look and open.
FLAGS = os.O_RDONLY
for flag in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC"):
    FLAGS |= getattr(os, flag, 0)
VISIT = 4  # times the size of one file: what one visit of a folder may hold in memory


@dataclass(frozen=True, slots=True)
class Seen:
    """One file: what to remember of it, and its bytes when they are news."""

    known: KnownFile
    body: bytes | None = None


@dataclass(slots=True)
class Look:
    """What one visit has found so far."""

    budget: int
    seen: list[Seen] = field(default_factory=list)
    here: set[str] = field(default_factory=set)
    """Every path that is there, read or not: none of them was renamed."""
    notes: list[str] = field(default_factory=list)


def fetch_file(job: Job, size: int) -> Fetched:
    """The one file at job.address. Raises SourceError: gone; address when it is no file we can read."""
    path = Path(job.address)
    try:
        seen = visit(path, path.name, {known.path: known for known in job.files}, size)
    except FileNotFoundError as e:
        raise SourceError("gone", f"{path}: there is no such file") from e
    except (OSError, ValueError) as e:
        raise SourceError("address", f"{path}: {reason(e)}") from e
    return gathered(job, Look(0, [seen], {path.name}))


def fetch_folder(job: Job, size: int) -> Fetched:
    """Every visible file below job.address that fits job.pattern. Raises SourceError("gone")."""
    root = Path(job.address)
    if not root.is_dir():
        raise SourceError("gone", f"{root}: there is no such folder")
    known = {each.path: each for each in job.files}
    look = Look(budget=VISIT * size)
    for path, note in walk(root):
        name = path.relative_to(root).as_posix()
        if note:
            look.notes.append(f"{plain(name)}: {note}")
        elif fits(name, job.pattern):
            add(look, path, name, known, size)
    return gathered(job, look)


def add(look: Look, path: Path, name: str, known: dict[str, KnownFile], size: int) -> None:
    look.here.add(name)
    if look.budget <= 0:
        if not look.notes or not look.notes[-1].startswith("too much"):
            look.notes.append("too much at once: the rest is read at the next visit")
        look.seen += [Seen(known[name])] if name in known else []
        return
    try:
        seen = visit(path, name, known, size)
    except FileNotFoundError:
        look.here.discard(name)  # taken away while we looked
    except (OSError, ValueError) as e:
        look.notes.append(f"{plain(name)}: {reason(e)}")
        look.seen += [Seen(known[name])] if name in known else []
    else:
        look.seen.append(seen)
        look.budget -= len(seen.body or b"")


def walk(root: Path) -> Iterator[tuple[Path, str]]:
    """Files, each with "" or why it is left out, ordered by name. Hidden ones are not mentioned."""
    stack = [root]
    while stack:
        folder = stack.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as e:
            yield folder, reason(e)
            continue
        below = []
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith("."):
                continue
            if entry.is_symlink():
                yield path, "a symbolic link: only files that lie in the folder itself are read"
            elif entry.is_dir(follow_symlinks=False):
                below.append(path)
            else:
                yield path, ""
        stack += reversed(below)


def fits(name: str, pattern: str) -> bool:
    """ "*.md" is about the file's name, "drafts/*.md" about its path below the folder."""
    return fnmatch.fnmatchcase(name if "/" in pattern else name.rpartition("/")[2], pattern)


def visit(path: Path, name: str, known: dict[str, KnownFile], size: int) -> Seen:
    """Reads the file unless its size and time are as remembered. Raises OSError; ValueError: not for us."""
    name.encode()  # UnicodeEncodeError, a ValueError: a name that no database and no feed can hold
    info = path.lstat()
    if not stat.S_ISREG(info.st_mode):
        raise ValueError("not a regular file")
    before = known.get(name)
    if before and (before.size, before.mtime) == (info.st_size, info.st_mtime_ns):
        return Seen(before)
    body, mtime = read(path, size)
    digest = hashlib.sha256(body).hexdigest()
    uid = before.uid if before else ""
    now = KnownFile(path=name, size=len(body), mtime=mtime, digest=digest, uid=uid)
    return Seen(now, None if before and before.digest == digest else body)


def read(path: Path, size: int) -> tuple[bytes, int]:
    """Bytes and mtime in ns. Judged and read is one descriptor: nothing can take its place in between."""
    with os.fdopen(os.open(path, FLAGS), "rb") as file:
        info = os.fstat(file.fileno())
        if not stat.S_ISREG(info.st_mode):
            raise ValueError("not a regular file")
        body = file.read(size + 1)
    if len(body) > size:
        raise ValueError(f"more than {size} bytes")
    return body, info.st_mtime_ns


def gathered(job: Job, look: Look) -> Fetched:
    """A new path with the bytes of a known path that is gone is that file, and keeps its uid.

    Empty files are too alike for that.
    """
    paths = {known.path for known in job.files}
    gone: dict[str, list[KnownFile]] = {}
    for known in job.files:
        if known.path not in look.here:
            gone.setdefault(known.digest, []).append(known)
    seen = []
    for each in look.seen:
        same = gone.get(each.known.digest) if each.known.size and each.known.path not in paths else None
        seen.append(replace(each, known=replace(each.known, uid=same.pop().uid)) if same else each)
    documents = tuple(document(each.known, each.body) for each in seen if each.body is not None)
    return Fetched(
        documents=documents,
        size=sum(len(each.body) for each in documents),
        # Those that are gone stay remembered: they may come back, here or under another name.
        files=(*(each.known for each in seen), *chain.from_iterable(gone.values())),
        notes=tuple(look.notes),
    )


def document(known: KnownFile, body: bytes) -> Document:
    return Document(body=body, url="", modified=moment(known.mtime), name=known.path, uid=known.uid)


def moment(nanoseconds: int) -> datetime | None:
    """None for a time that no calendar has."""
    try:
        return datetime.fromtimestamp(nanoseconds / 1e9, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def reason(error: Exception) -> str:
    if isinstance(error, UnicodeError):
        return "its name is not UTF-8"
    return error.strerror or "not readable" if isinstance(error, OSError) else str(error)


def plain(name: str) -> str:
    """For one line of a log, whatever a file may be called."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)
