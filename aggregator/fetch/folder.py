"""Local files, identified by their bytes and not by their paths: touching or renaming one is not news."""

import fnmatch
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from aggregator.errors import SourceError
from aggregator.fetch.renamed_files import follow_renames
from aggregator.model import AWAY, BROKEN, Document, Fetched, Job, KnownFile

# O_NONBLOCK: opening a FIFO would wait for a writer forever. O_NOFOLLOW: no link swapped in before open().
FLAGS = os.O_RDONLY
for flag in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC"):
    FLAGS |= getattr(os, flag, 0)
OUTPUT = ".published"  # a file in every folder that we publish to
BACKUPS = ("~", "#")  # editors' backups of a file: an old text, not a new one
DATABASE = re.compile(r"(.+\.db)(?:-wal|-shm|-journal)?", re.DOTALL)
MAGIC = b"SQLite format 3\0"
UNREAD = -1  # an impossible size in bytes
VISIT = 4  # times the maximum size of a file: bytes that one visit of a folder may hold in memory


@dataclass(frozen=True, slots=True)
class Seen:
    """One file: what to remember of it, and its bytes if they changed."""

    known: KnownFile
    body: bytes | None = None


@dataclass(slots=True)
class FolderLook:
    """The files that one visit has found so far; `budget`: bytes that it may still read."""

    budget: int
    seen: list[Seen] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def fetch_file(job: Job, size: int) -> Fetched:
    """Reads the file at job.address. Raises SourceError: gone; address when we cannot read it."""
    path = Path(job.address)
    try:
        seen = read_seen(path, path.name, files_by_path(job), size)
    except FileNotFoundError as e:
        raise SourceError("gone", f"{path}: there is no such file") from e
    except (OSError, ValueError) as e:
        raise SourceError("address", f"{path}: {read_fault(e)}") from e
    return gathered(job, FolderLook(0, [seen]))


def fetch_folder(job: Job, size: int) -> Fetched:
    """Reads every visible file below job.address that matches job.pattern. Raises SourceError: gone, address.

    Skips the program's own files (the folders it publishes to, SQLite databases, aggregator.toml) and
    the backups of editors, "notes.txt~" and "#notes.txt#".
    """
    root = Path(job.address)
    if not root.is_dir():
        raise SourceError("gone", f"{root}: there is no such folder")
    if is_output_folder(root):
        raise SourceError("address", f"{root}: this is a folder that we publish to")
    known = files_by_path(job)
    look = FolderLook(budget=VISIT * size)
    for path, note in walk(root):
        name = path.relative_to(root).as_posix()
        if note:
            look.notes.append(f"{printable_name(name)}: {note}")
        elif fits(name, job.pattern):
            add_file(look, path, name, known, size)
    return gathered(job, look)


def files_by_path(job: Job) -> dict[str, KnownFile]:
    """By path; as unread where their links would lead elsewhere now."""
    moved = job.site != job.last_site
    return {each.path: unread(each) if moved else each for each in job.files}


def unread(file: KnownFile) -> KnownFile:
    return replace(file, size=UNREAD, digest=BROKEN + file.digest.removeprefix(BROKEN))


def add_file(look: FolderLook, path: Path, name: str, known: dict[str, KnownFile], size: int) -> None:
    if look.budget <= 0:
        if not look.notes or not look.notes[-1].startswith("too much"):
            look.notes.append("too much for one visit: the rest is read at the next visit")
        look.seen += [Seen(known[name])] if name in known else []
        return
    try:
        seen = read_seen(path, name, known, size)
    except FileNotFoundError:
        pass  # deleted in the meantime
    except (OSError, ValueError) as e:
        look.notes.append(f"{printable_name(name)}: {read_fault(e)}")
        look.seen += [Seen(known[name])] if name in known else []
    else:
        look.seen.append(seen)
        look.budget -= len(seen.body or b"")


def walk(root: Path) -> Iterator[tuple[Path, str]]:
    """Yields files in order of name, each with "" or why we skip it. Leaves out hidden files."""
    stack = [root]
    while stack:
        folder = stack.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as e:
            yield folder, read_fault(e)
            continue
        below = []
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith(".") or entry.name.endswith(BACKUPS):
                continue
            if entry.is_symlink():
                yield path, "a symbolic link: only files in the folder itself are read"
            elif entry.is_dir(follow_symlinks=False):
                below += [] if is_output_folder(path) else [path]
            elif not (entry.name == "aggregator.toml" or database(path)):
                yield path, ""
        stack += reversed(below)


def is_output_folder(folder: Path) -> bool:
    return (folder / OUTPUT).is_file()


def database(path: Path) -> bool:
    """Whether it is an SQLite database, or one of the files that SQLite keeps beside one."""
    match = DATABASE.fullmatch(path.name)
    if match is None:
        return False
    try:
        with os.fdopen(os.open(path.with_name(match[1]), FLAGS), "rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def fits(name: str, pattern: str) -> bool:
    """ "*.md" is matched against the file's name, "drafts/*.md" against its path below the folder."""
    return fnmatch.fnmatchcase(name if "/" in pattern else name.rpartition("/")[2], pattern)


def read_seen(path: Path, name: str, known: dict[str, KnownFile], size: int) -> Seen:
    """Reads the file unless size and mtime are unchanged. Raises OSError; ValueError if we do not read it."""
    name.encode()  # UnicodeEncodeError, a ValueError: databases and feeds cannot hold the name
    info = path.lstat()
    if not stat.S_ISREG(info.st_mode):
        raise ValueError("not a regular file")
    before = known.get(name)
    if before and (before.size, before.mtime) == (info.st_size, info.st_mtime_ns):
        return Seen(before)
    body, mtime = read_bytes(path, size)
    digest = hashlib.sha256(body).hexdigest()
    now = KnownFile(path=name, size=len(body), mtime=mtime, digest=digest, uid="")
    return Seen(now, None if before and before.digest == digest else body)


def read_bytes(path: Path, size: int) -> tuple[bytes, int]:
    """(bytes, mtime in ns). Checks and reads one descriptor, so that no other file can slip in between."""
    with os.fdopen(os.open(path, FLAGS), "rb") as file:
        info = os.fstat(file.fileno())
        if not stat.S_ISREG(info.st_mode):
            raise ValueError("not a regular file")
        body = file.read(size + 1)
    if len(body) > size:
        raise ValueError(f"more than {size} bytes")
    return body, info.st_mtime_ns


def gathered(job: Job, look: FolderLook) -> Fetched:
    uids, gone = follow_renames(job.files, [each.known for each in look.seen])
    traces = {each.uid: each.trace.removeprefix(AWAY) for each in job.files if each.uid}
    pairs = zip(look.seen, uids, strict=True)
    files = [replace(each.known, uid=uid, trace=traces.get(uid, "")) for each, uid in pairs]
    bodies = [each.body for each in look.seen]
    documents = [document(known, body) for known, body in zip(files, bodies, strict=True) if body is not None]
    return Fetched(
        documents=tuple(documents),
        size=sum(len(each.body) for each in documents),
        files=(*files, *gone),
        gone=frozenset(each.path for each in gone),
        notes=tuple(look.notes),
    )


def document(known: KnownFile, body: bytes) -> Document:
    return Document(body=body, url="", modified=file_time(known.mtime), name=known.path, uid=known.uid)


def file_time(nanoseconds: int) -> datetime | None:
    """None for a time outside datetime's range."""
    try:
        return datetime.fromtimestamp(nanoseconds / 1e9, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def read_fault(error: Exception) -> str:
    if isinstance(error, UnicodeError):
        return "its name is not UTF-8"
    return error.strerror or "not readable" if isinstance(error, OSError) else str(error)


def printable_name(name: str) -> str:
    """The name made safe for one line of a log."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)
