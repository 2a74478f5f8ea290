"""Entries as they arrived, one row each; only pruning removes them."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from aggregator.errors import NumberError
from aggregator.model import Entry, Sketch
from aggregator.store.articles import with_articles
from aggregator.store.columns import moment_of_stamp, stamp, texts, values
from aggregator.store.connection import Database
from aggregator.store.entry_rows import COLUMNS, enclosure_addresses, row
from aggregator.store.pruned import Pruned
from aggregator.store.revised import note_revisions
from aggregator.store.shared_ids import bearers_of
from aggregator.store.sift import sift, still_wanted
from aggregator.stories.lead import publisher
from aggregator.stories.repeated_ids import apart

ADD = f"INSERT INTO entries ({', '.join(COLUMNS)}) VALUES ({', '.join(':' + name for name in COLUMNS)})"  # noqa: S608
SKETCHED = """
SELECT entries.id, source, entries.title, lede, page, published, entries.language, dated, authors, more,
    upstream, kind, address, sources.url AS site
FROM entries JOIN sources ON sources.name = entries.source
"""
LATEST = """
SELECT title, lede FROM entries WHERE source = ? AND id <= ? ORDER BY published DESC, title DESC LIMIT ?
"""
# The first date of an entry stays: publishers bump it, and a text file's is that of its last edit.
EDIT = """
UPDATE entries SET digest = :digest, changed = :changed,
    updated = :updated, title = :title, url = :url, page = :page, fingerprint = :fingerprint,
    lede = :lede, summary = :summary, body = :body, compressed = :compressed, language = :language,
    authors = :authors, tags = :tags, more = :more, upstream = :upstream
WHERE source = :source AND uid = :uid
"""


class KeptCounts(NamedTuple):
    added: int
    edited: int


class Entries:
    def __init__(self, db: Database) -> None:
        self.db = db

    def keep(self, source: str, entries: Iterable[Entry], now: datetime) -> KeptCounts:
        """Adds new entries, updates changed ones, ignores equal and pruned ones. Within a transaction."""
        latest, known = self.latest_and_known(source, entries)
        if not latest:
            return KeptCounts(0, 0)
        rows = [row(entry, now) for entry in with_articles(self.db, source, latest, known)]
        added = [each for each in rows if each["uid"] not in known]
        edited = [each for each in rows if each["uid"] in known]
        if edited:
            note_revisions(self.db, source, edited, now)
        self.db.conn.executemany(ADD, added)
        self.db.conn.executemany(EDIT, edited)
        if edited:
            self.touch_stories(source, [each["uid"] for each in edited], now)
        return KeptCounts(len(added), len(edited))

    def sift(self, source: str, entries: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
        """Those that keep() would add, and those that it would update."""
        return sift(*self.latest_and_known(source, entries))

    def latest_and_known(self, source: str, entries: Iterable[Entry]) -> tuple[list[Entry], dict[str, str]]:
        """One version of each entry that may be stored; digests of stored entries by id."""
        latest = self.apart(source, entries)
        known = self.digests(source, [each.uid for each in latest])
        return still_wanted(self.db, source, latest, known), known

    def apart(self, source: str, entries: Iterable[Entry]) -> list[Entry]:
        """Each under the id that it has, or will have, in the store."""
        given = list(entries)
        if not given:
            return []
        return apart(given, bearers_of(self.db, source, given))

    def digests(self, source: str, uids: Iterable[str]) -> dict[str, str]:
        found = self.db.query(
            "SELECT uid, digest FROM entries WHERE source = :source"
            " AND uid IN (SELECT value FROM json_each(:uids))",
            {"source": source, "uids": json.dumps(list(uids))},
        )
        return {each["uid"]: each["digest"] for each in found}

    def without_older(self, source: str, entries: Iterable[Entry], came: datetime) -> list[Entry]:
        """Drops pushed entries that are older than the stored ones, by the entries' own dates.

        If the source was visited since the push arrived, also drops all entries that are stored already.
        """
        given = self.apart(source, entries)
        found = self.db.query(
            "SELECT uid, updated, succeeded > :came AS seen FROM entries JOIN sources ON name = source"
            " WHERE source = :source AND uid IN (SELECT value FROM json_each(:uids))",
            {"source": source, "uids": json.dumps([entry.uid for entry in given]), "came": stamp(came)},
        )
        known = {each["uid"]: (each["updated"] or "", each["seen"]) for each in found}

        def older(entry: Entry) -> bool:
            updated, seen = known.get(entry.uid, ("", 0))
            return bool(seen or (entry.updated and stamp(entry.updated) < updated))

        return [entry for entry in given if not older(entry)]

    def touch_stories(self, source: str, uids: list[str], now: datetime) -> None:
        self.db.execute(
            "UPDATE stories SET changed = :now WHERE id IN (SELECT story FROM members JOIN entries"
            " ON entries.id = members.entry WHERE source = :source"
            " AND uid IN (SELECT value FROM json_each(:uids)))",
            {"source": source, "uids": json.dumps(uids), "now": stamp(now)},
        )

    def unplaced(self) -> Iterator[Sketch]:
        """Entries that are in no story yet, in the order in which to place them: the oldest first, and of
        those with one date the last of the document, since the newest stories are shown first.

        Row numbers are assigned under the write lock, so every entry after the newest member is unplaced.
        """
        for each in self.db.query(
            SKETCHED + " WHERE entries.id > (SELECT coalesce(max(entry), 0) FROM members)"  # noqa: S608
            " ORDER BY published, source, entries.id DESC"
        ):
            yield sketch(each)

    def latest(self, source: str, most: int, until: int) -> list[tuple[str, str]]:
        """Titles and first words of a source's latest `most` entries up to row `until`, latest last."""
        return self.db.execute(LATEST, [source, until, most]).fetchall()[::-1]

    def newest(self) -> int:
        return int(self.db.execute("SELECT coalesce(max(id), 0) FROM entries").fetchone()[0])

    def count_unplaced(self) -> int:
        found = self.db.execute(
            "SELECT count(*) FROM entries WHERE id > (SELECT coalesce(max(entry), 0) FROM members)"
        )
        return int(found.fetchone()[0])

    def doubles(self) -> set[int]:
        """Unplaced entries that share page or text with any other entry, pruned or not, or a title within
        their source."""
        found = self.db.execute(
            "SELECT id FROM entries AS own WHERE id > (SELECT coalesce(max(entry), 0) FROM members)"
            " AND (page <> '' AND EXISTS (SELECT 1 FROM entries WHERE page = own.page AND page <> ''"
            " AND id <> own.id) OR title <> '' AND EXISTS (SELECT 1 FROM entries WHERE source = own.source"
            " AND title = own.title AND id <> own.id)"
            " OR fingerprint <> '' AND EXISTS (SELECT 1 FROM entries"
            " WHERE fingerprint = own.fingerprint AND fingerprint <> '' AND id <> own.id)"
            " OR upstream <> '')"
        )
        return {each[0] for each in found.fetchall()} | Pruned(self.db).alike()

    def sketch(self, entry: int) -> Sketch:
        """Raises NumberError when there is no such entry."""
        found = self.db.query(SKETCHED + " WHERE entries.id = ?", [entry])
        row = next(iter(found), None)
        if row is None:
            raise NumberError(
                f"there is no entry {entry}: `aggregator explain STORY` names a story's entries"
            )
        return sketch(row)

    def numbers(self) -> list[int]:
        """Row numbers in order of arrival."""
        return [each[0] for each in self.db.execute("SELECT id FROM entries ORDER BY id").fetchall()]

    def count(self) -> int:
        return int(self.db.execute("SELECT count(*) FROM entries").fetchone()[0])


def sketch(each: dict[str, Any]) -> Sketch:
    return Sketch(
        entry=each["id"],
        source=each["source"],
        title=each["title"],
        text=each["lede"],
        url=each["page"],
        published=moment_of_stamp(each["published"]),
        language=each["language"],
        dated=bool(each["dated"]),
        publisher=writer(each),
        attributed=each["kind"] == "folder" or bool(values(each, "more").get("via_url")),
        enclosures=enclosure_addresses(each),
        upstream=bool(each["upstream"]),
    )


def writer(each: dict[str, Any]) -> str:
    """The publisher of an entry. Each file of a folder is its own publisher, unless it names an author."""
    if each["kind"] == "folder":
        return " ".join(texts(each, "authors")) or f"entry {each['id']}"
    via = values(each, "more").get("via_url", "")
    return publisher(each["source"], (each["address"], each["site"]), each["page"], via)
