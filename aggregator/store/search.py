"""Full-text search over entries, indexed after publication so that it never delays it.

The index keeps no text of its own (FTS5 "contentless"): it is a third of the size, but rows cannot be
removed. So an edited entry gets a new row, and `searchable` maps rows of the index to entries.
"""

from sqlite3 import OperationalError

from sqlite_utils import Database

from aggregator.errors import SearchError
from aggregator.model import Story
from aggregator.store.accounts import Accounts
from aggregator.store.query import fts_expression
from aggregator.text.html import plain
from aggregator.text.words import paired

BATCH = 250  # entries per transaction
LENGTH = 12_000  # characters of markup indexed per entry
HITS = 600  # the latest matching reports; their stories are the result
STEPS = 4_000_000  # of SQLite's virtual machine, about a second: a longer search is aborted
STRIDE = 10_000

WAITING = """
SELECT id, title, CASE WHEN body <> '' THEN body ELSE summary END AS text FROM entries
WHERE id > (SELECT coalesce(max(entry), 0) FROM searchable) OR id IN (SELECT entry FROM unsearchable)
ORDER BY id LIMIT :batch
"""
# The index itself goes from the newest row to older ones, and stops after :hits.
FOUND = """
SELECT members.story FROM (
    SELECT rowid FROM search WHERE search MATCH :query ORDER BY rowid DESC LIMIT :hits
) AS found
JOIN searchable ON searchable.row = found.rowid
JOIN members ON members.entry = searchable.entry
"""


class Search:
    def __init__(self, db: Database) -> None:
        self.db = db

    def catch_up(self) -> int:
        """Indexes the next BATCH entries; returns how many. Within a transaction."""
        waiting = self.db.execute(WAITING, {"batch": BATCH}).fetchall()
        first = self.db.execute("SELECT coalesce(max(row), 0) + 1 FROM searchable").fetchone()[0]
        rows = list(enumerate((each[0] for each in waiting), first))
        texts = [
            (row, paired(title), paired(plain(text[:LENGTH])))
            for row, (_, title, text) in enumerate(waiting, first)
        ]
        execute = self.db.conn.executemany
        execute("DELETE FROM unsearchable WHERE entry = ?", [(entry,) for _, entry in rows])
        execute("INSERT OR REPLACE INTO searchable (row, entry) VALUES (?, ?)", rows)
        execute("INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", texts)
        return len(waiting)

    def waiting(self) -> bool:
        """Whether an entry is not indexed yet."""
        return bool(self.db.execute(WAITING, {"batch": 1}).fetchone())

    def stories(self, query: str) -> list[Story]:
        """The stories of the latest matching reports, newest first. Raises SearchError: it takes too long."""
        wanted = fts_expression(query)
        if not wanted:
            return []
        steps = iter(range(STEPS // STRIDE))
        self.db.conn.set_progress_handler(lambda: next(steps, None) is None, STRIDE)
        try:
            found = self.db.execute(FOUND, {"query": wanted, "hits": HITS}).fetchall()
        except OperationalError as e:
            raise SearchError(f"search: {e}") from e
        finally:
            self.db.conn.set_progress_handler(None, 0)
        return Accounts(self.db).stories({each[0] for each in found})
