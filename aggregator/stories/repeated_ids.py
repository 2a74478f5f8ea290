"""Distinguishes entries of one document that share an id by their other properties. Pure.

An id that several entries share proves nothing. Each gets an id derived from its content when first seen.
Later we recognise it by any property that no other stored entry has, however many entries share the id in
the present document. An entry that once was the only one keeps the plain id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from aggregator.model import Entry

MARK = "#entry-"
"""Separates the document's id from the part that distinguishes entries."""
AGAIN = timedelta(hours=20)
"""The same text at the same address under a later date counts as a repeat up to this gap, then as the next
issue of a series that always says the same."""
SHOWN = 100  # characters of an id in a note
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Kin:
    """The properties by which an entry with a shared id, stored or new, is recognised."""

    uid: str
    """For an arriving entry, the id it gets if it is new."""
    digest: str
    page: str
    title: str
    when: datetime | None
    """None where its date is not evidence."""
    files: str = ""
    """The addresses of its enclosures, one per line."""


def apart(
    entries: Iterable[Entry], kept: Mapping[str, Sequence[Kin]], reused: Container[str] = ()
) -> list[Entry]:
    """The newest version of each entry, each under an id of its own.

    `kept`: stored entries by the document's id, with that id or one derived from it; needed only where
    several entries of a document share it, or did. `reused`: ids under which another entry is stored.
    """
    return [
        named
        for uid, bearers in families(entries).items()
        for named in own_ids(bearers, kept.get(uid, ()), uid in reused)
    ]


def families(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The distinct entries by their ids."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.uid, []).append(entry)
    return {uid: newest_bearers(bearers) if len(bearers) > 1 else bearers for uid, bearers in found.items()}


def latest(documents: Iterable[Iterable[Entry]]) -> list[Entry]:
    """The latest entries of documents read together, such as saved copies of one feed: entries of different
    documents with one id are versions of each other, unless entries within a document share that id, too."""
    read = [families(document) for document in documents]
    shared = {uid for each in read for uid, bearers in each.items() if len(bearers) > 1}
    one = {uid: bearers for each in read for uid, bearers in each.items() if uid not in shared}
    several = [entry for each in read for uid in each if uid in shared for entry in each[uid]]
    return [*(entry for bearers in one.values() for entry in bearers), *several]


# --- versions of one entry in one document


def newest_bearers(bearers: Sequence[Entry]) -> list[Entry]:
    """Drops repeats and older versions. Compares only neighbours by date: a document may be large."""
    same: dict[Hashable, list[Entry]] = {}
    for entry in sorted(bearers, key=by_age):
        versions = same.setdefault((entry.page, entry.title, media(entry)), [])
        if versions and is_version(versions[-1], entry):
            versions.pop()
        versions.append(entry)
    kept = {id(entry) for versions in same.values() for entry in versions}
    return [entry for entry in bearers if id(entry) in kept]


def is_version(old: Entry, new: Entry) -> bool:
    """Whether `new`, not the older one, is a version of `old`; they share id, page, title and files."""
    before, after = moment_of(old), moment_of(new)
    gap = after - before if before and after else timedelta()
    if (old.summary, old.body) == (new.summary, new.body):
        return gap < AGAIN
    edited = old.updated is not None and new.updated is not None and old.updated < new.updated
    # Where `updated` replaces the date of publication, the dates of two versions differ.
    return edited and (not gap or (old.published == old.updated and gap < AGAIN))


def by_age(entry: Entry) -> tuple[datetime, datetime, str, str]:
    return moment_of(entry) or LONG_AGO, entry.updated or LONG_AGO, entry.summary, entry.body


# --- known again, or new


def own_ids(bearers: Sequence[Entry], kin: Sequence[Kin], reused: bool = False) -> list[Entry]:
    if len(bearers) == 1 and all(each.uid == bearers[0].uid for each in kin):
        return [replace(bearers[0], uid=traits_of(bearers[0]).uid)] if reused else list(bearers)
    traits = [traits_of(entry) for entry in bearers]
    known = recognised(traits, kin)
    taken = {each.uid for each in kin}
    named = []
    for number, entry in enumerate(bearers):
        edited = edited_newest(traits[number], kin) if len(bearers) == 1 else ""
        uid = known.get(number, "") or edited or free(traits[number].uid, taken)
        taken.add(uid)
        named.append(replace(entry, uid=uid))
    return named


def edited_newest(bearer: Kin, kin: Sequence[Kin]) -> str:
    """The id of the newest entry stored, if `bearer` has its title and is not its next issue; else ""."""
    newest = max(kin, key=lambda each: each.when or LONG_AGO)
    gap = abs(bearer.when - newest.when) if bearer.when and newest.when else timedelta()
    return newest.uid if bearer.title and bearer.title == newest.title and gap < AGAIN else ""


def recognised(bearers: Sequence[Kin], kin: Sequence[Kin]) -> dict[int, str]:
    """The ids of entries that are stored already, by their position in `bearers`."""
    known: dict[int, str] = {}
    for key in KEYS:
        ours, theirs = unique_to_one(bearers, key), unique_to_one(kin, key)
        taken = set(known.values())
        for value, number in ours.items():
            if number not in known and value in theirs and kin[theirs[value]].uid not in taken:
                known[number] = kin[theirs[value]].uid
    return known


def unique_to_one(family: Sequence[Kin], key: Callable[[Kin], Hashable | None]) -> dict[Hashable, int]:
    """Value of `key` that only one of them has -> its position."""
    values = [key(each) for each in family]
    counts = Counter(values)
    return {value: number for number, value in enumerate(values) if value is not None and counts[value] == 1}


KEYS: tuple[Callable[[Kin], Hashable | None], ...] = (
    lambda each: each.digest or None,
    lambda each: each.uid,
    lambda each: each.files or None,
    lambda each: (each.page, each.title, each.when),
    lambda each: (each.page, each.when) if each.when else None,
    lambda each: each.page or None,
    lambda each: (each.title, each.when) if each.when else None,
)
"""Properties that identify an entry, the surest first: all of it, its first content, its files, its page with
title and date, …"""


def free(uid: str, taken: set[str]) -> str:
    """An id not yet taken: an entry that was edited since may have the id of this content."""
    while uid in taken:
        uid = made_id(uid.partition(MARK)[0], uid)
    return uid


def traits_of(entry: Entry) -> Kin:
    when = moment_of(entry)
    said = (entry.page, entry.title, when.isoformat() if when else "", entry.summary, entry.body)
    uid = made_id(entry.uid, *said, *media(entry))
    return Kin(uid, entry.digest, entry.page, entry.title, when, "\n".join(media(entry)))


def moment_of(entry: Entry) -> datetime | None:
    """To the second, as stored; None where the date is not evidence."""
    return entry.published.replace(microsecond=0) if entry.dated and entry.published else None


def media(entry: Entry) -> tuple[str, ...]:
    return tuple(each.url for each in entry.enclosures)


def made_id(uid: str, *parts: str) -> str:
    digest = blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()
    return f"{uid}{MARK}{digest}"


# --- for people


def note_on_ids(entries: Iterable[Entry]) -> str:
    """ "3 entries share the id X: kept apart by their links"; "" if none share an id."""
    shared = {uid: bearers for uid, bearers in families(entries).items() if len(bearers) > 1}
    if not shared:
        return ""
    first, count = next(iter(shared)), sum(map(len, shared.values()))
    name = " ".join(first.split())[:SHOWN]
    kind = "link" if all(entry.url == uid for uid, each in shared.items() for entry in each) else "id"
    what = f"the {kind} {name}" if len(shared) == 1 else f"{len(shared)} {kind}s, the first {name}"
    return f"{count} entries share {what}: kept apart by their {difference(shared.values())}"


def difference(shared: Iterable[Sequence[Entry]]) -> str:
    """The simplest property that distinguishes all of them."""
    for name, key in DIFFERENCES:
        if all(len({key(entry) for entry in each}) == len(each) for each in shared):
            return name
    return "texts"


DIFFERENCES: tuple[tuple[str, Callable[[Entry], Hashable]], ...] = (
    ("links", lambda entry: entry.page),
    ("titles", lambda entry: entry.title),
    ("titles and dates", lambda entry: (entry.title, moment_of(entry))),
)
