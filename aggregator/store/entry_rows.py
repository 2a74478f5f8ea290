"""Entry <-> a row of `entries`."""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from aggregator.model import NO_EPISODE, Enclosure, Entry
from aggregator.store.columns import moment_of_stamp, moment_or_none, stamp, stamp_or_none, texts, values
from aggregator.store.compressed import text_columns, whole_texts
from aggregator.store.episodes import read_episode

ENCODE = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps would create one each time
MORE = ("image", "enclosures", "comments", "via_title", "via_url", "dateline", "article")
MOST_BESIDE = 100
ENCLOSED = {"url": str, "type": str, "length": int}
COLUMNS = (
    *("source", "uid", "digest", "seen", "changed", "published", "updated", "title", "url", "page"),
    *("fingerprint", "lede", "summary", "body", "compressed", "language", "authors", "tags", "more", "dated"),
    "upstream",
)
PLAIN = ("source", "uid", "title", "url", "lede", "language", "digest", "page", "fingerprint", "upstream")
"""Columns that hold the values of fields as they are."""


def row(entry: Entry, now: datetime) -> dict[str, Any]:
    return {
        **{name: getattr(entry, name) for name in COLUMNS if name in FIELDS},
        **text_columns(entry.summary, entry.body),
        **dict.fromkeys(("seen", "changed"), stamp(now)),
        "published": stamp((entry.published or now).replace(microsecond=0)),
        "updated": stamp_or_none(entry.updated),
        "authors": ENCODE(entry.authors),
        "tags": ENCODE(entry.tags),
        "more": more(entry),
        "dated": int(entry.dated and entry.published is not None),
    }


FIELDS = {each.name for each in fields(Entry)}


def more(entry: Entry) -> str:
    """The fields that no query uses, where set, as JSON."""
    values = {name: getattr(entry, name) for name in MORE if getattr(entry, name)}
    if "enclosures" in values:
        values["enclosures"] = [asdict(each) for each in entry.enclosures]
    if entry.episode != NO_EPISODE:
        values["episode"] = asdict(entry.episode)
    return ENCODE(values) if values else "{}"


def note_beside(added: Iterable[dict[str, Any]], stored: Iterable[Entry]) -> None:
    """Notes in new rows which `stored` entries of the same title their document lists beside them.
    Grouping reads it once, so an edit may drop it."""
    uids: dict[str, list[str]] = {}
    for entry in stored:
        uids.setdefault(entry.title, []).append(entry.uid)
    for each in added:
        if named := uids.get(each["title"]):
            each["more"] = ENCODE({**values(each, "more"), "beside": named[:MOST_BESIDE]})


def beside(each: dict[str, Any]) -> Collection[str]:
    """Ids of entries that its document listed beside a new one."""
    found = values(each, "more").get("beside")
    return found if isinstance(found, list) else ()


def entry(each: dict[str, Any]) -> Entry:
    """The Entry of a row, as keep() received it."""
    return Entry(
        **{name: each[name] for name in PLAIN},
        **whole_texts(each),
        **rest(each),
        dated=bool(each["dated"]),
        published=moment_of_stamp(each["published"]),
        updated=moment_or_none(each["updated"]),
        authors=texts(each, "authors"),
        tags=texts(each, "tags"),
    )


def rest(each: dict[str, Any]) -> dict[str, Any]:
    """The reverse of more()."""
    found = values(each, "more")
    given = found.get("enclosures")
    enclosures = [Enclosure(**one) for one in given if enclosed(one)] if isinstance(given, list) else ()
    plain = {name: found[name] for name in MORE if isinstance(found.get(name), str)}
    return plain | {"enclosures": tuple(enclosures), "episode": read_episode(found.get("episode"))}


def enclosed(one: Any) -> bool:
    return isinstance(one, dict) and {name: type(one[name]) for name in one} == ENCLOSED


def enclosure_addresses(each: dict[str, Any]) -> tuple[str, ...]:
    return tuple(one.url for one in rest(each)["enclosures"]) if "enclosures" in each["more"] else ()
