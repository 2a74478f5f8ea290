"""Full-text search over entries, indexed after publication so that it never delays it.

The index keeps no text of its own (FTS5 "contentless"): it is a third of the size, but rows cannot be
removed. So an edited entry gets a new row, and `searchable` maps rows of the index to entries; see also
index_parts.py.

What reads texts is loaded when there are some: a refresh without news opens the store as well."""

import re
from sqlite3 import OperationalError

from aggregator.errors import SearchError
from aggregator.model import Story
from aggregator.store.columns import id_list
from aggregator.store.compressed import TEXT
from aggregator.store.connection import Database
from aggregator.store.details import StoryDetails
from aggregator.store.index_parts import add_rows, drop_emptied, parts

BATCH = 250  # entries per transaction
LENGTH = 12_000  # characters of markup indexed per entry
HITS = 600  # the latest matching reports; their stories are the result
STEPS = 4_000_000  # of SQLite's virtual machine, about a second: a longer search is aborted
STRIDE = 10_000

WAITING = f"""
SELECT id, title, {TEXT} AS text FROM entries
WHERE id > (SELECT coalesce(max(entry), 0) FROM searchable) OR id IN (SELECT entry FROM unsearchable)
ORDER BY id LIMIT :batch
"""  # noqa: S608
# The index itself goes from the newest row to older ones, and stops after :hits.
FOUND = "SELECT rowid FROM {0} WHERE {0} MATCH :query ORDER BY rowid DESC LIMIT :hits"
STORIES = """
SELECT DISTINCT members.story FROM searchable JOIN members ON members.entry = searchable.entry
WHERE searchable.row IN (SELECT value FROM json_each(?))
"""


class Search:
    def __init__(self, db: Database) -> None:
        self.db = db

    def catch_up(self) -> int:
        """Indexes the next BATCH entries; returns how many. Within a transaction."""
        from aggregator.text.html import plain
        from aggregator.text.words import paired

        waiting = self.db.execute(WAITING, {"batch": BATCH}).fetchall()
        first = self.db.execute("SELECT coalesce(max(row), 0) + 1 FROM searchable").fetchone()[0]
        rows = list(enumerate((each[0] for each in waiting), first))
        texts = [
            (row, paired(title), paired(plain(text[:LENGTH])))
            for row, (_, title, text) in enumerate(waiting, first)
        ]
        if not waiting:
            return 0
        execute = self.db.conn.executemany
        execute("DELETE FROM unsearchable WHERE entry = ?", [(entry,) for _, entry in rows])
        execute("INSERT OR REPLACE INTO searchable (row, entry) VALUES (?, ?)", rows)
        add_rows(self.db, texts)
        return len(waiting)

    def drop_emptied(self) -> None:
        """Makes room where pruned entries were. Within a transaction."""
        drop_emptied(self.db)

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
            rows = self.rows(wanted)
        except OperationalError as e:
            raise SearchError(f"search: {e}") from e
        finally:
            self.db.conn.set_progress_handler(None, 0)
        found = self.db.execute(STORIES, [id_list(rows)]).fetchall()
        return StoryDetails(self.db).stories(each[0] for each in found)

    def rows(self, wanted: str) -> list[int]:
        """The latest HITS matching rows of the index. Raises OperationalError."""
        found: list[int] = []
        for part in reversed(parts(self.db)):
            asked = {"query": wanted, "hits": HITS - len(found)}
            found += [each[0] for each in self.db.execute(FOUND.format(part.table), asked).fetchall()]
            if len(found) == HITS:
                break
        return found


LONGEST = 200  # characters of a query; the rest is ignored
TERMS = 12
SHORTEST = 3  # letters before a *: a shorter prefix reads a large part of the index
PART = re.compile(r'(?P<without>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


def asked(text: str) -> str:
    """The query as we use it: one line of at most LONGEST characters."""
    from aggregator.text.html import one_line

    return one_line(text[: 2 * LONGEST])[:LONGEST].strip()


def fts_expression(text: str) -> str:
    """All words; "in this order"; begin*; -without; one OR other. "" when there is nothing to search for."""
    wanted: list[str] = []
    unwanted: list[str] = []
    joining = False
    for part in list(PART.finditer(asked(text)))[:TERMS]:
        if part["word"] == "OR":
            joining = bool(wanted)
            continue
        term = quoted(part["phrase"] or part["word"] or "")
        if not term:
            continue
        if part["without"]:
            unwanted.append(term)
        elif joining:
            wanted[-1] += f" OR {term}"
        else:
            wanted.append(term)
        joining = False
    if not wanted:
        return ""
    found = " AND ".join(f"({term})" for term in wanted)
    return f"({found}) NOT ({' OR '.join(unwanted)})" if unwanted else found


def quoted(term: str) -> str:
    """Quoted, so that FTS5 sees no operators; characters of unspaced scripts paired as in the index."""
    from aggregator.text.words import paired

    words = paired(term.replace("\0", " ").rstrip("*")).strip()
    letters = sum(map(str.isalnum, words))
    if not letters:
        return ""
    lone_sign = letters == 1 and paired(f"{words}{words}") != f"{words}{words}" and not words.isascii()
    begins = term.endswith("*") and letters >= SHORTEST
    return f'"{words}"{" *" if begins or lone_sign else ""}'
