"""Who has which id among the files of one source. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from aggregator.model import KnownFile

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

    def free(self, uid: str, digest: str) -> str:
        """For a new file that asks for `uid`: that of an equal file, else the first that nobody has."""
        if digest in self.uids:
            return self.uids[digest]
        while uid in self.digests:
            uid = f"{uid}-{digest[:MARK]}"
        return uid
