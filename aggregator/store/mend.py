"""Makes what was saved of a damaged database consistent: what refers to something finds it."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from aggregator.store.burial import restore_keys
from aggregator.store.columns import NEVER, stamp
from aggregator.store.connection import Database
from aggregator.store.guids import guids
from aggregator.store.leads import settle_leads

LOST_ENTRIES = "SELECT count(DISTINCT entry) FROM members WHERE entry NOT IN (SELECT id FROM entries)"
# What the configuration says of a source comes back with the next refresh.
SOURCES = """
INSERT INTO sources (name, kind, address, active, due)
SELECT DISTINCT source, 'url', '', 0, ? FROM entries WHERE source NOT IN (SELECT name FROM sources)
"""
ORPHANS = (
    "DELETE FROM members WHERE entry NOT IN (SELECT id FROM entries)",
    "DELETE FROM parts WHERE entry NOT IN (SELECT id FROM entries)",
    "DELETE FROM rulings WHERE one NOT IN (SELECT id FROM entries) OR two NOT IN (SELECT id FROM entries)",
    *(
        f"DELETE FROM {table} WHERE source NOT IN (SELECT name FROM sources)"  # noqa: S608
        for table in ("visits", "files", "problems", "subscriptions")
    ),
)
LOST_STORIES = """
SELECT story, (SELECT entry FROM members WHERE story = lost.story ORDER BY placed <> story, turn LIMIT 1),
    max(affair)
FROM members AS lost WHERE story NOT IN (SELECT id FROM stories) GROUP BY story
"""
STORY = """
INSERT INTO stories (id, affair, guid, lead, published, updated, changed)
SELECT ?, ?, ?, id, published, published, ? FROM entries WHERE id = ?
"""
# A story of one report leads to its entry, where the row that puts the entry into it is lost.
PLACES = """
SELECT entries.id, coalesce(into_story, stories.id) FROM entries JOIN stories ON stories.lead = entries.id
LEFT JOIN aliases ON aliases.story = stories.id
WHERE entries.id NOT IN (SELECT entry FROM members)
AND coalesce(into_story, stories.id) IN (SELECT id FROM stories)
GROUP BY entries.id
"""
PLACE = """
INSERT INTO members (entry, turn, horizon, story, placed, affair, level, score, threshold, terms, gap, veto)
VALUES (:entry, (SELECT coalesce(max(turn), 0) + 1 FROM members), :entry, :story, :story,
    (SELECT affair FROM stories WHERE id = :story), 'alone', 0, 0, '', 0, '')
"""
HOMELESS = """
SELECT id FROM entries WHERE id < (SELECT max(entry) FROM members) AND id NOT IN (SELECT entry FROM members)
"""
RENUMBER = (
    "UPDATE entries SET id = :new WHERE id = :old",
    "UPDATE parts SET entry = :new WHERE entry = :old",
    "UPDATE rulings SET one = :new WHERE one = :old",
    "UPDATE rulings SET two = :new WHERE two = :old",
)
LED_ASTRAY = """
SELECT id FROM stories WHERE id IN (SELECT story FROM members)
AND NOT EXISTS (SELECT 1 FROM members WHERE entry = lead AND story = stories.id)
"""
LEAD = """
UPDATE stories SET lead = (SELECT entry FROM members WHERE story = stories.id ORDER BY turn LIMIT 1)
WHERE id = ?
"""
ALIASES = """
DELETE FROM aliases
WHERE story NOT IN (SELECT id FROM stories) OR into_story NOT IN (SELECT id FROM stories)
"""
ENDS = (
    ALIASES,
    "UPDATE stories SET lead = (SELECT kept.lead FROM aliases JOIN stories AS kept ON kept.id = into_story"
    " WHERE aliases.story = stories.id)"
    " WHERE lead NOT IN (SELECT id FROM entries) AND id IN (SELECT story FROM aliases)",
    "DELETE FROM stories WHERE lead NOT IN (SELECT id FROM entries)",
    ALIASES,
    "UPDATE stories SET affair = (SELECT min(id) FROM stories AS other WHERE other.affair = stories.affair)"
    " WHERE affair NOT IN (SELECT id FROM stories)",
    # Grouping goes over all again as it was placed and done: it must end in stories that are there.
    "UPDATE members SET placed = (SELECT into_story FROM aliases WHERE aliases.story = placed)"
    " WHERE placed IN (SELECT story FROM aliases)"
    " AND placed NOT IN (SELECT one FROM acts WHERE act = 'fold')",
    "UPDATE members SET placed = story WHERE placed NOT IN (SELECT id FROM stories)",
    "UPDATE members SET affair = placed WHERE affair NOT IN (SELECT id FROM stories)",
    "DELETE FROM acts WHERE two NOT IN (SELECT id FROM stories)"
    " OR one NOT IN (SELECT id FROM stories) AND act <> 'split'"
    " OR one NOT IN (SELECT id FROM entries) AND act = 'split'",
)
# How far the gaps go may be lost, not that there are any.
GAPS = (
    "UPDATE pruning SET turn = (SELECT max(max(turn), EXISTS (SELECT 1 FROM pruned_keys)) FROM pruning)",
    "DELETE FROM pruning WHERE rowid > (SELECT min(rowid) FROM pruning)",
)
NUMBER = """
UPDATE sqlite_sequence SET seq = max(seq, ?, (SELECT coalesce(max(max(story, placed)), 0) FROM members))
WHERE name = 'stories'
"""


class Mended(NamedTuple):
    lost: int
    """Entries that are known to have been there."""
    renamed: int
    """Stories whose rows are made anew, under ids that they most probably had."""
    waiting: int
    """Entries that the next refresh puts into stories again."""


def mend(db: Database, next_story: int, now: datetime) -> Mended:
    """Within a transaction that does not mind foreign keys. `next_story`: see Salvaged."""
    lost = db.execute(LOST_ENTRIES).fetchone()[0]
    db.execute(SOURCES, [NEVER])
    run_all(db, ORPHANS)
    renamed = restore_stories(db, now)
    for entry, story in db.execute(PLACES).fetchall():
        db.execute(PLACE, {"entry": entry, "story": story})
    astray = [each[0] for each in db.execute(LED_ASTRAY).fetchall()]
    db.conn.executemany(LEAD, [(story,) for story in astray])
    settle_leads(db, astray, [], now)
    waiting = send_back(db)
    run_all(db, ENDS)
    run_all(db, GAPS)
    restore_keys(db)
    db.execute(NUMBER, [next_story])
    return Mended(lost, renamed, waiting)


def restore_stories(db: Database, now: datetime) -> int:
    rows = db.execute(LOST_STORIES).fetchall()
    names = guids(db, [entry for _, entry, _ in rows])
    db.conn.executemany(
        STORY, [(story, affair or story, names[entry], stamp(now), entry) for story, entry, affair in rows]
    )
    settle_leads(db, [story for story, _, _ in rows], [], now)
    return len(rows)


def send_back(db: Database) -> int:
    """Renumbers entries that have lost their place, behind all others: the next refresh places them."""
    homeless = [each[0] for each in db.execute(HOMELESS).fetchall()]
    newest = db.execute("SELECT max(id) FROM entries").fetchone()[0] or 0
    for new, old in enumerate(homeless, newest + 1):
        for statement in RENUMBER:
            db.execute(statement, {"new": new, "old": old})
    return len(homeless)


def run_all(db: Database, statements: Iterable[str]) -> None:
    for each in statements:
        db.execute(each)
