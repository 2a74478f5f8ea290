"""Marks stories whose lead was rewritten."""

from collections.abc import Iterable
from datetime import datetime
from json import dumps
from typing import Any

from aggregator.store.columns import stamp
from aggregator.store.connection import Database
from aggregator.stories.revision import tells_news

LEADS = """
SELECT stories.id AS story, uid, title, coalesce(nullif(body, ''), summary) AS text
FROM entries JOIN stories ON stories.lead = entries.id
WHERE source = :source AND uid IN (SELECT value FROM json_each(:uids))
"""


def note_revisions(db: Database, source: str, rows: Iterable[dict[str, Any]], now: datetime) -> None:
    """Call before these rows replace the stored ones. Within a transaction."""
    after = {row["uid"]: (row["title"], row["body"] or row["summary"]) for row in rows}
    leads = db.query(LEADS, {"source": source, "uids": dumps(list(after))})
    found = [each["story"] for each in leads if tells_news((each["title"], each["text"]), after[each["uid"]])]
    db.conn.executemany("UPDATE stories SET revised = ? WHERE id = ?", [(stamp(now), one) for one in found])
