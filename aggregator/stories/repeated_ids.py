"""Entries of one document that share an id, told apart by the rest of what they have. Pure.

Where several bear one id, it proves nothing. Each gets an id that is made of what it is when it is first
seen; later it is known by whatever it alone has among those that are kept: nothing counts how many others
the document has just now. An entry that once was alone keeps the plain id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from aggregator.model import Entry

MARK = "#entry-"
"""Between the id that a document gives and what tells its bearers apart."""
AGAIN = timedelta(hours=20)
"""The same text at the same address under a later date: until then it came again, from here on it is the
next issue of something that always says the same."""
SHOWN = 100  # characters of an id in a note
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Kin:
    """What an entry that is kept under a shared id, or comes with one, is known by."""

    uid: str
    """Of one that comes: the id it would get if it were new."""
    digest: str
    page: str
    title: str
    when: datetime | None
    """None where its date is no evidence."""
    files: str = ""
    """The addresses of its enclosures, one per line."""


def apart(entries: Iterable[Entry], kept: Mapping[str, Sequence[Kin]]) -> list[Entry]:
    """Of several versions of one entry the newest, and each entry under an id of its own.

    `kept`: by the id that documents give, what bears it or an id made of it; needed only where there are
    several in a document, or were.
    """
    return [
        named for uid, bearers in families(entries).items() for named in own_ids(bearers, kept.get(uid, ()))
    ]


def families(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The different entries by their ids."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.uid, []).append(entry)
    return {uid: newest_bearers(bearers) if len(bearers) > 1 else bearers for uid, bearers in found.items()}


def latest(documents: Iterable[Iterable[Entry]]) -> list[Entry]:
    """Of documents that were read at once, such as saved copies of one feed: what shares an id with an entry
    of another document is a version of it, unless that id tells nothing within a document either."""
    read = [families(document) for document in documents]
    shared = {uid for each in read for uid, bearers in each.items() if len(bearers) > 1}
    one = {uid: bearers for each in read for uid, bearers in each.items() if uid not in shared}
    several = [entry for each in read for uid in each if uid in shared for entry in each[uid]]
    return [*(entry for bearers in one.values() for entry in bearers), *several]


# --- versions of one entry in one document


def newest_bearers(bearers: Sequence[Entry]) -> list[Entry]:
    """Without repeats and older versions. Only neighbours by date are compared: a document may be large."""
    same: dict[Hashable, list[Entry]] = {}
    for entry in sorted(bearers, key=by_age):
        versions = same.setdefault((entry.page, entry.title, media(entry)), [])
        if versions and is_version(versions[-1], entry):
            versions.pop()
        versions.append(entry)
    kept = {id(entry) for versions in same.values() for entry in versions}
    return [entry for entry in bearers if id(entry) in kept]


def is_version(old: Entry, new: Entry) -> bool:
    """Of two that have their id, page, title and files in common, `new` not being the older one."""
    before, after = moment_of(old), moment_of(new)
    gap = after - before if before and after else timedelta()
    if (old.summary, old.body) == (new.summary, new.body):
        return gap < AGAIN
    edited = old.updated is not None and new.updated is not None and old.updated < new.updated
    # Where `updated` stands in for the date of publication, the dates of two versions differ.
    return edited and (not gap or (old.published == old.updated and gap < AGAIN))


def by_age(entry: Entry) -> tuple[datetime, datetime, str, str]:
    return moment_of(entry) or LONG_AGO, entry.updated or LONG_AGO, entry.summary, entry.body


# --- known again, or new


def own_ids(bearers: Sequence[Entry], kin: Sequence[Kin]) -> list[Entry]:
    if len(bearers) == 1 and all(each.uid == bearers[0].uid for each in kin):
        return list(bearers)
    traits = [traits_of(entry) for entry in bearers]
    known = recognised(traits, kin)
    taken = {each.uid for each in kin}
    named = []
    for number, entry in enumerate(bearers):
        uid = known.get(number, "") or free(traits[number].uid, taken)
        taken.add(uid)
        named.append(replace(entry, uid=uid))
    return named


def recognised(bearers: Sequence[Kin], kin: Sequence[Kin]) -> dict[int, str]:
    """The ids of those that are kept already, by their place in `bearers`."""
    known: dict[int, str] = {}
    for key in KEYS:
        ours, theirs = unique_to_one(bearers, key), unique_to_one(kin, key)
        taken = set(known.values())
        for value, number in ours.items():
            if number not in known and value in theirs and kin[theirs[value]].uid not in taken:
                known[number] = kin[theirs[value]].uid
    return known


def unique_to_one(family: Sequence[Kin], key: Callable[[Kin], Hashable | None]) -> dict[Hashable, int]:
    """What only one of them has -> its place."""
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
"""What tells an entry, the surest first: all of it, what it was at first, its files, its own page,
title and date, …"""


def free(uid: str, taken: set[str]) -> str:
    """An entry that was edited may have left its first words to another one: then these are taken."""
    while uid in taken:
        uid = made_id(uid.partition(MARK)[0], uid)
    return uid


def traits_of(entry: Entry) -> Kin:
    when = moment_of(entry)
    said = (entry.page, entry.title, when.isoformat() if when else "", entry.summary, entry.body)
    uid = made_id(entry.uid, *said, *media(entry))
    return Kin(uid, entry.digest, entry.page, entry.title, when, "\n".join(media(entry)))


def moment_of(entry: Entry) -> datetime | None:
    """To the second, as it is kept."""
    return entry.published.replace(microsecond=0) if entry.dated and entry.published else None


def media(entry: Entry) -> tuple[str, ...]:
    return tuple(each.url for each in entry.enclosures)


def made_id(uid: str, *parts: str) -> str:
    digest = blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()
    return f"{uid}{MARK}{digest}"


# --- for people


def note_on_ids(entries: Iterable[Entry]) -> str:
    """ "3 entries share the id X: kept apart by their links"; "" where none share one."""
    shared = {uid: bearers for uid, bearers in families(entries).items() if len(bearers) > 1}
    if not shared:
        return ""
    first, count = next(iter(shared)), sum(map(len, shared.values()))
    name = " ".join(first.split())[:SHOWN]
    kind = "link" if all(entry.url == uid for uid, each in shared.items() for entry in each) else "id"
    what = f"the {kind} {name}" if len(shared) == 1 else f"{len(shared)} {kind}s, the first {name}"
    return f"{count} entries share {what}: kept apart by their {difference(shared.values())}"


def difference(shared: Iterable[Sequence[Entry]]) -> str:
    """The least of what they have that tells all of them apart."""
    for name, key in DIFFERENCES:
        if all(len({key(entry) for entry in each}) == len(each) for each in shared):
            return name
    return "texts"


DIFFERENCES: tuple[tuple[str, Callable[[Entry], Hashable]], ...] = (
    ("links", lambda entry: entry.page),
    ("titles", lambda entry: entry.title),
    ("titles and dates", lambda entry: (entry.title, moment_of(entry))),
)
