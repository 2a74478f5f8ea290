"""Who has which id among the files of one source. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from aggregator.model import AWAY, Entry, Fetched, KnownFile
from aggregator.visit.renamed_files import heirs, trace_of

MADE = "text:"  # begins an id that is made of a text; others were given by their authors
MARK = 12  # hexadecimal digits of a digest: two texts that begin alike do not share them by chance


class Owners:
    def __init__(self, files: Iterable[KnownFile]) -> None:
        """Of the files that are there: an id whose file is gone is free."""
        self.digests: dict[str, str] = {}
        self.uids: dict[str, str] = {}
        for each in files:
            self.add(each.uid, each.digest)

    def add(self, uid: str, digest: str) -> None:
        self.digests.setdefault(uid, digest)
        self.uids.setdefault(digest, uid)

    def reserve(self, uid: str) -> None:
        """For a file that went at this visit: a new one that begins alike, and no more, does not take it."""
        self.digests.setdefault(uid, "")

    def has(self, file: KnownFile) -> bool:
        """Whether an equal one is there."""
        return file.digest in self.uids

    def free(self, uid: str, digest: str) -> str:
        """For a new file that asks for `uid`: that of an equal file, else the first that nobody has."""
        if digest in self.uids:
            return self.uids[digest]
        while uid in self.digests:
            uid = f"{uid}-{digest[:MARK]}"
        return uid


def owned(fetched: Fetched, new: Mapping[str, Entry]) -> dict[str, str]:
    """Path -> id, of the new files, whose entries are given under the ids that they ask for.

    A file that was renamed and edited at once goes on with the entry of the one that is gone; texts that
    begin alike get ids of their own; equal files are one entry.
    """
    files = {known.path: known for known in fetched.files if known.path not in fetched.gone}
    owners = Owners(known for known in files.values() if known.uid)
    away = (
        known for known in fetched.files if known.path in fetched.gone and known.uid not in owners.digests
    )
    gone = {known.uid: known.trace for known in away if not known.trace.startswith(AWAY)}
    changed = {path: trace_of(entry) for path, entry in new.items() if not owners.has(files[path])}
    uids = heirs(gone, changed, [known.trace for known in files.values()])
    for path, uid in uids.items():
        owners.add(uid, files[path].digest)
    for uid in gone:
        if gone[uid] and uid.startswith(MADE):
            owners.reserve(uid)
    for path, entry in new.items():
        digest = files[path].digest
        uids[path] = uids.get(path) or owners.free(entry.uid, digest)
        owners.add(uids[path], digest)
    return uids
