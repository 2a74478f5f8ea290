"""Marks stories whose lead was rewritten."""

from collections.abc import Iterable
from datetime import datetime
from json import dumps
from typing import Any

from aggregator.store.columns import stamp
from aggregator.store.compressed import TEXT, entry_text
from aggregator.store.connection import Database
from aggregator.stories.revision import tells_news

LEADS = f"""
SELECT stories.id AS story, uid, title, {TEXT} AS text
FROM entries JOIN stories ON stories.lead = entries.id
WHERE source = :source AND uid IN (SELECT value FROM json_each(:uids))
"""  # noqa: S608


def note_revisions(db: Database, source: str, rows: Iterable[dict[str, Any]], now: datetime) -> None:
    """Call before these rows replace the stored ones. Within a transaction."""
    told = ("summary", "body", "compressed")
    after = {row["uid"]: (row["title"], entry_text(*(row[name] for name in told))) for row in rows}
    leads = db.query(LEADS, {"source": source, "uids": dumps(list(after))})
    found = [each["story"] for each in leads if tells_news((each["title"], each["text"]), after[each["uid"]])]
    db.conn.executemany("UPDATE stories SET revised = ? WHERE id = ?", [(stamp(now), one) for one in found])
