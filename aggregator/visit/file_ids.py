"""Assigns entry ids to the local files of one source; equal files share one. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from aggregator.model import AWAY, Entry, Fetched, KnownFile
from aggregator.visit.similar_files import continued_files, trace_of

MADE = "text:"  # prefix of ids derived from a text; the other ids were given by authors
MARK = 12  # hexadecimal digits of a digest: enough to tell apart texts that begin alike


class IdRegister:
    def __init__(self, files: Iterable[KnownFile]) -> None:
        """`files`: those that exist now; the id of a file that is gone is free."""
        self.digests: dict[str, str] = {}
        self.uids: dict[str, str] = {}
        for each in files:
            self.add(each.uid, each.digest)

    def add(self, uid: str, digest: str) -> None:
        self.digests.setdefault(uid, digest)
        self.uids.setdefault(digest, uid)

    def reserve(self, uid: str) -> None:
        """Keeps the id of a file that has just gone from a new file that only begins alike."""
        self.digests.setdefault(uid, "")

    def has(self, file: KnownFile) -> bool:
        """Whether a file with equal bytes has an id."""
        return file.digest in self.uids

    def free(self, uid: str, digest: str) -> str:
        """The id for a new file that wants `uid`: that of an equal file, else the first that is free."""
        if digest in self.uids:
            return self.uids[digest]
        while uid in self.digests:
            uid = f"{uid}-{digest[:MARK]}"
        return uid


def ids_of_new_files(fetched: Fetched, new: Mapping[str, Entry]) -> dict[str, str]:
    """Path -> id of each new file. `new`: path -> its entry, with the id that it would have alone.

    A file that was both renamed and edited continues the entry of the file that is gone; texts that only
    begin alike get different ids; equal files are one entry.
    """
    files = {known.path: known for known in fetched.files if known.path not in fetched.gone}
    owners = IdRegister(known for known in files.values() if known.uid)
    away = (
        known for known in fetched.files if known.path in fetched.gone and known.uid not in owners.digests
    )
    gone = {known.uid: known.trace for known in away if not known.trace.startswith(AWAY)}
    changed = {path: trace_of(entry) for path, entry in new.items() if not owners.has(files[path])}
    uids = continued_files(gone, changed, [known.trace for known in files.values()])
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
