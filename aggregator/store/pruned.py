"""Pruned entries: what identified each is still looked up, so that none comes back as a new one."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any

from aggregator.model import Duplicate, Sameness
from aggregator.store.columns import id_list, moment_of_stamp
from aggregator.store.connection import Database
from aggregator.store.traits import Traits, unpacked
from aggregator.stories.repeated_ids import Kin

LOG = logging.getLogger("aggregator")
DAY = 86400
WITH_KEYS = """
SELECT DISTINCT pruned_keys.key FROM json_each(:keys) CROSS JOIN pruned_keys ON pruned_keys.key = value
"""
OF_KEYS = """
SELECT DISTINCT pruned_keys.key, number, source, traits
FROM json_each(:keys) CROSS JOIN pruned_keys ON pruned_keys.key = value CROSS JOIN pruned USING (number)
"""
# The same few as among the entries that are there: see store/duplicates.py.
LOOKS: tuple[tuple[Sameness, str, str], ...] = (
    ("same item", "moment <= :moment", "moment DESC, number DESC LIMIT 3"),
    ("same item", "moment > :moment", "moment, number LIMIT 2"),
    ("same page", "TRUE", "number LIMIT 1"),
    ("same page", "TRUE", "number DESC LIMIT 4"),
    ("same text", "TRUE", "number LIMIT 1"),
    ("same text", "TRUE", "number DESC LIMIT 4"),
)
LOOK = """
SELECT number, source, traits FROM pruned
WHERE number IN (SELECT number FROM pruned_keys WHERE key = :key AND {} ORDER BY {})
"""
OF_DAY = """
SELECT traits FROM pruned_keys CROSS JOIN pruned USING (number)
WHERE key = :key AND moment >= :day AND moment < :day + 86400
"""
OWN = "SELECT id, source, title, lede, page, fingerprint, published FROM entries WHERE {}"
UNPLACED = OWN.format("id > (SELECT coalesce(max(entry), 0) FROM members)")


def key(*parts: str) -> int:
    """64 bits, so that what is only known by its key is never taken for another by chance."""
    digest = blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def likeness_keys(row: dict[str, Any]) -> dict[Sameness, int]:
    """Of an entry's title within its source, its page and its text, where it has them."""
    found: dict[Sameness, int] = {}
    if row["title"]:
        found["same item"] = key("title", row["source"], row["title"])
    if row["page"]:
        found["same page"] = key("page", row["page"])
    if row["fingerprint"]:
        found["same text"] = key("text", row["fingerprint"])
    return found


class Pruned:
    def __init__(self, db: Database) -> None:
        self.db = db

    def none(self) -> bool:
        return self.db.execute("SELECT 1 FROM pruned_keys LIMIT 1").fetchone() is None

    def known(self, source: str, uids: Iterable[str]) -> set[str]:
        """Those of a source's ids that a pruned entry had."""
        return self.among({uid: key("id", source, uid) for uid in uids})

    def taken(self, guids: Iterable[str]) -> set[str]:
        """Those of these ids that readers have seen on a story that was pruned."""
        return self.among({guid: key("guid", guid) for guid in guids})

    def among(self, keys: dict[str, int]) -> set[str]:
        if self.none():
            return set()
        found = {each[0] for each in self.db.execute(WITH_KEYS, {"keys": id_list(keys.values())}).fetchall()}
        return {name for name, value in keys.items() if value in found}

    def echoes(self, source: str, uids: Iterable[str]) -> list[str]:
        """Those of these ids that we gave to pruned stories of other sources."""
        keys = {key("guid", uid): uid for uid in uids}
        return [keys[found] for found, of, _, _ in self.rows(keys) if of != source]

    def kin(self, source: str, uids: Iterable[str]) -> Iterator[tuple[str, Kin]]:
        """With the id that documents use: the pruned entries that bear it, or one derived from it."""
        given = list(uids)
        keys = {key(kind, source, uid): uid for uid in given for kind in ("id", "kin")}
        for found, _, _, traits in self.rows(keys):
            facts = traits.digest, traits.page, traits.title, traits.when, "\n".join(traits.files)
            yield keys[found], Kin(traits.uid or keys[found], *facts)

    def bearers(self, source: str, uids: Iterable[str]) -> Iterator[tuple[str, Traits]]:
        """The pruned entries that had these ids of a source."""
        keys = {key("id", source, uid): uid for uid in uids}
        return ((keys[found], traits) for found, _, _, traits in self.rows(keys))

    def divided(self, source: str, uids: Iterable[str]) -> set[str]:
        """Those of these ids from which the id of a pruned entry is derived."""
        return self.among({uid: key("kin", source, uid) for uid in uids})

    def rows(self, keys: Iterable[int]) -> Iterator[tuple[int, str, int, Traits]]:
        """Key, source, number and traits."""
        if self.none():
            return
        for found, number, source, data in self.db.execute(OF_KEYS, {"keys": id_list(keys)}).fetchall():
            for traits in sound_traits(number, data):
                yield found, source, number, traits

    def alike(self) -> set[int]:
        """Unplaced entries that share page or text with a pruned one, or a title within their source."""
        if self.none():
            return set()
        keys = {each["id"]: likeness_keys(each).values() for each in self.db.query(UNPLACED)}
        asked = id_list({one for some in keys.values() for one in some})
        found = {each[0] for each in self.db.execute(WITH_KEYS, {"keys": asked}).fetchall()}
        return {entry for entry, some in keys.items() if not found.isdisjoint(some)}

    def duplicates(self, entry: int, moved: Callable[[], bool]) -> Iterator[Duplicate]:
        """Pruned entries with the same page or text, or with the same source and title: a few of each.

        `moved`: whether the entry's document gave new ids to entries that it already had.
        """
        if self.none():
            return
        own = next(iter(self.db.query(OWN.format("id = ?"), [entry])))
        keys = likeness_keys(own)
        moment = int(moment_of_stamp(own["published"]).timestamp())
        found: dict[tuple[str, int], Duplicate] = {}
        for level, condition, order in LOOKS:
            asked = {"key": keys.get(level), "moment": moment}
            for number, source, data in self.db.execute(LOOK.format(condition, order), asked).fetchall():
                for traits in sound_traits(number, data):
                    ours = source == own["source"]
                    found[level, number] = duplicate(number, source, traits, level, ours and moved())
        yield from found.values()

    def same_text(self, rows: Sequence[dict[str, Any]]) -> set[int]:
        """Those of these rows of `entries` whose title and text a pruned entry of the source had."""
        keys = {str(each["id"]): told(each) for each in rows if each["title"]}
        return set(map(int, self.among(keys)))

    def same_day(self, rows: Sequence[dict[str, Any]]) -> set[int]:
        """Those whose title a pruned entry of the source had on the same day."""
        return set() if self.none() else {each["id"] for each in rows if self.had_that_day(each)}

    def had_that_day(self, row: dict[str, Any]) -> bool:
        if not row["title"] or not row["dated"]:
            return False
        moment = int(moment_of_stamp(row["published"]).timestamp())
        asked = {"key": key("title", row["source"], row["title"]), "day": moment - moment % DAY}
        found = self.db.execute(OF_DAY, asked).fetchall()
        return any(traits.dated for (data,) in found for traits in sound_traits(0, data))


def told(row: dict[str, Any]) -> int:
    return key("told", row["source"], row["title"], row["lede"])


def duplicate(number: int, source: str, traits: Traits, level: Sameness, moved: bool) -> Duplicate:
    return Duplicate(
        entry=-number,  # behind none of those that are there, and none of them
        story=0,
        source=source,
        title=traits.title,
        published=traits.moment,
        level=level,
        text=traits.text,
        url=traits.page,
        dated=traits.dated,
        enclosures=traits.files,
        moved=moved,
    )


def sound_traits(number: int, data: bytes) -> Iterator[Traits]:
    try:
        yield unpacked(data)
    except ValueError:
        LOG.warning("what is kept of pruned entry %s is damaged in the database: left out", number)
