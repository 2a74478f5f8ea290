"""Finds the entry of each local file after renames, swaps, copies and edits: ids follow the bytes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from aggregator.model import BROKEN, KnownFile


def follow_renames(
    before: Iterable[KnownFile], now: Sequence[KnownFile]
) -> tuple[list[str], list[KnownFile]]:
    """Returns the uids of `now`, in order, and the files of `before` that are gone for the time being.

    Bytes known from a path that is gone or has different bytes now keep their uid. Any other change is an
    edit, unless the path's uid moved away with its bytes or stays with an equal file: then it is a new
    file, whose uid is "". Empty files are never matched by their bytes.
    """
    known = {each.path: each for each in before}
    here = {each.path for each in now}
    uids = {each.path: known[each.path].uid for each in now if stays(each, known.get(each.path))}
    left: dict[str, list[KnownFile]] = defaultdict(list)
    for each in sorted(known.values(), key=lambda each: each.path not in here):  # gone ones last
        if each.path not in uids:
            left[digest_of_bytes(each)].append(each)
    for each in now:
        if each.path not in uids and each.size and left[digest_of_bytes(each)]:
            uids[each.path] = left[digest_of_bytes(each)].pop().uid
    owners = {uids[each.path]: digest_of_bytes(each) for each in now if each.path in uids}
    for each in now:
        if each.path not in uids:
            own = known[each.path].uid if each.path in known else ""
            uids[each.path] = (
                own if owners.setdefault(own, digest_of_bytes(each)) == digest_of_bytes(each) else ""
            )
    gone = [each for rest in left.values() for each in rest if each.path not in here]
    return [uids[each.path] for each in now], gone


def stays(now: KnownFile, before: KnownFile | None) -> bool:
    return before is not None and digest_of_bytes(before) == digest_of_bytes(now)


def digest_of_bytes(file: KnownFile) -> str:
    """The digest of its bytes, whether or not we could parse them."""
    return file.digest.removeprefix(BROKEN)
