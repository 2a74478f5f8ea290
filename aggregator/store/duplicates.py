"""Entries, placed or pruned, that may be the same as a new one, with everything needed to decide it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from aggregator.model import AWAY, Duplicate, Sameness
from aggregator.store.columns import moment_of_stamp
from aggregator.store.connection import Database
from aggregator.store.entry_rows import beside, enclosure_addresses
from aggregator.store.pruned import Pruned

PAGE = "page <> '' AND page = :page"
TEXT = "fingerprint <> '' AND fingerprint = :fingerprint"
TITLE = "title <> '' AND source = :source AND title = :title"
STORY = "upstream <> '' AND upstream = :upstream"
OURS = "entries.id = (SELECT lead FROM stories WHERE guid = :upstream)"
# Condition, order, limit. A page whose address never changes has thousands of entries; for a title that
# returns every day, we look at those of about the same time.
LOOKS: tuple[tuple[Sameness, str, str, int], ...] = (
    ("same item", f"{TITLE} AND published <= :published", "published DESC", 3),
    ("same item", f"{TITLE} AND published > :published", "published", 2),
    ("same page", PAGE, "entries.id", 1),
    ("same page", PAGE, "entries.id DESC", 4),
    ("same text", TEXT, "entries.id", 1),
    ("same text", TEXT, "entries.id DESC", 4),
)
UNDATED_LOOKS: tuple[tuple[Sameness, str, str, int], ...] = (
    ("same item", f"{TITLE} AND substr(page, -length(:tail)) = :tail", "entries.id DESC", 3),
)
"""Without a date, of many entries with one title those whose addresses end alike."""
LISTED_LOOKS: tuple[tuple[Sameness, str, str, int], ...] = (
    ("same story", STORY, "entries.id", 1),
    ("same story", OURS, "entries.id", 1),
)
"""Only for what another aggregator lists in a story."""
# CROSS JOIN fixes the order of the tables: from the few equal entries to their stories, not through all.
EQUAL = """
SELECT entries.id AS entry, story, source, title, published, lede, page, dated, more, uid, seen
FROM entries CROSS JOIN members ON members.entry = entries.id
WHERE {} AND entries.id <> :id
ORDER BY {} LIMIT {}
"""
OWN = """
SELECT id, source, title, published, page, fingerprint, seen, upstream, more, dated FROM entries WHERE id = ?
"""
FILE = "SELECT 1 FROM files WHERE source = :source AND uid = :uid AND trace NOT LIKE :away"
# Entries of one visit have adjacent row ids: the plus stops SQLite from scanning the whole source instead.
VISIT = """
SELECT id, source, title, lede, published, dated,
    EXISTS (
        SELECT 1 FROM entries AS old WHERE old.source = came.source AND old.title = came.title
        AND old.title <> '' AND old.seen < :seen AND old.lede = came.lede
    ) AS text,
    came.dated AND EXISTS (
        SELECT 1 FROM entries AS old WHERE old.source = came.source AND old.title = came.title
        AND old.title <> '' AND old.seen < :seen AND old.dated
        AND old.published > substr(came.published, 1, 10)
        AND old.published < substr(came.published, 1, 10) || 'U'
    ) AS day
FROM entries AS came
WHERE id BETWEEN :id - :reach AND :id + :reach AND +source = :source AND seen = :seen
"""
REACH = 500  # entries examined before and after it: enough to judge any document
MOVED, SHARE = 3, 2 / 3  # least number and share of a document's entries that return when a site moves
REMEMBERED = 1_000  # judged documents kept in memory


class Duplicates:
    def __init__(self, db: Database) -> None:
        self.db = db
        self.pruned = Pruned(db)
        self.judged: dict[tuple[str, str], bool] = {}

    def of(self, entry: int) -> list[Duplicate]:
        """Entries with the same page or text, or with the same source and title: a few of each."""
        own = next(iter(self.db.query(OWN, [entry])))
        own["tail"] = own["page"][own["page"].rfind("/") :]
        looks = LOOKS + LISTED_LOOKS * bool(own["upstream"]) + UNDATED_LOOKS * (not own["dated"])
        found: dict[tuple[str, int], Duplicate] = {}
        for level, *look in looks:
            for row in self.db.query(EQUAL.format(*look), own):
                found[level, row["entry"]] = self.equal(row, level, own)
        return [*found.values(), *self.pruned.duplicates(entry, lambda: self.moved(own))]

    def equal(self, row: dict[str, Any], level: Sameness, own: dict[str, Any]) -> Duplicate:
        ours = row["source"] == own["source"]
        together = ours and self.together(row, own)
        return Duplicate(
            **{name: row[name] for name in ("entry", "story", "source", "title")},
            published=moment_of_stamp(row["published"]),
            level=level,
            text=row["lede"],
            url=row["page"],
            dated=bool(row["dated"]),
            enclosures=enclosure_addresses(row),
            together=together,
            moved=ours and not together and self.moved(own),
        )

    def together(self, row: dict[str, Any], own: dict[str, Any]) -> bool:
        """Whether a document had both, or both are files that are there."""
        if row["seen"] == own["seen"] or row["uid"] in beside(own):
            return True
        file = {"source": row["source"], "uid": row["uid"], "away": f"{AWAY}%"}
        return self.db.execute(FILE, file).fetchone() is not None

    def moved(self, own: dict[str, Any]) -> bool:
        """Whether the entry's document gave new ids to entries it already had.

        Most of its new entries then have title and day, or title and text, in common with earlier entries of
        the source, and of more than one day: alerts of a single day share titles as well.
        """
        key = own["source"], own["seen"]
        if key not in self.judged:
            if len(self.judged) >= REMEMBERED:
                self.judged.clear()
            self.judged[key] = self.has_moved(list(self.db.query(VISIT, {**own, "reach": REACH})))
        return self.judged[key]

    def has_moved(self, rows: Sequence[dict[str, Any]]) -> bool:
        """`rows`: the new entries of one document."""
        titles = Counter(row["title"] for row in rows)
        # Without a text, a title says something only where it is one entry's.
        telling = [row for row in rows if row["lede"] or titles[row["title"]] == 1]
        texts = {row["id"] for row in telling if row["text"]} | self.pruned.same_text(telling)
        days = {row["id"] for row in rows if row["day"]} | self.pruned.same_day(rows)
        dates = {row["published"][:10] for row in rows if row["id"] in days}
        least = max(MOVED, SHARE * len(rows))
        return len(texts) >= least or (len(days) >= least and len(dates) >= MOVED)
